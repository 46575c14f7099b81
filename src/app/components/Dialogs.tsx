import { lazy, Suspense } from 'react'
import { useStore } from '../store.ts'

/** A dialog's code comes when it is first opened: the first picture does not wait for it. */
const CutDialog = lazy(async () => ({ default: (await import('./CutDialog.tsx')).CutDialog }))
const HelpDialog = lazy(async () => ({ default: (await import('./HelpDialog.tsx')).HelpDialog }))
const SettingsDialog = lazy(async () => ({ default: (await import('./SettingsDialog.tsx')).SettingsDialog }))
const WorkloadDialog = lazy(async () => ({ default: (await import('./WorkloadDialog.tsx')).WorkloadDialog }))

/** The one dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useStore((s) => s.dialog)
  return (
    <Suspense fallback={null}>
      {dialog === 'help' && <HelpDialog />}
      {dialog === 'cut' && <CutDialog />}
      {dialog === 'settings' && <SettingsDialog />}
      {dialog === 'workload' && <WorkloadDialog />}
    </Suspense>
  )
}
