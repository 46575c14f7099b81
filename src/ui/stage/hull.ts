import { curveCatmullRomClosed, line, polygonHull, range } from 'd3'
import type { ProcessId } from '../../kernel/types.ts'
import { add, centroid, dot, type Point, polar, unit } from './geometry.ts'
import type { Layout } from './layout.ts'

/** The pictures of a divided network: a soft shape behind each group, and the line between them. */

const PAD = 16
/** The word below a mark belongs to its shape. */
const FOOT = 17

const closed = line<Point>()
  .x((p) => p.x)
  .y((p) => p.y)
  .curve(curveCatmullRomClosed.alpha(0.5))

export interface CutLine {
  d: string
  /** The same line in short straight pieces: messages die where it crosses their way. */
  points: readonly Point[]
  /** Its right end, where its name stands. */
  end: Point
}

/** A closed shape behind the marks of a group. */
export function hullPath(group: readonly ProcessId[], layout: Layout): string {
  return closed(hullPoints(group, layout)) ?? ''
}

/** The lines between groups: one where there are two neighbours, else a ray from the middle at each border on the ring. */
export function cutLines(groups: readonly (readonly ProcessId[])[], layout: Layout): CutLine[] {
  if (groups.length < 2) return []
  if (layout.servers.length === 2) return [straightAcross(layout)]
  const ends = borders(groups, layout)
  const [first, second] = ends
  if (ends.length !== 2 || first === undefined || second === undefined) return ends.map((end) => ray(end, layout))
  return [bend(first, second, groups, layout)]
}

function hullPoints(group: readonly ProcessId[], layout: Layout): Point[] {
  const outline = group.flatMap((id) => around(layout.places.get(id) ?? layout.centre, layout.radius + PAD))
  const convex = (polygonHull(outline.map((p) => [p.x, p.y])) ?? []).map(([x, y]) => ({ x, y }))
  const notches = outsiders(group, layout)
  return notches.length === 0 ? convex : carve(convex, notches, layout)
}

function around(at: Point, radius: number): Point[] {
  const points = range(0, 24).map((i) => polar(at, (i / 24) * 2 * Math.PI, radius))
  return points.map((p) => (p.y > at.y + radius * 0.3 ? { x: p.x, y: p.y + FOOT } : p))
}

/** Servers of other groups that the convex shape would touch. */
function outsiders(group: readonly ProcessId[], layout: Layout): Point[] {
  const convex = polygonHull(
    group.flatMap((id) =>
      around(layout.places.get(id) ?? layout.centre, layout.radius + PAD).map((p): [number, number] => [p.x, p.y]),
    ),
  )
  const others = layout.servers.filter((id) => !group.includes(id)).map((id) => layout.places.get(id) ?? layout.centre)
  const near = layout.radius + PAD * 2 + FOOT + 10
  return convex === null ? [] : others.filter((p) => reach(convex, p) < near)
}

