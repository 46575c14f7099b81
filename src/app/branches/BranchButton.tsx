import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

/** Which future is on show, once there is more than one; and what it can be compared with. */
export function BranchButton() {
  const { name, branches } = useStore((s) => s.tree)
  const open = useStore((s) => s.dialog === 'branches')
  const embedded = useStore((s) => s.embedded)
  const alone = branches.length === 0
  if (alone && embedded) return null
  return (
    <button
      type="button"
      className="button branch-button"
      data-alone={alone || undefined}
      aria-label={alone ? 'Branches' : undefined}
      aria-haspopup="dialog"
      aria-expanded={open}
      title={alone ? 'Branches, and runs to compare (B)' : `${branches.length + 1} futures of this run (B)`}
      onClick={() => actions.openDialog('branches')}
    >
      <ForkMark />
      {!alone && <span className="branch-name">{name}</span>}
      {!alone && <span className="badge">{branches.length + 1}</span>}
    </button>
  )
}

function ForkMark() {
  return (
    <svg
      className="icon"
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2 11h5.5c3 0 2.5-6 6.5-6M2 11h12" />
    </svg>
  )
}
