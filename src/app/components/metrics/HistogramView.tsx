import { type KeyboardEvent, useRef, useState } from 'react'
import type { Bar, Histogram } from './bins.ts'
import { valueText } from './format.ts'

interface HistogramProps {
  histogram: Histogram
  /** How many runs there are, with this figure or without. */
  runs: number
  onOpen(seed: number): void
}

/** So many seeds are offered of one bar. */
const OFFERED = 24

/** The figure of every seed, as bars; the one that is chosen lists its seeds. */
export function HistogramView({ histogram, runs, onOpen }: HistogramProps) {
  const { figure, bars, p50, p95, p99, without } = histogram
  const [chosen, setChosen] = useState<number | null>(null)
  const bar = chosen === null ? undefined : bars.find(({ from }) => from === chosen)
  const text = (value: number): string => valueText(value, figure.unit)
  return (
    <section className="histogram" aria-label={`${figure.label} over the seeds`}>
      <h4>{figure.label}</h4>
      <p className="histogram-note mono">
        p50 {text(p50)} · p95 {text(p95)} · p99 {text(p99)}
        {without > 0 && ` · none in ${without} of ${runs}`}
      </p>
      <Bars bars={bars} label={figure.label} text={text} chosen={chosen} onChoose={setChosen} />
      <div className="histogram-axis mono" aria-hidden="true">
        <span>{text(bars[0]?.from ?? 0)}</span>
        <span>{text(bars.at(-1)?.to ?? 0)}</span>
      </div>
      {bar !== undefined && <Seeds bar={bar} text={text} onOpen={onOpen} />}
    </section>
  )
}

interface BarsProps {
  bars: readonly Bar[]
  label: string
  text(value: number): string
  chosen: number | null
  onChoose(from: number): void
}

/** One stop for Tab; arrows go from bar to bar, as in a group of choices. */
function Bars({ bars, label, text, chosen, onChoose }: BarsProps) {
  const ref = useRef<HTMLDivElement>(null)
  const most = Math.max(...bars.map(({ seeds }) => seeds.length))
  const current = Math.max(
    0,
    bars.findIndex(({ from }) => from === chosen),
  )
  const move = (event: KeyboardEvent): void => {
    const to = current + (STEPS[event.key] ?? 0)
    const bar = bars[to]
    if (to === current || bar === undefined) return
    event.preventDefault()
    onChoose(bar.from)
    ref.current?.querySelectorAll('button')[to]?.focus()
  }
  return (
    <div ref={ref} className="bars" role="radiogroup" tabIndex={-1} aria-label={label} onKeyDown={move}>
      {bars.map((bar, i) => (
        <button
          key={bar.from}
          type="button"
          role="radio"
          className="bar"
          aria-checked={bar.from === chosen}
          tabIndex={i === current ? 0 : -1}
          aria-label={`${range(bar, text)}: ${bar.seeds.length} ${bar.seeds.length === 1 ? 'seed' : 'seeds'}`}
          title={`${range(bar, text)}: ${bar.seeds.length}`}
          onClick={() => onChoose(bar.from)}
        >
          <span style={{ height: `${(100 * bar.seeds.length) / most}%` }} data-empty={bar.seeds.length === 0} />
        </button>
      ))}
    </div>
  )
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

function Seeds({ bar, text, onOpen }: { bar: Bar; text(value: number): string; onOpen(seed: number): void }) {
  const { seeds } = bar
  return (
    <div className="seeds">
      <p>
        {range(bar, text)}:{' '}
        {seeds.length === 0 ? 'no seed' : `${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`}
        {seeds.length > OFFERED && `, the first ${OFFERED}`}
      </p>
      {seeds.slice(0, OFFERED).map((seed) => (
        <button
          key={seed}
          type="button"
          className="button small mono"
          aria-label={`Open seed ${seed}`}
          onClick={() => onOpen(seed)}
        >
          {seed}
        </button>
      ))}
    </div>
  )
}

const range = ({ from, to }: Bar, text: (value: number) => string): string =>
  from === to ? text(from) : `${text(from)} to ${text(to)}`
