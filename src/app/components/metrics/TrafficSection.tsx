import { sum } from 'd3'
import { useState } from 'react'
import { SECOND } from '../../../base/units.ts'
import type { MetricsView, Traffic } from '../../../lab/metrics.ts'
import { hueColor } from '../../../ui/hue.ts'
import { Chart, type Scales } from './Chart.tsx'
import { bytes, threeDigits } from './format.ts'

type What = 'messages' | 'bytes'

/** So many kinds have a colour of their own; the rest are drawn as one. */
const COLOURED = 7

/** What was sent a second, by kind: drawn one kind on top of the other, and listed. */
export function TrafficSection({ metrics }: { metrics: MetricsView }) {
  const [what, setWhat] = useState<What>('messages')
  const { traffic, to } = metrics
  const seconds = Math.max(to / SECOND, 1e-6)
  return (
    <section className="metric" aria-labelledby="metric-traffic">
      <div className="metric-head">
        <h3 id="metric-traffic">Sent a second</h3>
        <div className="metric-switch" role="group" aria-label="What is drawn">
          {(['messages', 'bytes'] as const).map((each) => (
            <button
              key={each}
              type="button"
              className="button small"
              aria-pressed={what === each}
              onClick={() => setWhat(each)}
            >
              {each}
            </button>
          ))}
        </div>
      </div>
      {traffic.length === 0 ? (
        <p className="dim">Nothing has been sent yet.</p>
      ) : (
        <TrafficChart metrics={metrics} what={what} />
      )}
      {traffic.length > 0 && <TrafficTable traffic={traffic} seconds={seconds} />}
    </section>
  )
}

function TrafficChart({ metrics: { traffic, bin, to }, what }: { metrics: MetricsView; what: What }) {
  const count = traffic[0]?.messagesPerBin.length ?? 0
  const lengths = Array.from({ length: count }, (_, i) => Math.max(1, Math.min(bin, to - i * bin)) / SECOND)
  const perSecond = traffic.map((each) =>
    (what === 'messages' ? each.messagesPerBin : each.bytesPerBin).map((n, i) => n / (lengths[i] as number)),
  )
  // The last bin has only begun: a single message in its first millisecond is no rate.
  const whole = lengths.map((length) => length * SECOND >= bin / 4)
  const totals = lengths.map((_, i) => (whole[i] ? sum(perSecond, (kind) => kind[i] ?? 0) : 0))
  const most = Math.max(...totals)
  const text = what === 'messages' ? `${threeDigits(most)} a second` : `${bytes(most)} a second`
  return (
    <Chart
      label={`${what} sent a second by kind, at most ${text}; listed below.`}
      to={to}
      height={64}
      most={{ value: most, text }}
    >
      {(scales) =>
        traffic.map(({ type }, kind) => (
          <path key={type} d={layer({ kind, perSecond, whole, lengths, bin }, scales)} fill={kindColor(kind)} />
        ))
      }
    </Chart>
  )
}

interface Layer {
  kind: number
  /** By kind, then by bin. */
  perSecond: readonly (readonly number[])[]
  whole: readonly boolean[]
  /** Of the bins, in seconds. */
  lengths: readonly number[]
  bin: number
}

/** The blocks of one kind, each on top of those of the kinds before it. */
function layer({ kind, perSecond, whole, lengths, bin }: Layer, { x, y }: Scales): string {
  const gap = x(bin) > 4 ? 1 : 0
  const blocks = lengths.map((length, i) => {
    const value = perSecond[kind]?.[i] ?? 0
    if (whole[i] !== true || value === 0) return ''
    const below = sum(perSecond.slice(0, kind), (each) => each[i] ?? 0)
    const width = Math.max(0.5, x(length * SECOND) - gap)
    return `M${x(i * bin)},${y(below + value)}h${width}V${y(below)}h${-width}Z`
  })
  return blocks.join('')
}

function TrafficTable({ traffic, seconds }: { traffic: readonly Traffic[]; seconds: number }) {
  return (
    <table className="metric-table">
      <thead>
        <tr>
          <th scope="col">kind</th>
          <th scope="col">messages/s</th>
          <th scope="col">bytes/s</th>
        </tr>
      </thead>
      <tbody>
        {traffic.map((each, kind) => (
          <tr key={each.type}>
            <th scope="row">
              <span className="swatch" style={{ background: kindColor(kind) }} aria-hidden="true" />
              {each.type}
            </th>
            <td className="mono">{threeDigits(each.messages / seconds)}</td>
            <td className="mono">{bytes(each.bytes / seconds)}</td>
          </tr>
        ))}
        <tr className="metric-sum">
          <th scope="row">in all</th>
          <td className="mono">{threeDigits(sum(traffic, (each) => each.messages) / seconds)}</td>
          <td className="mono">{bytes(sum(traffic, (each) => each.bytes) / seconds)}</td>
        </tr>
      </tbody>
    </table>
  )
}

const kindColor = (kind: number): string => hueColor(kind < COLOURED ? kind + 1 : 0)
