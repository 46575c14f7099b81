import type { MetricsView, Spans } from '../../../lab/metrics.ts'
import { Chart } from './Chart.tsx'
import { duration, percent } from './format.ts'
import { Numbers } from './Numbers.tsx'

/** For how long something was so, and when. */
export function SpanSection({ spans, to }: { spans: Spans; to: MetricsView['to'] }) {
  const { name, label, says, total, longest, count, stretches } = spans
  const share = to === 0 ? 0 : total / to
  return (
    <section className="metric" aria-labelledby={`metric-${name}`}>
      <h3 id={`metric-${name}`}>{label}</h3>
      <Numbers
        numbers={[
          { name: 'in all', text: duration(total) },
          { name: 'longest', text: duration(longest) },
          { name: 'of the run', text: percent(share) },
        ]}
        note={`${count} ${count === 1 ? 'stretch' : 'stretches'}`}
      />
      <Chart
        label={`${label}: ${duration(total)} in ${count} stretches, ${percent(share)} of the run.`}
        to={to}
        height={14}
      >
        {({ x }) =>
          stretches.map(([from, end]) => (
            <rect key={from} className="span" x={x(from)} width={Math.max(1, x(end) - x(from))} y={0} height={14} />
          ))
        }
      </Chart>
      <p className="dim">{says}</p>
    </section>
  )
}
