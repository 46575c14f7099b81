import type { Micros } from '../../base/units.ts'
import type { LaneMessage } from '../../lab/lanes.ts'
import { hueColor } from '../hue.ts'
import type { Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'

/** A message as a line. */
export interface Segment {
  message: LaneMessage
  x1: number
  y1: number
  x2: number
  y2: number
  lost: boolean
}

/** A lost message ends on its way, never so near to a lane that it seems to have come or not to have left. */
const EARLIEST = 0.25
const LATEST = 0.85

/** Null while a lane is folded away, or nobody can know yet where the line leads. */
export function segmentOf(message: LaneMessage, rows: Rows, scale: TimeScale): Segment | null {
  const from = rows.byId.get(message.from) ?? rows.rest
  const to = rows.byId.get(message.to) ?? rows.rest
  if (from === null || to === null || from === to) return null
  const { sentAt, arrivesAt, endedAt, fate } = message
  if (fate === 'flying' && arrivesAt <= sentAt) return null
  const lost = fate !== 'arrived' && fate !== 'flying'
  const end: Micros = lost ? endedAt : Math.max(arrivesAt, sentAt)
  const share = lost ? shareOf(message) : 1
  return {
    message,
    x1: xOf(scale, sentAt),
    y1: from.y,
    x2: xOf(scale, lost && share === LATEST ? sentAt + (end - sentAt) * LATEST : end),
    y2: from.y + (to.y - from.y) * share,
    lost,
  }
}

function shareOf({ sentAt, arrivesAt, endedAt }: LaneMessage): number {
  if (arrivesAt <= sentAt) return 0.5
  return Math.min(LATEST, Math.max(EARLIEST, (endedAt - sentAt) / (arrivesAt - sentAt)))
}

export function segmentsOf(messages: readonly LaneMessage[], rows: Rows, scale: TimeScale): Segment[] {
  const segments: Segment[] = []
  for (const message of messages) {
    const segment = segmentOf(message, rows, scale)
    if (segment !== null && segment.x2 >= 0) segments.push(segment)
  }
  return segments
}

/** All lines of one colour as one path. */
export interface Strand {
  color: string
  count: number
  d: string
}

export function strandsOf(segments: readonly Segment[]): Strand[] {
  const parts = new Map<string, string[]>()
  for (const { message, x1, y1, x2, y2 } of segments) {
    const color = hueColor(message.hue)
    const known = parts.get(color)
    const d = `M${near(x1)} ${near(y1)}L${near(x2)} ${near(y2)}`
    if (known === undefined) parts.set(color, [d])
    else known.push(d)
  }
  return [...parts].map(([color, list]) => ({ color, count: list.length, d: list.join('') }))
}

/** A small cross where each lost message ended. */
export function crossesOf(segments: readonly Segment[], size = 2.6): string {
  return segments
    .filter(({ lost }) => lost)
    .map(({ x2, y2 }) => {
      const [l, r, t, b] = [near(x2 - size), near(x2 + size), near(y2 - size), near(y2 + size)]
      return `M${l} ${t}L${r} ${b}M${l} ${b}L${r} ${t}`
    })
    .join('')
}

const near = (x: number): number => Math.round(x * 10) / 10
