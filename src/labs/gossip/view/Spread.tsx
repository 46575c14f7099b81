import { line, range, scaleLinear } from 'd3'
import { useRef } from 'react'
import { formatDuration } from '../../../base/units.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import { useSize } from '../../../ui/use-size.ts'
import type { GossipView } from '../observe.ts'
import type { SpreadView } from '../spread.ts'
import { atOwnTimes, inStep, serfsEstimate } from './theory.ts'

/** How the last rumours and the last news went round, against the theory. */
export function Spread({ view, at }: LabProps<GossipView>) {
  const { rumours, news, settings } = view
  const told = rumours.map((rumour) => ({ ...rumour, text: `Rumour ${rumour.text}` }))
  const all = [...(news === null ? [] : [news]), ...told].toSorted((x, y) => (y.at[0] ?? 0) - (x.at[0] ?? 0))
  if (all.length === 0) {
    return (
      <section className="section">
        <h3 className="section-title">Spread</h3>
        <p className="dim">Nothing has spread yet. Start a rumour below the stage, or crash a server.</p>
      </section>
    )
  }
  const pace = paceOf(settings)
  return (
    <>
      {all.map((spread) => (
        <section className="section" key={spread.text}>
          <h3 className="section-title">{spread.text}</h3>
          <Curve spread={spread} pace={pace} now={at} />
          <p className="gossip-caption">{captionOf(spread, pace)}</p>
        </section>
      ))}
      <section className="section">
        <p className="gossip-read">
          Servers that know, over rounds of {formatDuration(pace.round)}, counted from the first of them.
        </p>
        <Legend serf={settings.mode === 'memberlist'} />
      </section>
    </>
  )
}

interface Pace {
  round: number
  /** Servers that one who knows makes know in a round, while few do. */
  fanout: number
  serf: boolean
}

function paceOf({ mode, gossipInterval, gossipNodes, rumourInterval }: GossipView['settings']): Pace {
  if (mode === 'memberlist') return { round: gossipInterval, fanout: gossipNodes, serf: true }
  return { round: rumourInterval, fanout: mode === 'push-pull' ? 2 : 1, serf: false }
}

function Legend({ serf }: { serf: boolean }) {
  const entries: [string, string][] = [
    ['measured', 'this run'],
    ['theory', 'expected, if all rounds were in step'],
    ['own', 'expected, if each server ticks at its own times'],
    ...(serf ? [['serf', 'Serf’s estimate, by its simulator'] as [string, string]] : []),
  ]
  return (
    <ul className="gossip-key">
      {entries.map(([kind, text]) => (
        <li key={kind}>
          <svg width={28} height={8} aria-hidden="true" className="gossip-curve-key">
            <path className={kind} d="M0 4H28" />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}

const HEIGHT = 130
const EDGE = { left: 34, right: 8, top: 8, bottom: 20 }
const STEPS = 60

/** Servers that know, over rounds of gossip, and what is expected. */
function Curve({ spread, pace, now }: { spread: SpreadView; pace: Pace; now: number }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useSize(box)?.width ?? 0
  const { round, fanout, serf } = pace
  const start = spread.at[0] ?? 0
  const steps = inStep(spread.of, fanout)
  const rounds = Math.max(steps.length - 1, Math.min(40, ((spread.at.at(-1) ?? start) - start) / round), 4)
  const x = scaleLinear([0, rounds], [EDGE.left, Math.max(EDGE.left + 1, width - EDGE.right)])
  const y = scaleLinear([0, spread.of], [HEIGHT - EDGE.bottom, EDGE.top])
  const known = spread.at.map((time, i): [number, number] => [(time - start) / round, i + 1])
  const until = Math.min(rounds, (now - start) / round)
  const told: [number, number][] = [...known, [Math.max(known.at(-1)?.[0] ?? 0, until), known.length]]
  const draw = line<readonly [number, number]>(
    ([a]) => x(a),
    ([, b]) => y(b),
  )
  const curve = (share: (n: number, fanout: number, rounds: number) => number): string =>
    draw(
      range(STEPS + 1).map((i) => [(i * rounds) / STEPS, spread.of * share(spread.of, fanout, (i * rounds) / STEPS)]),
    ) ?? ''
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
        {serf && <path className="serf" d={curve(serfsEstimate)} />}
        <path className="theory" d={draw(steps.map((share, i) => [i, share * spread.of])) ?? ''} />
        <path className="own" d={curve(atOwnTimes)} />
        <path className="measured" d={draw(told) ?? ''} />
        {known.length <= 60 && known.map(([a, b]) => <circle key={b} className="dot" cx={x(a)} cy={y(b)} r={2.5} />)}
      </svg>
    </div>
  )
}

/** How far it has come, in time and in rounds. */
function captionOf({ at, of }: SpreadView, { round }: Pace): string {
  const time = (at.at(-1) ?? 0) - (at[0] ?? 0)
  const took = `${formatDuration(Math.round(time / 1000) * 1000)}, ${(time / round).toFixed(1)} rounds`
  return at.length >= of ? `All ${of} within ${took}.` : `${at.length} of ${of} after ${took}.`
}
