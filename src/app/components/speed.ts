/** Speeds are simulated seconds per second, on a logarithmic scale: what one sees at 0.05× and at 50× is alike far apart. */
export const SLOWEST = 0.01
export const FASTEST = 100

const NICE = [1, 2, 5]
const LADDER = [-2, -1, 0, 1].flatMap((power) => NICE.map((n) => n * 10 ** power)).concat(FASTEST)

/** `0.05×`, `12×`, `max`: two digits that count. */
export function formatSpeed(speed: number): string {
  return Number.isFinite(speed) ? `${Number(speed.toPrecision(2))}×` : 'max'
}

export const toSlider = (speed: number): number => Math.log10(Math.min(FASTEST, Math.max(SLOWEST, speed)))
export const fromSlider = (position: number): number => Number((10 ** position).toPrecision(2))

/** The next speed of 0.01, 0.02, 0.05, 0.1 … up or down. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const near = 1.001
  if (by === 1) return LADDER.find((step) => step > speed * near) ?? Number.POSITIVE_INFINITY
  return LADDER.findLast((step) => step < speed / near) ?? SLOWEST
}
