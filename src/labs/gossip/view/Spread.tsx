import { line, scaleLinear } from 'd3'
import { useRef } from 'react'
import { formatDuration } from '../../../base/units.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import { useSize } from '../../../ui/use-size.ts'
import type { GossipView, SpreadView } from '../observe.ts'

/** How the last rumours and the last news went round, against the theory. */
export function Spread({ view, at }: LabProps<GossipView>) {
  const { rumours, news, settings } = view
  const all = [...(news === null ? [] : [news]), ...rumours].toSorted((x, y) => (y.at[0] ?? 0) - (x.at[0] ?? 0))
  if (all.length === 0) {
    return (
      <section className="section">
        <h3 className="section-title">Spread</h3>
        <p className="dim">Nothing has spread yet. Start a rumour below the stage, or crash a server.</p>
      </section>
    )
  }
  const round = settings.mode === 'memberlist' ? settings.gossipInterval : settings.rumourInterval
  return all.map((spread) => (
    <section className="section" key={spread.text}>
      <h3 className="section-title">{spread.text}</h3>
      <Curve
        spread={spread}
        round={round}
        fanout={settings.mode === 'memberlist' ? settings.gossipNodes : 1}
        now={at}
      />
      <p className="gossip-caption">{captionOf(spread)}</p>
    </section>
  ))
}

const HEIGHT = 120
const EDGE = { left: 30, right: 8, top: 8, bottom: 20 }

/** Servers that know, over rounds of gossip; dashed, what is expected of rounds in step. */
function Curve({ spread, round, fanout, now }: { spread: SpreadView; round: number; fanout: number; now: number }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useSize(box)?.width ?? 0
  const start = spread.at[0] ?? 0
  const theory = expected(spread.of, fanout)
  const rounds = Math.max(theory.length - 1, Math.min(40, ((spread.at.at(-1) ?? start) - start) / round), 4)
  const x = scaleLinear([0, rounds], [EDGE.left, Math.max(EDGE.left + 1, width - EDGE.right)])
  const y = scaleLinear([0, spread.of], [HEIGHT - EDGE.bottom, EDGE.top])
  const known = spread.at.map((time, i): [number, number] => [(time - start) / round, i + 1])
  const until = Math.min(rounds, (now - start) / round)
  const path = line()
  const steps = path(
    [...known, [Math.max(known.at(-1)?.[0] ?? 0, until), known.length]].map(([a, b]) => [
      x(a as number),
      y(b as number),
    ]),
  )
  const dashed = path(theory.map((share, i) => [x(i), y(share * spread.of)]))
  return (
    <div ref={box} className="gossip-curve">
      <svg width={width} height={HEIGHT} role="img" aria-label={`${spread.at.length} of ${spread.of} servers know`}>
        {[0, spread.of].map((n) => (
          <g key={n}>
            <line className="axis" x1={EDGE.left} x2={width - EDGE.right} y1={y(n)} y2={y(n)} />
            <text x={EDGE.left - 5} y={y(n) + 4} textAnchor="end">
              {n}
            </text>
          </g>
        ))}
        {x.ticks(Math.min(8, rounds)).map((tick) => (
          <text key={tick} x={x(tick)} y={HEIGHT - 5} textAnchor="middle">
            {tick}
          </text>
        ))}
        <path className="theory" d={dashed ?? ''} />
        <path className="measured" d={steps ?? ''} />
        {known.length <= 60 && known.map(([a, b]) => <circle key={b} className="dot" cx={x(a)} cy={y(b)} r={2.5} />)}
      </svg>
    </div>
  )
}

/**
 * The expected share of those who know, round by round, if all rounds were in step: x ← 1 − (1 − x)(1 − 1/(n − 1))^(f n x).
 * Servers are not in step, and news rides on probes too, so a run is often ahead of it.
 */
function expected(n: number, fanout: number): number[] {
  const shares = [1 / Math.max(1, n)]
  if (n < 2) return shares
  while (shares.length < 40) {
    const share = shares.at(-1) as number
    if (share > 1 - 0.4 / n) break
    shares.push(1 - (1 - share) * (1 - 1 / Math.max(2, n - 1)) ** (fanout * n * share))
  }
  return shares
}

function captionOf({ at, of }: SpreadView): string {
  const took = formatDuration(Math.round(((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1000) * 1000)
  const done = at.length >= of ? `All ${of} within ${took}` : `${at.length} of ${of} after ${took}`
  return `${done}. Across: rounds of gossip; dashed: expected, if all rounds were in step.`
}
