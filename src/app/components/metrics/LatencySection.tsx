import { line } from 'd3'
import type { MetricsView, Quantiles } from '../../../lab/metrics.ts'
import { Chart } from './Chart.tsx'
import { duration } from './format.ts'
import { Numbers } from './Numbers.tsx'

const RANKS = ['p50', 'p95', 'p99'] as const

/** How long clients waited for an answer: half of them less than p50, all but one in a hundred less than p99. */
export function LatencySection({ metrics }: { metrics: MetricsView }) {
  const { all, failed, unknown, bins } = metrics.latency
  return (
    <section className="metric" aria-labelledby="metric-latency">
      <h3 id="metric-latency">Client latency</h3>
      {all === null ? (
        <p className="dim">No operation of a client has been answered yet. Switch the workload on to see some.</p>
      ) : (
        <>
          <Numbers
            numbers={RANKS.map((rank) => ({ name: rank, text: duration(all[rank]), mark: rank }))}
            note={`of ${all.count} answered${others(failed, unknown)}`}
          />
          <LatencyChart metrics={metrics} all={all} bins={bins} />
        </>
      )}
    </section>
  )
}

function others(failed: number, unknown: number): string {
  const parts = [failed > 0 ? `${failed} failed` : '', unknown > 0 ? `${unknown} unknown` : '']
  return parts
    .filter((part) => part !== '')
    .map((part) => `, ${part}`)
    .join('')
}

interface LatencyChartProps {
  metrics: MetricsView
  all: Quantiles
  bins: readonly (Quantiles | null)[]
}

function LatencyChart({ metrics: { to, bin }, all, bins }: LatencyChartProps) {
  const most = Math.max(...bins.map((each) => each?.p99 ?? 0))
  const label = `Latency of the operations answered in each ${duration(bin)}: p50 ${duration(all.p50)}, p95 ${duration(all.p95)}, p99 ${duration(all.p99)} over the run.`
  return (
    <Chart label={label} to={to} height={64} most={{ value: most, text: duration(most) }}>
      {({ x, y }) =>
        RANKS.map((rank) => {
          const points = bins.map((each, i) => ({ at: Math.min(to, (i + 0.5) * bin), value: each?.[rank] ?? null }))
          const path = line<(typeof points)[number]>()
            .defined(({ value }) => value !== null)
            .x(({ at }) => x(at))
            .y(({ value }) => y(value ?? 0))
          return (
            <g key={rank} className="latency" data-rank={rank}>
              <path d={path(points) ?? ''} />
              {points.map(({ at, value }) => value !== null && <circle key={at} cx={x(at)} cy={y(value)} r={1.6} />)}
            </g>
          )
        })
      }
    </Chart>
  )
}
