export interface Point {
  x: number
  y: number
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The way of a message from mark to mark: where it begins and ends, and which way it points, in degrees. */
export interface Path {
  from: Point
  to: Point
  angle: number
  /** Unit vector to the right of the flight. */
  side: Point
}

export const add = (a: Point, b: Point, times = 1): Point => ({ x: a.x + b.x * times, y: a.y + b.y * times })
export const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
})
export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)
export const dot = (a: Point, b: Point): number => a.x * b.x + a.y * b.y

export function unit(from: Point, to: Point): Point {
  const length = distance(from, to) || 1
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
}

export const polar = (centre: Point, angle: number, rx: number, ry = rx): Point => ({
  x: centre.x + Math.cos(angle) * rx,
  y: centre.y + Math.sin(angle) * ry,
})

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

export const boxAround = (centre: Point, halfWidth: number, halfHeight: number): Box => ({
  x: centre.x - halfWidth,
  y: centre.y - halfHeight,
  width: halfWidth * 2,
  height: halfHeight * 2,
})

export const centroid = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, p) => sum + p.x, 0) / Math.max(1, points.length),
  y: points.reduce((sum, p) => sum + p.y, 0) / Math.max(1, points.length),
})

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/** From the first number on, in steps, to below the last. */
export const steps = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / by)) }, (_, i) => from + i * by)
