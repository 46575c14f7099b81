import type { Result } from '../../../../base/result.ts'
import type { Compared } from '../../compare/compare.ts'
import { KINDS } from '../../compare/kinds.ts'
import type { Outcome } from './desk.ts'
import { bytesText, nanoseconds, percent } from './words.ts'

/** All figures, exactly. */
export function CompareTable({ outcome: { results } }: { outcome: Outcome }) {
  const reasons = new Set(results.flatMap(({ joinMoves, leaveMoves }) => [reason(joinMoves), reason(leaveMoves)]))
  reasons.delete(null)
  const [first] = results
  return (
    <div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must take the focus */}
      <div className="compare-scroll" tabIndex={0} role="region" aria-label="Figures of all rules">
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col" title="Standard deviation of the loads over their mean">
                Variation
              </th>
              <th scope="col" title="What theory expects of it">
                Theory
              </th>
              <th scope="col" title="The greatest load over its ideal">
                Peak
              </th>
              <th scope="col">Join moves</th>
              <th scope="col">Leave moves</th>
              <th scope="col">Lookup</th>
              <th scope="col">Memory</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <Row key={result.kind} result={result} />
            ))}
          </tbody>
        </table>
      </div>
      {first !== undefined && (
        <p className="dim compare-caption">
          The least that any rule must move: {percent(first.leastAtJoin)} when a server joins,{' '}
          {percent(first.leastAtLeave)} when {first.leaver} leaves.
          {[...reasons].map((text) => ` ${text}.`)}
        </p>
      )}
    </div>
  )
}

function Row({ result }: { result: Compared }) {
  return (
    <tr>
      <th scope="row" title={KINDS[result.kind].source}>
        {KINDS[result.kind].label}
      </th>
      <td>{percent(result.variation)}</td>
      <td className="dim">{result.expectedVariation === null ? '—' : percent(result.expectedVariation)}</td>
      <td>{result.peak.toFixed(2)}</td>
      <td>{moved(result.joinMoves)}</td>
      <td>{moved(result.leaveMoves)}</td>
      <td>{result.lookup === null ? '—' : nanoseconds(result.lookup)}</td>
      <td>{bytesText(result.bytes)}</td>
    </tr>
  )
}

const moved = (moves: Result<number>): string => (moves.ok ? percent(moves.value) : '—')
const reason = (moves: Result<number>): string | null => (moves.ok ? null : moves.error)
