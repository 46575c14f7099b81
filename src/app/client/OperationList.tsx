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
  const asks = useContext(AskWhy) !== null && timed && onSeek !== null
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
            <th scope="col" className="operation-number">
              {timed ? 'asked' : 'line'}
            </th>
            <th scope="col">for</th>
            <th scope="col">outcome</th>
            {timed && (
              <th scope="col" className="operation-number">
                after
              </th>
            )}
            {asks && (
              <th scope="col">
                <span className="visually-hidden">why?</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {bars
            .slice(-SHOWN)
            .toReversed()
            .map((bar) => (
              <Row
                key={bar.id}
                bar={bar}
                stuck={bar.place !== null && stuck.has(bar.place)}
                onSeek={onSeek}
                timed={timed}
                asks={asks}
              />
            ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  bar: Bar
  /** Whether no order has a place for it. */
  stuck: boolean
  onSeek: ListProps['onSeek']
  timed: boolean
  /** Whether there is a column for the question. */
  asks: boolean
}

/** Numbers stand below each other; what a client said and was told may take a second line. */
function Row({ bar, stuck, onSeek, timed, asks }: RowProps) {
  return (
    <tr data-operation={bar.id} data-verdict={bar.verdict}>
      <th scope="row">{bar.client}</th>
      <td className="operation-number">
        {onSeek === null ? (
          <span className="dim">{timed ? formatInstant(bar.call) : bar.id.replace('line ', '')}</span>
        ) : (
          <button type="button" className="operation-at" onClick={() => onSeek(bar.call)}>
            {formatInstant(bar.call)}
          </button>
        )}
      </td>
      <td className="operation-text">{bar.text}</td>
      <td className="operation-outcome">
        <span>{bar.told}</span>
        {stuck && <span className="operation-stuck">cannot be placed</span>}
      </td>
      {timed && (
        <td className="operation-number dim">{bar.end !== null && `${Math.round((bar.end - bar.call) / 1000)} ms`}</td>
      )}
      {asks && (
        <td className="operation-why">
          <WhyButton bar={bar} />
        </td>
      )}
    </tr>
  )
}

function WhyButton({ bar }: { bar: Bar }) {
  const ask = useContext(AskWhy)
  return (
    <button
      type="button"
      className="link-button"
      aria-label={`Why did ${bar.client} hear this of ${bar.text}?`}
      onClick={() => ask?.({ type: 'operation', id: bar.id })}
    >
      why?
    </button>
  )
}
