import { DialogButton } from '../components/DialogButton.tsx'
import { useStore } from '../store.ts'

/** Which future is on show; there once there is more than one. */
export function BranchButton() {
  const { name, branches } = useStore((s) => s.tree)
  if (branches.length === 0) return null
  const title = `${branches.length + 1} futures of this run (B)`
  return (
    <DialogButton dialog="branches" icon="fork" className="button branch-button" title={title}>
      <span className="branch-name">{name}</span>
      <span className="badge">{branches.length + 1}</span>
    </DialogButton>
  )
}
