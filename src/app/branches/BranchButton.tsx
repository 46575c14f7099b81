import { DialogButton } from '../components/DialogButton.tsx'
import { useStore } from '../store.ts'

/** Which future is on show, once there is more than one; and what it can be compared with. */
export function BranchButton() {
  const { name, branches } = useStore((s) => s.tree)
  const embedded = useStore((s) => s.embedded)
  const alone = branches.length === 0
  if (alone && embedded) return null
  return (
    <DialogButton
      dialog="branches"
      icon="fork"
      className={alone ? 'button branch-button alone' : 'button branch-button'}
      label={alone ? 'Branches' : undefined}
      title={alone ? 'Branches, and runs to compare (B)' : `${branches.length + 1} futures of this run (B)`}
    >
      {!alone && <span className="branch-name">{name}</span>}
      {!alone && <span className="badge">{branches.length + 1}</span>}
    </DialogButton>
  )
}
