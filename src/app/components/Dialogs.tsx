import { later, onDemand } from '../../ui/later.ts'
import { useStore } from '../store.ts'

const BranchesDialog = later(async () => (await import('../branches/BranchesDialog.tsx')).BranchesDialog)
const CompareView = later(async () => (await import('../compare/CompareView.tsx')).CompareView)
const CutDialog = later(async () => (await import('./CutDialog.tsx')).CutDialog)
const HandPanel = later(async () => (await import('../hand/HandPanel.tsx')).HandPanel)
const Gallery = onDemand(async () => (await import('../gallery/Gallery.tsx')).Gallery)
const HelpDialog = later(async () => (await import('./HelpDialog.tsx')).HelpDialog)
const ShareDialog = later(async () => (await import('../sharing/ShareDialog.tsx')).ShareDialog)
const HuntDialog = later(async () => (await import('../hunt/HuntDialog.tsx')).HuntDialog)
const RunsDialog = later(async () => (await import('../keep/RunsDialog.tsx')).RunsDialog)
const SettingsDialog = later(async () => (await import('./SettingsDialog.tsx')).SettingsDialog)
const ServerMenu = later(async () => (await import('./ServerMenu.tsx')).ServerMenu)
const WhyPanel = later(async () => (await import('../why/WhyPanel.tsx')).WhyPanel)
const WorkloadDialog = later(async () => (await import('./WorkloadDialog.tsx')).WorkloadDialog)

/** What is laid over the page: a server's menu, or the one dialog that is open. */
export function Dialogs() {
  const dialog = useStore((s) => s.dialog)
  const menu = useStore((s) => s.menu !== null)
  return (
    <>
      {menu && <ServerMenu />}
      {dialog === 'hand' && <HandPanel />}
      {dialog === 'gallery' && <Gallery />}
      {dialog === 'help' && <HelpDialog />}
      {dialog === 'branches' && <BranchesDialog />}
      {dialog === 'compare' && <CompareView />}
      {dialog === 'cut' && <CutDialog />}
      {dialog === 'hunt' && <HuntDialog />}
      {dialog === 'share' && <ShareDialog />}
      {dialog === 'runs' && <RunsDialog />}
      {dialog === 'settings' && <SettingsDialog />}
      {dialog === 'why' && <WhyPanel />}
      {dialog === 'workload' && <WorkloadDialog />}
    </>
  )
}
