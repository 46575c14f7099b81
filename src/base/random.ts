import { hashJoined, hashString } from './hash.ts'
import { inverseNormal, ln, exp } from './math.ts'
import type { Micros } from './units.ts'

/**
 * Counter-based randomness: the n-th draw of a stream is a function of (seed, stream, n) and of nothing else, so one more
 * draw on one stream leaves every other as it was.
 */
export interface Stream {
  readonly a: number
  readonly b: number
}

/** The stream with this name under this seed (a whole number below 2^32). */
export function stream(seed: number, name: string): Stream {
  return streamOf(seed, hashString(name))
}

/** The stream called `from>to`, without making that name. */
export function linkStream(seed: number, from: string, to: string): Stream {
  return streamOf(seed, hashJoined(from, '>', to))
}

function streamOf(seed: number, named: number): Stream {
  return { a: scramble((seed | 0) ^ 0x243f6a88) ^ named, b: scramble(named + Math.imul(seed | 0, 0x9e3779b1)) }
}

/** The n-th draw: a whole number in [0, 2^32). */
export function draw(from: Stream, n: number): number {
  const x = scramble(Math.imul(n, 0x9e3779b1) ^ from.a)
  return scramble((x + from.b) ^ Math.imul(n, 0x85ebca77)) >>> 0
}

/** The n-th draw as a number in [0, 1). */
export const drawUnit = (from: Stream, n: number): number => draw(from, n) / 4294967296

function scramble(x: number): number {
  let h = x ^ (x >>> 16)
  h = Math.imul(h, 0x21f0aaad)
  h ^= h >>> 15
  h = Math.imul(h, 0x735a2d97)
  return h ^ (h >>> 15)
}

/** A sequence of draws for code that wants one after the other; its place is one number, so copying it is free. */
export class Random {
  #from: Stream
  #next: number
  constructor(from: Stream, next = 0) {
    this.#from = from
    this.#next = next
  }
  /** A number in [0, 1). */
  unit(): number {
    return drawUnit(this.#from, this.#next++)
  }
  /** A whole number in [0, below). */
  int(below: number): number {
    return Math.floor(this.unit() * below)
  }
  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)] as T
  }
  chance(p: number): boolean {
    return this.unit() < p
  }
  get position(): number {
    return this.#next
  }
}

/** How long something takes. All lengths are microseconds; a sample is a whole number, never below zero. */
export type Distribution =
  | { type: 'constant'; value: Micros }
  | { type: 'uniform'; min: Micros; max: Micros }
  | { type: 'normal'; mean: Micros; deviation: Micros }
  /** `sigma` is the standard deviation of the logarithm. */
  | { type: 'logNormal'; median: Micros; sigma: number }
  /** `mean` is the mean above the floor. */
  | { type: 'exponential'; floor: Micros; mean: Micros }

/** The sample that belongs to `unit`, a number in [0, 1): the inverse of the distribution function. */
export function sample(of: Distribution, unit: number): Micros {
  switch (of.type) {
    case 'constant':
      return of.value
    case 'uniform':
      return of.min + Math.floor(unit * (of.max - of.min + 1))
    case 'normal':
      return Math.max(0, Math.round(of.mean + of.deviation * inverseNormal(inside(unit))))
    case 'logNormal':
      return Math.round(of.median * exp(of.sigma * inverseNormal(inside(unit))))
    case 'exponential':
      return of.floor + Math.round(-of.mean * ln(1 - unit))
  }
}

/** Away from 0, where the inverse of the normal distribution has no value. */
const inside = (unit: number): number => (unit === 0 ? 1 / 8589934592 : unit)
