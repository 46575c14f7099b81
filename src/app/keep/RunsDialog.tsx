import { useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import { Modal } from '../components/Modal.tsx'
import { browserStore, forgetRun, type KeptRun, keptRuns } from './kept-runs.ts'
import { openKept } from './open-kept.ts'
import '../branches/branches.css'

/** The last runs in which something was done, as this browser keeps them. */
export function RunsDialog() {
  const [runs, setRuns] = useState(() => keptRuns(browserStore()))
  const forget = (id: string) => {
    forgetRun(browserStore(), id)
    setRuns(keptRuns(browserStore()))
  }
  return (
    <Modal title="Last runs" className="branches-dialog">
      <p className="dim">The last ten in which something was done. They stay in this browser and go nowhere else.</p>
      <ul className="branches">
        {runs.map((run) => (
          <Row key={run.id} run={run} onForget={() => forget(run.id)} />
        ))}
      </ul>
      {runs.length === 0 && <p>There is none yet.</p>}
    </Modal>
  )
}

function Row({ run, onForget }: { run: KeptRun; onForget(): void }) {
  const { id, lab, title, at, savedAt, commands } = run
  const name = `${lab}: ${title}`
  const when = new Date(savedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li>
      <strong>{name}</strong>
      <p>
        At {formatInstant(at)}, {commands === 1 ? 'one thing' : `${commands} things`} done.
      </p>
      <span className="branches-tools">
        <button
          type="button"
          className="button primary small"
          aria-label={`Open ${name}, of ${when}`}
          onClick={() => void openKept(id)}
        >
          Open
        </button>
        <button type="button" className="button small" aria-label={`Forget ${name}, of ${when}`} onClick={onForget}>
          Forget
        </button>
      </span>
      <small className="dim">{when}</small>
    </li>
  )
}
