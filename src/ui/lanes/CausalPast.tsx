import { memo } from 'react'
import type { Hop } from '../../lab/explain.ts'
import type { Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'

/** The way back through the causes: along lanes, along messages, and dashed where something did not come. */
export const CausalPast = memo(function CausalPast({
  hops,
  rows,
  scale,
}: {
  hops: readonly Hop[]
  rows: Rows
  scale: TimeScale
}) {
  const drawn = hops.flatMap(({ kind, from, to }) => {
    const [start, end] = [rows.byId.get(from.process)?.y, rows.byId.get(to.process)?.y]
    if (start === undefined || end === undefined) return []
    const d = `M${xOf(scale, from.at).toFixed(1)} ${start}L${xOf(scale, to.at).toFixed(1)} ${end}`
    return [{ kind, d, x: xOf(scale, to.at), y: end }]
  })
  return (
    <g className="lane-past" data-hops={drawn.length}>
      {drawn.map(({ kind, d }, i) => (
        // Two hops may be alike, and their order never changes.
        // oxlint-disable-next-line react/no-array-index-key
        <path key={`${i} ${d}`} d={d} data-kind={kind} />
      ))}
      {drawn.map(({ x, y }, i) => (
        // oxlint-disable-next-line react/no-array-index-key
        <circle key={`${i} ${x}`} cx={x.toFixed(1)} cy={y} r={3} />
      ))}
    </g>
  )
})
