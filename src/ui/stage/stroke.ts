import type { Link, ProcessId } from '../../kernel/types.ts'
import { distance, type Point } from './geometry.ts'

/** A link that a stroke crosses, with the end that lies to the left of the stroke, as it was drawn, first. */
export interface Crossing {
  left: ProcessId
  right: ProcessId
}

/** Which links between servers a stroke across the stage crosses; each once, however often it is crossed. */
export function crossings(
  stroke: readonly Point[],
  servers: readonly ProcessId[],
  places: ReadonlyMap<ProcessId, Point>,
): Crossing[] {
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
