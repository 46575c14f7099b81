import type { Micros } from '../../base/units.ts'
import type { LaneCounts, LaneMark, LaneMessage, LanePiece, Lanes, LaneSpan } from '../../lab/lanes.ts'
import { type Column, columnAt, type Hidden } from './columns.ts'
import { GUTTER, restAt, rowAt, type Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'
import type { Segment } from './segments.ts'

export interface Point {
  x: number
  y: number
}

/** How far a point is from a stretch of line. */
export function distance({ x, y }: Point, { x1, y1, x2, y2 }: Omit<Segment, 'message' | 'lost'>): number {
  const dx = x2 - x1
  const dy = y2 - y1
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length))
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy)
}

/** The line nearest to a point, if it is near enough. */
export function nearestSegment(segments: readonly Segment[], point: Point, within: number): Segment | null {
  let best: Segment | null = null
  let least = within
  for (const segment of segments) {
    if (point.x < segment.x1 - within || point.x > segment.x2 + within) continue
    const gap = distance(point, segment)
    if (gap > least) continue
    best = segment
    least = gap
  }
  return best
}

export type Found =
  | { type: 'mark'; mark: LaneMark }
  | { type: 'message'; message: LaneMessage; segment: Segment }
  | { type: 'span'; span: LaneSpan }
  | { type: 'piece'; piece: LanePiece }
  | { type: 'column'; column: Column }

/** The columns that are drawn: on all lanes, or on that of those that have none of their own. */
export interface DrawnCounts {
  list: LaneCounts
  dense: boolean
  hidden: Hidden
}

const MARK = 7
const LINE = 5
/** On a lane itself the lane is meant, though lines begin and end there. */
const ON_LANE = 2.5

/** What is under a point of the drawing, the smallest thing first. */
export function find(
  lanes: Lanes,
  segments: readonly Segment[],
  rows: Rows,
  scale: TimeScale,
  point: Point,
  counts: DrawnCounts | null = null,
): Found | null {
  const mark = nearestMark(lanes.marks, rows, scale, point)
  if (mark !== null) return { type: 'mark', mark }
  const at: Micros = scale.from + point.x / scale.k
  const row = rowAt(rows, point.y) ?? restAt(rows, point.y)
  const onLane = row !== null && Math.abs(row.y - point.y) <= ON_LANE
  const segment = nearestSegment(segments, point, onLane ? 1 : LINE)
  if (segment !== null) return { type: 'message', message: segment.message, segment }
  const holds = (one: LanePiece | LaneSpan) => one.from <= at && (at <= one.to || one.to >= lanes.to)
  if (row === null || point.y < GUTTER) {
    const cut = lanes.spans.findLast((span) => span.process === null && holds(span))
    return cut === undefined ? null : { type: 'span', span: cut }
  }
  if (row === rows.rest) {
    const column = counts === null ? null : columnAt(counts.list, null, at, counts.hidden)
    return column === null ? null : { type: 'column', column }
  }
  const span = lanes.spans.findLast((one) => one.process === row.id && holds(one))
  if (span !== undefined) return { type: 'span', span }
  if (counts?.dense === true && !onLane) {
    const column = columnAt(counts.list, row.id, at, counts.hidden)
    if (column !== null) return { type: 'column', column }
  }
  const piece = lanes.pieces.findLast((one) => one.process === row.id && holds(one))
  return piece === undefined ? null : { type: 'piece', piece }
}

function nearestMark(marks: readonly LaneMark[], rows: Rows, scale: TimeScale, { x, y }: Point): LaneMark | null {
  let best: LaneMark | null = null
  let least = MARK
  for (const mark of marks) {
    const dx = Math.abs(xOf(scale, mark.at) - x)
    if (dx > MARK) continue
    const row = rows.byId.get(mark.process)
    const dy = mark.type === 'violation' && y < GUTTER + 4 ? 0 : row === undefined ? MARK + 1 : Math.abs(row.y - y)
    const gap = Math.hypot(dx, dy)
    if (gap > least || (gap === least && best !== null)) continue
    best = mark
    least = gap
  }
  return best
}

/** The process that a find is about: of a message, who hears it. */
export function processOf(found: Found): string | null {
  switch (found.type) {
    case 'mark':
      return found.mark.process === '' ? null : found.mark.process
    case 'message':
      return found.message.to
    case 'span':
      return found.span.process
    case 'piece':
      return found.piece.process
    case 'column':
      return found.column.process
  }
}

/** The instant that a click on it means; null for the very place of the click. */
export function instantOf(found: Found): Micros | null {
  if (found.type === 'mark') return found.mark.at
  return found.type === 'message' ? Math.max(found.message.endedAt, found.message.sentAt) : null
}
