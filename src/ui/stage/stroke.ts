import type { Link, ProcessId } from '../../kernel/types.ts'
import { distance, type Point } from './geometry.ts'

/** A link that a stroke crosses, with the end that lies to the left of the stroke, as it was drawn, first. */
export interface Crossing {
  left: ProcessId
  right: ProcessId
}

/**
 * Which links between servers a stroke across the stage crosses; each once, however often it is crossed. One that comes back
 * to where it began goes around servers, and crosses what joins those inside with those outside: no gap lets a link
 * through, and what only passes below the loop is left alone.
 */
export function crossings(
  stroke: readonly Point[],
  servers: readonly ProcessId[],
  places: ReadonlyMap<ProcessId, Point>,
): Crossing[] {
  const inside = isClosed(stroke) ? servers.filter((id) => isInside(stroke, places.get(id))) : []
  if (inside.length > 0 && inside.length < servers.length) return around(stroke, inside, servers)
  const found: Crossing[] = []
  servers.forEach((a, i) => {
    for (const b of servers.slice(i + 1)) {
      const from = places.get(a)
      const to = places.get(b)
      const side = from && to ? crossedFrom(stroke, from, to) : 0
      if (side !== 0) found.push(side > 0 ? { left: b, right: a } : { left: a, right: b })
    }
  })
  return found
}

/** Inside lies to the right of a loop that is drawn clockwise. */
function around(loop: readonly Point[], inside: readonly ProcessId[], servers: readonly ProcessId[]): Crossing[] {
  const outside = servers.filter((id) => !inside.includes(id))
  const clockwise = areaOf(loop) > 0
  return inside.flatMap((a) => outside.map((b) => (clockwise ? { left: b, right: a } : { left: a, right: b })))
}

/** Whether a stroke ends about where it began, for its length. */
function isClosed(stroke: readonly Point[]): boolean {
  const [first] = stroke
  const last = stroke.at(-1)
  if (first === undefined || last === undefined) return false
  const length = stroke.reduce((sum, point, i) => sum + distance(point, stroke[i - 1] ?? point), 0)
  return distance(first, last) <= Math.max(LEAST_GAP, GAP * length) && length > 4 * LEAST_GAP
}
/** How far a hand may miss the beginning of its loop: so many units, or this share of the way. */
const LEAST_GAP = 24
const GAP = 0.12

/** By how often a ray to the right leaves or enters the loop, which is taken as closed. */
function isInside(loop: readonly Point[], at: Point | undefined): boolean {
  if (at === undefined) return false
  const met = loop.filter((a, i) => {
    const b = loop[(i + 1) % loop.length] as Point
    return a.y > at.y !== b.y > at.y && at.x < a.x + ((at.y - a.y) / (b.y - a.y)) * (b.x - a.x)
  })
  return met.length % 2 === 1
}

/** Positive for one that is drawn clockwise, as `y` grows downwards. */
function areaOf(loop: readonly Point[]): number {
  return loop.reduce((sum, a, i) => {
    const b = loop[(i + 1) % loop.length] as Point
    return sum + (a.x * b.y - b.x * a.y) / 2
  }, 0)
}

/** Whether two segments meet. */
export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

/** The links of a cut between servers, both ways, and of the clients that stand beside them. */
export function linksOfCut(
  crossed: readonly Crossing[],
  clientsOf: (server: ProcessId) => readonly ProcessId[],
): Link[] {
  return crossed.flatMap(({ left, right }) => [
    ...oneWay({ left, right }, clientsOf),
    ...oneWay({ left: right, right: left }, clientsOf),
  ])
}

/** The links that carry what the left side, with its clients, sends to the right side. */
export function oneWay({ left, right }: Crossing, clientsOf: (server: ProcessId) => readonly ProcessId[]): Link[] {
  return [
    { from: left, to: right },
    ...clientsOf(left).map((client) => ({ from: client, to: right })),
    ...clientsOf(right).map((client) => ({ from: left, to: client })),
  ]
}

/** The stroke without the tremble of the hand. */
export function steady(stroke: readonly Point[], grain = 5): Point[] {
  const kept: Point[] = []
  for (const point of stroke) {
    const last = kept.at(-1)
    if (last === undefined || distance(last, point) >= grain) kept.push(point)
  }
  return kept
}

/** Positive if `from` lies to the right of the stroke where it first crosses the link, negative if to the left, 0 if nowhere. */
function crossedFrom(stroke: readonly Point[], from: Point, to: Point): number {
  for (let i = 1; i < stroke.length; i++) {
    const a = stroke[i - 1]
    const b = stroke[i]
    if (a && b && segmentsCross(a, b, from, to)) return Math.sign(turn(a, b, from))
  }
  return 0
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