/** How far a point is from a polygon; 0 inside. */
function reach(polygon: readonly [number, number][], p: Point): number {
  let inside = false
  let nearest = Number.POSITIVE_INFINITY
  polygon.forEach(([x1, y1], i) => {
    const [x2, y2] = polygon[(i + 1) % polygon.length] ?? [x1, y1]
    if (y1 > p.y !== y2 > p.y && p.x < ((x2 - x1) * (p.y - y1)) / (y2 - y1) + x1) inside = !inside
    const t = Math.max(
      0,
      Math.min(1, ((p.x - x1) * (x2 - x1) + (p.y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2 || 1)),
    )
    nearest = Math.min(nearest, Math.hypot(x1 + t * (x2 - x1) - p.x, y1 + t * (y2 - y1) - p.y))
  })
  return inside ? 0 : nearest
}

/** Draws the outline in, towards the middle, wherever it comes near a server that is not of the group. */
function carve(outline: readonly Point[], others: readonly Point[], layout: Layout): Point[] {
  const keep = layout.radius + PAD * 2 + FOOT + 16
  return densify(outline).map((p) => {
    let moved = p
    for (const other of others) {
      const gap = Math.hypot(moved.x - other.x, moved.y - other.y)
      if (gap < keep) moved = add(other, gap < 1 ? unit(other, layout.centre) : unit(other, moved), keep)
    }
    return moved
  })
}

function densify(outline: readonly Point[], step = 14): Point[] {
  return outline.flatMap((p, i) => {
    const q = outline[(i + 1) % outline.length] ?? p
    const count = Math.max(1, Math.round(Math.hypot(q.x - p.x, q.y - p.y) / step))
    return range(0, count).map((k) => ({ x: p.x + ((q.x - p.x) * k) / count, y: p.y + ((q.y - p.y) * k) / count }))
  })
}

/** Points outside of the ring, half way between two neighbours that belong to different groups. */
function borders(groups: readonly (readonly ProcessId[])[], layout: Layout): Point[] {
  const groupOf = new Map(groups.flatMap((group, i) => group.map((id) => [id, i] as const)))
  const { servers, centre } = layout
  return servers.flatMap((id, i) => {
    const next = servers[(i + 1) % servers.length] ?? id
    if (groupOf.get(id) === groupOf.get(next)) return []
    const a = layout.places.get(id) ?? centre
    const b = layout.places.get(next) ?? centre
    const middle = centroid([a, b])
    return [add(middle, unit(centre, middle), layout.radius * 2)]
  })
}

/** One curve from border to border that keeps half way between the two groups. */
function bend(first: Point, second: Point, groups: readonly (readonly ProcessId[])[], layout: Layout): CutLine {
  const small = groups.toSorted((x, y) => x.length - y.length)[0] ?? []
  const away = unit(layout.centre, centroid(small.map((id) => layout.places.get(id) ?? layout.centre)))
  const along = (p: Point) => dot({ x: p.x - layout.centre.x, y: p.y - layout.centre.y }, away)
  const inner = Math.min(...densify(hullPoints(small, layout)).map(along))
  const rest = layout.servers.filter((id) => !small.includes(id))
  const outer = Math.max(
    ...densify(hullPoints(rest, layout))
      .filter((p) => nearAxis(p, away, layout))
      .map(along),
  )
  const middle = add(layout.centre, away, (inner + (Number.isFinite(outer) ? outer : 0)) / 2)
  // A basis spline passes its middle control point at a distance: two thirds of the way to it.
  const control = add(middle, add(middle, centroid([first, second]), -1), 0.5)
  const end = first.x > second.x ? first : second
  return lineThrough(spline([first, control, second]), end)
}

function nearAxis(p: Point, away: Point, layout: Layout): boolean {
  return (
    Math.abs(dot({ x: p.x - layout.centre.x, y: p.y - layout.centre.y }, { x: -away.y, y: away.x })) < layout.radius
  )
}

function ray(end: Point, layout: Layout): CutLine {
  return lineThrough([layout.centre, end], end)
}

function straightAcross({ centre, height, radius }: Layout): CutLine {
  const reachY = Math.min(height / 2 - 40, radius * 4)
  const end = { x: centre.x, y: centre.y - reachY }
  return lineThrough([end, { x: centre.x, y: centre.y + reachY }], end)
}

const lineThrough = (points: readonly Point[], end: Point): CutLine => ({
  d: `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`,
  points,
  end,
})

/** A uniform cubic B-spline that begins and ends in its first and last point, in short pieces. */
function spline(control: readonly Point[], pieces = 12): Point[] {
  const first = control[0]
  const last = control.at(-1)
  if (first === undefined || last === undefined) return []
  const padded = [first, first, ...control, last, last]
  const points = range(0, padded.length - 3).flatMap((i) =>
    range(0, pieces).map((k) => weigh(padded.slice(i, i + 4), k / pieces)),
  )
  return [...points, last]
}

function weigh(four: readonly Point[], t: number): Point {
  const weights = [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, -3 * t ** 3 + 3 * t ** 2 + 3 * t + 1, t ** 3]
  return four.reduce((sum, p, i) => add(sum, p, (weights[i] ?? 0) / 6), { x: 0, y: 0 })
}

/** How far along a way the first of these lines crosses it, as a share of the way; null if none does. */
export function crossingShare(from: Point, to: Point, lines: readonly CutLine[]): number | null {
  let nearest: number | null = null
  for (const { points } of lines) {
    for (let i = 1; i < points.length; i++) {
      const share = meet(from, to, points[i - 1] as Point, points[i] as Point)
      if (share !== null && (nearest === null || share < nearest)) nearest = share
    }
  }
  return nearest
}

/** Where the segment from a to b meets the one from c to d, as a share of the first; null if they do not meet. */
function meet(a: Point, b: Point, c: Point, d: Point): number | null {
  const across = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x)
  if (across === 0) return null
  const share = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / across
  const other = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / across
  return share >= 0 && share <= 1 && other >= 0 && other <= 1 ? share : null
}
