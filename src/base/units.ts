/** Simulated time and lengths of time: whole microseconds. */
export type Micros = number

export const MS: Micros = 1_000
export const SECOND: Micros = 1_000_000

/** Milliseconds, as people write them, in whole microseconds. */
export const ms = (milliseconds: number): Micros => Math.round(milliseconds * MS)
export const seconds = (s: number): Micros => Math.round(s * SECOND)
export const toMs = (t: Micros): number => t / MS

/** `4.236 s`: an instant on the simulated clock, to the millisecond. */
export function formatInstant(t: Micros): string {
  return `${(t / SECOND).toFixed(3)} s`
}

/** `25 ms`, `1.5 s`, `300 µs`: a length of time in the unit that reads best. */
export function formatDuration(t: Micros): string {
  if (t < MS) return `${t} µs`
  if (t < SECOND) return `${trim(t / MS)} ms`
  return `${trim(t / SECOND)} s`
}

const UNITS: Record<string, Micros> = { us: 1, µs: 1, ms: MS, s: SECOND, min: 60 * SECOND }

/**
 * Reads a length of time: a number with a unit (`"1.5s"`, `"20 ms"`, `"300us"`), or null if it is none.
 * A bare number has no unit and is refused: guessing one would be wrong by a thousand.
 */
export function parseDuration(text: string): Micros | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*(us|µs|ms|s|min)\s*$/.exec(text)
  if (!found) return null
  const unit = UNITS[found[2] as string] as number
  return Math.round(Number(found[1]) * unit)
}

const trim = (x: number): string => String(Math.round(x * 100) / 100)
