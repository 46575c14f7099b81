import type { Micros } from '../../base/units.ts'
import type { LaneMessage, LanePiece, Lanes, LaneSpan } from '../../lab/lanes.ts'
import type { Interval } from './window.ts'

/** What was known up to an instant, without what came after it. */
export function until(lanes: Lanes, to: Micros): Lanes {
  if (lanes.to <= to) return lanes
  const cut = <T extends Interval>(list: readonly T[]): T[] =>
    list.filter((one) => one.from <= to).map((one) => (one.to > to ? { ...one, to } : one))
  return {
    ...lanes,
    to,
    pieces: cut(lanes.pieces),
    spans: cut(lanes.spans),
    marks: lanes.marks.filter(({ at }) => at <= to),
    messages: lanes.messages
      .filter(({ sentAt }) => sentAt <= to)
      .map((message) => (message.endedAt > to ? { ...message, fate: 'flying' as const } : message)),
  }
}

/** What is known from an instant on. */
export function since(lanes: Lanes, from: Micros): Lanes {
  if (lanes.from >= from) return lanes
  return {
    ...lanes,
    from,
    pieces: lanes.pieces.filter(({ to }) => to >= from),
    spans: lanes.spans.filter(({ to }) => to >= from),
    marks: lanes.marks.filter(({ at }) => at >= from),
    messages: lanes.messages.filter(({ endedAt }) => endedAt >= from),
  }
}

/**
 * Two intervals that follow each other, as one. Where they overlap the later one is right: at its last instant the earlier
 * one may not have seen everything. With a gap between them, the earlier one is dropped.
 */
export function join(before: Lanes | null, after: Lanes): Lanes {
  if (before === null || before.to < after.from - 1 || before.from >= after.from) return after
  const left = until(before, after.from - 1)
  const fresh = new Set(after.messages.map(({ id }) => id))
  return {
    from: left.from,
    to: after.to,
    pieces: glue(left.pieces, after.pieces, after.from, pieceKey),
    spans: glue(left.spans, after.spans, after.from, spanKey),
    marks: [...left.marks, ...after.marks],
    messages: [
      ...left.messages.filter((message) => !fresh.has(message.id) && isOver(message, after.from)),
      ...after.messages,
    ],
    truncated: left.truncated || after.truncated,
  }
}

/** A message that was under way at the seam is in the later interval, with its end. */
const isOver = (message: LaneMessage, seam: Micros): boolean => message.fate !== 'flying' || message.sentAt >= seam

/** What goes on over the seam becomes one. */
function glue<T extends Interval>(left: readonly T[], right: readonly T[], seam: Micros, key: (one: T) => string): T[] {
  const open = new Map(right.filter(({ from }) => from === seam).map((one) => [key(one), one]))
  const used = new Set<T>()
  const glued = left.map((one) => {
    const rest = one.to >= seam - 1 ? open.get(key(one)) : undefined
    if (rest === undefined) return one
    used.add(rest)
    return { ...one, to: rest.to }
  })
  return [...glued, ...right.filter((one) => !used.has(one))]
}

const pieceKey = ({ process, weight, hue, label }: LanePiece): string => `${process} ${weight} ${hue} ${label}`
const spanKey = ({ process, type, links }: LaneSpan): string =>
  `${process} ${type} ${links.map(({ from, to }) => `${from}>${to}`).join(' ')}`

/** What to ask for next, at most so much at once: first what is new at the right, then what is missing at the left. */
export function nextAsk(known: Interval | null, wanted: Interval, most: Micros): Interval | null {
  if (wanted.to < wanted.from) return null
  const apart = known === null || known.to < wanted.from || known.from > wanted.to
  if (apart) return { from: Math.max(wanted.from, wanted.to - most), to: wanted.to }
  if (known.to < wanted.to) return { from: known.to, to: Math.min(wanted.to, known.to + most) }
  if (known.from > wanted.from) return { from: Math.max(wanted.from, known.from - most), to: known.from }
  return null
}
