import { formatInstant } from '../../base/units.ts'
import type { Branch } from '../../engine/messages.ts'
import { commandText } from '../../lab/house-story.ts'
import { actions } from '../actions.ts'
import { Modal } from '../components/Modal.tsx'
import { useStore } from '../store.ts'
import { forkOf } from './fork.ts'
import './branches.css'

/** The futures of this run: go to one, name it, delete it. */
export function BranchesDialog() {
  const { name, branches } = useStore((s) => s.tree)
  const reached = useStore((s) => s.reached)
  return (
    <Modal title="Branches" className="branches-dialog">
      <p className="dim">
        Acting in the past keeps what had come after it as a branch. Each is kept as its commands alone, and played
        again when it is wanted.
      </p>
      <ul className="branches">
        <li aria-current="true">
          <Name id={null} name={name} />
          <p>On show, seen up to {formatInstant(reached)}.</p>
        </li>
        {branches.map((branch) => (
          <Row key={branch.id} branch={branch} />
        ))}
      </ul>
      {branches.length === 0 && <p>There is one future so far. Go back in time and do something else.</p>}
      <footer>
        <span className="dim">Or beside the same run with another seed, or one setting changed:</span>
        <button type="button" className="button" onClick={() => actions.openDialog('compare')}>
          Compare…
        </button>
      </footer>
    </Modal>
  )
}

function Row({ branch }: { branch: Branch }) {
  const { id, name, reached } = branch
  const words = useWords(branch)
  return (
    <li>
      <Name id={id} name={name} />
      <p>{words}</p>
      <span className="branches-tools">
        <button
          type="button"
          className="button primary small"
          aria-label={`Go to ${name}`}
          onClick={() => {
            actions.openDialog(null)
            actions.switchBranch(id)
          }}
        >
          Go there
        </button>
        <button
          type="button"
          className="button small"
          aria-label={`Compare with ${name}`}
          onClick={() => void compareWith(id)}
        >
          Compare
        </button>
        <button
          type="button"
          className="button small"
          aria-label={`Delete ${name}`}
          onClick={() => actions.deleteBranch(id)}
        >
          Delete
        </button>
      </span>
      <small className="dim">seen up to {formatInstant(reached)}</small>
    </li>
  )
}

/** The view and what it computes with come when they are wanted. */
async function compareWith(id: number): Promise<void> {
  const { compareBranch } = await import('../compare/compare-branch.ts')
  compareBranch(id)
}

/** Where it parts from the run on show, and by what. */
function useWords({ commands }: Branch): string {
  const run = useStore((s) => s.run)
  const lab = useStore((s) => s.lab?.engine ?? null)
  if (run === null || lab === null) return ''
  const { at, own } = forkOf(commands, run.commands)
  const parts = `Parts at ${formatInstant(at)}; then`
  if (own.length === 0) return `${parts} nothing was done.`
  const said = own.slice(0, MOST_SAID).map(({ at: when, command, scripted }) => {
    const who = scripted === true ? 'the scenario' : 'you'
    return `${who} ${commandText(lab, command, run.setup.processes)} (${formatInstant(when)})`
  })
  const more = own.length - said.length
  return `${parts} ${said.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

const MOST_SAID = 3

function Name({ id, name }: { id: number | null; name: string }) {
  return (
    <input
      key={name}
      className="branches-name"
      aria-label={id === null ? 'Name of the branch on show' : `Name of ${name}`}
      defaultValue={name}
      maxLength={60}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      onBlur={({ currentTarget }) => {
        const given = currentTarget.value.trim()
        if (given === '') currentTarget.value = name
        else if (given !== name) actions.nameBranch(id, given)
      }}
    />
  )
}
