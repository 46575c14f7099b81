import { formatInstant, type Micros } from '../../base/units.ts'
import type { OperationRecord } from '../../check/history.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { READING_MS, useThrottled } from './use-throttled.ts'
import './operations-panel.css'

/** As many as one can take in; the newest stand first. */
const SHOWN = 60

/** What clients asked and what they were told, as of the moment on show. */
export function OperationsPanel() {
  const lab = useStore((s) => s.lab?.engine ?? null)
  const pace = useStore((s) => (s.playing ? READING_MS : 0))
  const operations = useThrottled(
    useStore((s) => s.operations),
    pace,
  )
  const at = useThrottled(
    useStore((s) => s.frame?.moment.at ?? 0),
    pace,
  )
  const asked = operations.filter(({ call }) => call <= at)
  if (lab === null || asked.length === 0) {
    return (
      <p className="operations-none">Nobody has asked for anything yet. Write or read with the bar below the stage.</p>
    )
  }
  return (
    <section className="operations" aria-labelledby="operations-title">
      <h3 id="operations-title">
        Operations <span className="dim">{asked.length}</span>
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">client</th>
            <th scope="col">asked</th>
            <th scope="col">for</th>
            <th scope="col">outcome</th>
          </tr>
        </thead>
        <tbody>
          {asked
            .slice(-SHOWN)
            .toReversed()
            .map((operation) => (
              <Operation key={operation.id} lab={lab} operation={operation} at={at} />
            ))}
        </tbody>
      </table>
    </section>
  )
}

function Operation({ lab, operation, at }: { lab: AnyLab; operation: OperationRecord; at: Micros }) {
  const { id, client, call, what, outcome } = operation
  const returned = operation.return !== null && operation.return <= at ? operation.return : null
  const { text, verdict } = returned === null ? WAITING : lab.outcomeText(outcome)
  return (
    <tr data-operation={id} data-verdict={verdict}>
      <th scope="row">{client}</th>
      <td>
        <button type="button" className="operation-at mono" onClick={() => actions.seek(call)}>
          {formatInstant(call)}
        </button>
      </td>
      <td>{lab.operationText(what)}</td>
      <td className="operation-outcome">
        <span>{text}</span>
        {returned !== null && <span className="dim"> after {Math.round((returned - call) / 1000)} ms</span>}
      </td>
    </tr>
  )
}

const WAITING = { text: 'waiting …', verdict: 'waiting' } as const
