import { useContext } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import { AskWhy } from '../../ui/ask-why.ts'
import type { Judged } from './judge-client.ts'
import { NUMBERS } from '../../ui/numbers.ts'
import type { Bar } from './track.ts'
import './operation-list.css'

/** As many as one can take in; the newest stand first. */
const SHOWN = 60

interface ListProps {
  bars: readonly Bar[]
  judged: Judged | null
  onSeek: ((at: Micros) => void) | null
  timed: boolean
}

/** The same in words. */
export function OperationList({ bars, judged, onSeek, timed }: ListProps) {
  const ask = useContext(AskWhy)
  const stuck = new Set(judged?.found.partitions.flatMap((part) => (part.verdict === 'illegal' ? [part.stuck] : [])))
  return (
    <section className="operations" aria-labelledby="operations-title">
      <h3 id="operations-title">
        Operations <span className="dim">{NUMBERS.format(bars.length)}</span>
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">client</th>
            <th scope="col">{timed ? 'asked' : 'line'}</th>
            <th scope="col">for</th>
            <th scope="col">outcome</th>
          </tr>
        </thead>
        <tbody>
          {bars
            .slice(-SHOWN)
            .toReversed()
            .map((bar) => (
              <tr key={bar.id} data-operation={bar.id} data-verdict={bar.verdict}>
                <th scope="row">{bar.client}</th>
                <td>
                  {onSeek === null ? (
                    <span className="mono dim">{timed ? formatInstant(bar.call) : bar.id.replace('line ', '')}</span>
                  ) : (
                    <button type="button" className="operation-at mono" onClick={() => onSeek(bar.call)}>
                      {formatInstant(bar.call)}
                    </button>
                  )}
                </td>
                <td>{bar.text}</td>
                <td className="operation-outcome">
                  <span>{bar.told}</span>
                  {timed && bar.end !== null && (
                    <span className="dim"> after {Math.round((bar.end - bar.call) / 1000)} ms</span>
                  )}
                  {ask !== null && timed && onSeek !== null && (
                    <button
                      type="button"
                      className="link-button operation-why"
                      aria-label={`Why did ${bar.client} hear this of ${bar.text}?`}
                      onClick={() => ask({ type: 'operation', id: bar.id })}
                    >
                      why?
                    </button>
                  )}
                  {bar.place !== null && stuck.has(bar.place) && (
                    <span className="operation-stuck">cannot be placed</span>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
