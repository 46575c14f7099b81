import type { CircleView } from '../circle-view.ts'

/** The circle of 2^32 as angles: it begins at the top and runs clockwise, as the hands of a clock do. Radians. */
export const CIRCLE = 4294967296
const TURN = 2 * Math.PI

export const angleOf = (place: number): number => (place / CIRCLE) * TURN - TURN / 4

/** The place that an angle points at: a whole number below 2^32. */
export function placeAt(angle: number): number {
  const share = angle / TURN + 0.25
  return Math.floor((share - Math.floor(share)) * CIRCLE) % CIRCLE
}

/** One stretch of the circle: after `from`, up to and with `to`. The one around the top has `from` above `to`. */
export interface Stretch {
  from: number
  to: number
  /** An index into the servers. */
  owner: number
}

/** The stretches of a circle in order; neighbours of one owner stay apart, because a token stands between them. */
export function stretches({ at, owner }: CircleView): Stretch[] {
  return Array.from(at, (to, i) => ({
    from: at[i === 0 ? at.length - 1 : i - 1] as number,
    to,
    owner: owner[i] as number,
  })).filter(({ from, to }, i) => i === 0 || from !== to)
}

/** The stretch that a place belongs to, as an index into the tokens: the first at or after it, around. */
export function tokenAt({ at }: CircleView, place: number): number {
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[middle] as number) < place) low = middle + 1
    else high = middle
  }
  return low === at.length ? 0 : low
}

/** Who owns a place, as the picture has it: an index into the servers. */
export const ownerAt = (circle: CircleView, place: number): number => circle.owner[tokenAt(circle, place)] as number

/** No pixel of the band. */
export const NOBODY = 65535

/** A square picture of the band, row by row: for each pixel the owner of the place that its centre points at. */
export function bandPixels(circle: CircleView, side: number, inner: number, outer: number): Uint16Array {
  const pixels = new Uint16Array(side * side).fill(NOBODY)
  for (let row = 0; row < side; row++) {
    const y = row + 0.5 - side / 2
    for (let column = 0; column < side; column++) {
      const x = column + 0.5 - side / 2
      const r = Math.sqrt(x * x + y * y)
      if (r >= inner && r <= outer) pixels[row * side + column] = ownerAt(circle, placeAt(Math.atan2(y, x)))
    }
  }
  return pixels
}

/** A stretch as the outline of a band between two radii, around the origin. */
export function bandPath({ from, to }: { from: number; to: number }, inner: number, outer: number): string {
  const whole = from === to
  const a = angleOf(from)
  const b = whole ? a + TURN - 1e-4 : angleOf(to) + (to < from ? TURN : 0)
  const large = b - a > Math.PI ? 1 : 0
  const point = (angle: number, r: number): string =>
    `${(Math.cos(angle) * r).toFixed(2)} ${(Math.sin(angle) * r).toFixed(2)}`
  return (
    `M${point(a, outer)}A${outer} ${outer} 0 ${large} 1 ${point(b, outer)}` +
    `L${point(b, inner)}A${inner} ${inner} 0 ${large} 0 ${point(a, inner)}Z`
  )
}

/** A line along the circle from one place clockwise to another. */
export function wayPath(from: number, to: number, radius: number): string {
  const a = angleOf(from)
  const b = angleOf(to) + (to < from ? TURN : 0)
  const point = (angle: number): string =>
    `${(Math.cos(angle) * radius).toFixed(2)} ${(Math.sin(angle) * radius).toFixed(2)}`
  return `M${point(a)}A${radius} ${radius} 0 ${b - a > Math.PI ? 1 : 0} 1 ${point(b)}`
}
