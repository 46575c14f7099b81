import { memo, useId } from 'react'
import type { LanePiece, Lanes, LaneSpan } from '../../lab/lanes.ts'
import { hueColor } from '../hue.ts'
import { type Row, type Rows, thickness } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'
import { crossesOf, type Segment, strandsOf } from './segments.ts'

interface LaneLinesProps {
  lanes: Lanes
  rows: Rows
  scale: TimeScale
  segments: readonly Segment[]
}

/** All that lies behind the marks: shaded spans, messages, and the lanes themselves. */
export const LaneLines = memo(function LaneLines({ lanes, rows, scale, segments }: LaneLinesProps) {
  const hatch = useId()
  /** What is still so at the end of what is known goes on; the edge of the known covers the rest. */
  const end = (to: number): number => (to >= lanes.to ? xOf(scale, scale.to) : xOf(scale, to))
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="lane-hatch-ground" />
          <path d="M1 0V6" className="lane-hatch-line" />
        </pattern>
      </defs>
      {lanes.spans.map(drawSpan)}
      {rows.rest !== null && <Counts lanes={lanes} row={rows.rest} scale={scale} />}
      <Messages segments={segments} />
      {rows.list.map((row) => (
        <g key={row.id} data-lane={row.id}>
          {lanes.pieces.filter(({ process }) => process === row.id).map((piece) => drawPiece(piece, row))}
        </g>
      ))}
    </>
  )

  function drawSpan({ process, type, from, to }: LaneSpan) {
    const key = `${process} ${type} ${from}`
    const x = xOf(scale, from)
    const width = Math.max(0.5, end(to) - x)
    if (process === null)
      return <rect key={key} className="lane-cut" data-span="cut" x={x} y={0} width={width} height={rows.height} />
    const row = rows.byId.get(process)
    if (row === undefined) return null
    const height = Math.max(8, row.height * 0.62)
    return (
      <rect
        key={key}
        className="lane-span"
        data-span={type}
        data-lane={process}
        x={x}
        y={row.y - height / 2}
        width={width}
        height={height}
        rx={2}
        fill={type === 'down' ? `url(#${hatch})` : undefined}
      />
    )
  }

  function drawPiece(piece: LanePiece, row: Row) {
    const x = xOf(scale, piece.from)
    const to = end(piece.to)
    if (to < x + 0.2) return null
    const widths = thickness(row.height)
    return (
      <path
        key={piece.from}
        className="lane-piece"
        data-weight={piece.weight}
        d={`M${x.toFixed(1)} ${row.y}H${to.toFixed(1)}`}
        stroke={hueColor(piece.hue)}
        strokeWidth={row.client ? 1 : widths[piece.weight]}
      />
    )
  }
})

/** How much all sent, as bars that stand on the lane of those who have none of their own. */
function Counts({ lanes, row, scale }: { lanes: Lanes; row: Row; scale: TimeScale }) {
  const counts = lanes.counts ?? []
  const most = counts.reduce((max, { sent }) => Math.max(max, sent), 1)
  const floor = row.y + row.height / 2 - 2
  const tall = Math.max(8, row.height - 18)
  const bars = counts.map(({ from, to, sent }) => {
    const [left, right] = [xOf(scale, from), xOf(scale, to)]
    return `M${left.toFixed(1)} ${floor}V${(floor - (sent / most) * tall).toFixed(1)}H${(right - 0.6).toFixed(1)}V${floor}Z`
  })
  return <path className="lane-counts" data-most={most} d={bars.join('')} />
}

/** Of no term or owner: clients’ questions and answers, which must not outshine the servers’ talk. */
const PLAIN = hueColor(null)

/** One path per colour: thousands of elements would be slow. */
export const Messages = memo(function Messages({ segments }: { segments: readonly Segment[] }) {
  const dense = Math.max(0.35, Math.min(0.85, 1.1 - segments.length / 3_000))
  return (
    <>
      <g className="lane-messages" data-messages={segments.length} opacity={dense}>
        {strandsOf(segments).map(({ color, count, d }) => (
          <path key={color} d={d} stroke={color} data-count={count} data-plain={color === PLAIN || undefined} />
        ))}
      </g>
      <path className="lane-lost" d={crossesOf(segments)} />
    </>
  )
})
