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
  /** Messages are added up around the lanes, which make way. */
  dense: boolean
}

/** All that lies behind the marks: shaded spans, messages, and the lanes themselves. */
export const LaneLines = memo(function LaneLines({ lanes, rows, scale, segments, dense }: LaneLinesProps) {
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
    const widths = thickness(dense ? 0 : row.height)
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

/** Of no term or owner: clients’ questions and answers, which must not outshine the servers’ talk. */
const PLAIN = hueColor(null)

interface MessagesProps {
  segments: readonly Segment[]
  /** How many more are drawn beside these. */
  others?: number
}

/** One path per colour: thousands of elements would be slow. */
export const Messages = memo(function Messages({ segments, others = 0 }: MessagesProps) {
  const dense = Math.max(0.35, Math.min(0.85, 1.1 - segments.length / 3_000))
  return (
    <>
      <g className="lane-messages" data-messages={segments.length} opacity={dense}>
        {strandsOf(segments).map(({ color, count, d }) => (
          <path key={color} d={d} stroke={color} data-count={count} data-plain={color === PLAIN || undefined} />
        ))}
      </g>
      <path className="lane-lost" d={crossesOf(segments)} />
      {segments.length + others <= FEW && <Ends segments={segments} others={others} />}
    </>
  )
})

/** So few messages that each can be told from the others, and so few that there is room for their names. */
const FEW = 240
const VERY_FEW = 40
/** Pixels of a line that has room for its name. */
const ROOM_FOR_NAME = 90

/** Where messages came, and what they are called if there is room. */
function Ends({ segments, others }: Required<MessagesProps>) {
  const named = segments.length + others <= VERY_FEW ? apart(segments.filter(hasRoom)) : []
  return (
    <g className="lane-ends">
      {segments.map(({ message, x2, y2, lost }) =>
        lost ? null : <circle key={message.id} cx={x2.toFixed(1)} cy={y2} r={2.2} fill={hueColor(message.hue)} />,
      )}
      {named.map((one) => (
        <text key={one.message.id} transform={alongOf(one)} dy={-3}>
          {one.message.label}
        </text>
      ))}
    </g>
  )
}

/** Long enough, and no steeper than one reads. */
const hasRoom = ({ x1, y1, x2, y2 }: Segment): boolean =>
  Math.hypot(x2 - x1, y2 - y1) >= ROOM_FOR_NAME && Math.abs(y2 - y1) <= Math.abs(x2 - x1)

/** Of names that would lie on each other, the first. */
function apart(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = []
  for (const one of segments) {
    const isFree = kept.every(
      (other) =>
        Math.abs(middleX(one) - middleX(other)) > ROOM_FOR_NAME || Math.abs(middleY(one) - middleY(other)) > 14,
    )
    if (isFree) kept.push(one)
  }
  return kept
}

const middleX = ({ x1, x2 }: Segment): number => (x1 + x2) / 2
const middleY = ({ y1, y2 }: Segment): number => (y1 + y2) / 2

/** The middle of a line, turned as the line is. */
function alongOf(segment: Segment): string {
  const { x1, y1, x2, y2 } = segment
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI
  return `translate(${middleX(segment).toFixed(1)} ${middleY(segment).toFixed(1)}) rotate(${angle.toFixed(1)})`
}
