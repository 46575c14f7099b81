import { useStore } from '../store.ts'
import { CutDialog } from './CutDialog.tsx'
import { HelpDialog } from './HelpDialog.tsx'

/** The one dialog that is open, if one is. */
export function Dialogs() {
  const dialog = useStore((s) => s.dialog)
  switch (dialog) {
    case 'help':
      return <HelpDialog />
    case 'cut':
      return <CutDialog />
    default:
      return null
  }
}
