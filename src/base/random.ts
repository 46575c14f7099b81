import { hashBegun, hashEnded, hashJoined, hashString } from './hash.ts'
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

/**
 * The streams `from>to` of many processes, by their places: of each the part of the name's hash that stands for `from` is
 * kept, and the stream is one object, good until the next is asked for.
 */
export class LinkStreams {
  readonly #seed: number
  readonly #stream = { a: 0, b: 0 }
  /** Of each sender: how long the name was to which the hash belongs. */
  #lengths = new Int32Array(SMALLEST)
  #hashes = new Int32Array(SMALLEST)

  constructor(seed: number) {
    this.#seed = seed
  }

  /** The stream from the process at this place. */
  of(place: number, from: string, to: string): Stream {
    const length = from.length + 1 + to.length
    if (place >= this.#lengths.length) this.#grow(place)
    if (this.#lengths[place] !== length) {
      this.#lengths[place] = length
      this.#hashes[place] = hashBegun(from, '>', length)
    }
    const named = hashEnded(this.#hashes[place] as number, to)
    const found = this.#stream
    found.a = firstOf(this.#seed, named)
    found.b = secondOf(this.#seed, named)
    return found
  }

  #grow(place: number): void {
    this.#lengths = new Int32Array(2 * place + SMALLEST)
    this.#hashes = new Int32Array(2 * place + SMALLEST)
  }
}

const SMALLEST = 16

function streamOf(seed: number, named: number): Stream {
  return { a: firstOf(seed, named), b: secondOf(seed, named) }
}

const firstOf = (seed: number, named: number): number => scramble((seed | 0) ^ 0x243f6a88) ^ named
const secondOf = (seed: number, named: number): number => scramble(named + Math.imul(seed | 0, 0x9e3779b1))

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
