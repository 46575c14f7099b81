import { scaleLinear } from 'd3'
import { useRef } from 'react'
import { useSize } from '../../../../ui/use-size.ts'
import type { Compared } from '../../compare/compare.ts'
import { KINDS } from '../../compare/kinds.ts'
import type { Outcome } from './desk.ts'
import { grouped, percent } from './words.ts'

const ROW = 34
const EDGE = { left: 8, right: 12, top: 4, bottom: 20 }

/** Each server's load against its ideal: a dot for a server, a row for a rule, a band for what theory expects. */
export function Shares({ outcome: { request, results } }: { outcome: Outcome }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useSize(box)?.width ?? 0
  const height = EDGE.top + ROW * results.length + EDGE.bottom
  const most = Math.max(
    1.2,
    ...results.map(({ peak, expectedVariation }) => Math.max(peak, 1 + 2 * (expectedVariation ?? 0))),
  )
  const x = scaleLinear([0, most * 1.03], [EDGE.left, Math.max(EDGE.left + 1, width - EDGE.right)])
  const names = request.servers.map(({ name }) => name)
  return (
    <figure className="compare-figure">
      <figcaption>Load of each server, against its ideal</figcaption>
      <div ref={box}>
        <svg width={width} height={height} role="img" aria-label={spoken(results)}>
          {x.ticks(Math.max(2, Math.min(8, width / 60))).map((tick) => (
            <g key={tick} transform={`translate(${x(tick)} 0)`}>
              <line
                className="compare-grid"
                y1={EDGE.top}
                y2={height - EDGE.bottom}
                data-ideal={tick === 1 || undefined}
              />
              <text y={height - 6} textAnchor="middle">
                {tick}×
              </text>
            </g>
          ))}
          {results.map((result, i) => (
            <g key={result.kind} transform={`translate(0 ${EDGE.top + ROW * i})`}>
              <Strip result={result} names={names} x={x} />
            </g>
          ))}
        </svg>
      </div>
      <p className="dim compare-caption">
        A dot is a server. Shaded: one standard deviation around the ideal, by theory.
      </p>
    </figure>
  )
}

function Strip({ result, names, x }: { result: Compared; names: readonly string[]; x: (value: number) => number }) {
  const { loads, ideal, expectedVariation: sigma, kind } = result
  return (
    <>
      <text className="compare-label" x={EDGE.left} y={11}>
        {KINDS[kind].label}
      </text>
      {sigma !== null && <Band left={x(Math.max(0, 1 - sigma))} right={x(1 + sigma)} />}
      {loads.map((load, i) => (
        <circle key={names[i]} className="compare-dot" cx={x(load / (ideal[i] as number))} cy={23} r={3.2}>
          <title>
            {names[i]}: {grouped(load)} requests, ideal {grouped(Math.round(ideal[i] as number))}
          </title>
        </circle>
      ))}
    </>
  )
}

function Band({ left, right }: { left: number; right: number }) {
  return <rect className="compare-band" x={left} y={15} width={Math.max(1, right - left)} height={16} rx={3} />
}

const spoken = (results: readonly Compared[]): string =>
  results
    .map(
      ({ kind, peak, variation }) =>
        `${KINDS[kind].label}: busiest ${peak.toFixed(2)} times its ideal, variation ${percent(variation)}`,
    )
    .join('; ')
