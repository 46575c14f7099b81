import type { MetricsView, Samples } from '../../../lab/metrics.ts'
import { Chart } from './Chart.tsx'
import { duration, threeDigits } from './format.ts'
import { Numbers } from './Numbers.tsx'

/** Numbers that the run gave now and then: each as a point at its instant. */
export function SampleSection({ samples, to }: { samples: Samples; to: MetricsView['to'] }) {
  const { name, label, says, unit, all, points } = samples
  const text = unit === 'duration' ? duration : threeDigits
  return (
    <section className="metric" aria-labelledby={`metric-${name}`}>
      <h3 id={`metric-${name}`}>{label}</h3>
      {all === null ? (
        <p className="dim">None yet in this run. {says}</p>
      ) : (
        <>
          <Numbers
            numbers={(['p50', 'p95', 'p99'] as const).map((rank) => ({ name: rank, text: text(all[rank]) }))}
            note={`of ${all.count}`}
          />
          <Chart
            label={`${label}: ${all.count} times, p50 ${text(all.p50)}, p95 ${text(all.p95)}, p99 ${text(all.p99)}.`}
            to={to}
            height={44}
            most={{ value: all.max, text: text(all.max) }}
          >
            {({ x, y }) => (
              <path className="sample" d={points.map(([at, value]) => `M${x(at)},${y(value)}h0`).join('')} />
            )}
          </Chart>
          <p className="dim">{says}</p>
        </>
      )}
    </section>
  )
}
