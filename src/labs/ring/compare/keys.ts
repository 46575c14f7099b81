import { stream, draw } from '../../../base/random.ts'
import { exp, ln } from '../../../base/math.ts'
import type { HashFunction } from '../hash/functions.ts'
import * as u64 from '../hash/u64.ts'
import * as utf8 from '../hash/utf8.ts'

/** Keys to place, and how often each is asked for. */
export type KeySource =
  /** Typed, pasted or from a file. */
  | { type: 'list'; keys: readonly string[] }
  /** `count` different keys, each as often as any other. */
  | { type: 'uniform'; count: number }
  /** `count` requests for `distinct` keys, the k-th of them as often as 1/k^exponent (Zipf). */
  | { type: 'zipf'; count: number; distinct: number; exponent: number; seed: number }

export interface KeySet {
  readonly size: number
  key(i: number): string
  /** How many requests key `i` has. */
  readonly requests: Uint32Array
  readonly total: number
}

const MOST_KEYS = 1_000_000

/** The keys of a source. Throws a `RangeError` whose sentence names the field. */
export function keySet(source: KeySource): KeySet {
  switch (source.type) {
    case 'list': {
      demand('keys', source.keys.length, 1, MOST_KEYS)
      return { ...ones(source.keys.length), key: (i) => source.keys[i] as string }
    }
    case 'uniform': {
      demand('count', source.count, 1, MOST_KEYS)
      return { ...ones(source.count), key: (i) => `key-${i}` }
    }
    case 'zipf': {
      demand('count', source.count, 1, MOST_KEYS)
      demand('distinct', source.distinct, 1, MOST_KEYS)
      if (!(source.exponent >= 0 && source.exponent <= 5)) {
        throw new RangeError(`exponent: expected a number from 0 to 5, found ${source.exponent}`)
      }
      return { size: source.distinct, key: (i) => `key-${i}`, requests: zipf(source), total: source.count }
    }
  }
}

/** The hash of every key, in two halves: taken once for all partitioners that look keys up by it. */
export interface HashedKeys {
  readonly hi: Int32Array
  readonly lo: Int32Array
}

/** Hashes all keys, a stretch at a time; yields how many are done. */
export function* hashKeys(keys: KeySet, by: HashFunction): Generator<number, HashedKeys> {
  const hi = new Int32Array(keys.size)
  const lo = new Int32Array(keys.size)
  for (let i = 0; i < keys.size; i++) {
    const bytes = utf8.encoded(keys.key(i))
    by.run(bytes, utf8.size.bytes)
    hi[i] = u64.out.hi
    lo[i] = u64.out.lo
    if ((i & STRETCH) === STRETCH) yield i + 1
  }
  return { hi, lo }
}

/** Work goes on in stretches of 2^14 keys between two looks at whether to stop. */
export const STRETCH = 16383

function ones(size: number): { size: number; requests: Uint32Array; total: number } {
  return { size, requests: new Uint32Array(size).fill(1), total: size }
}

/** Draws from the cumulated weights by bisection. */
function zipf({ count, distinct, exponent, seed }: Extract<KeySource, { type: 'zipf' }>): Uint32Array {
  const upTo = new Float64Array(distinct)
  let sum = 0
  for (let i = 0; i < distinct; i++) {
    sum += exp(-exponent * ln(i + 1))
    upTo[i] = sum
  }
  const from = stream(seed, 'zipf')
  const requests = new Uint32Array(distinct)
  for (let n = 0; n < count; n++) {
    const i = firstAbove(upTo, (draw(from, n) / 4294967296) * sum)
    requests[i] = (requests[i] as number) + 1
  }
  return requests
}

function firstAbove(upTo: Float64Array, x: number): number {
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((upTo[middle] as number) > x) high = middle
    else low = middle + 1
  }
  return low
}

function demand(field: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    throw new RangeError(`${field}: expected a whole number from ${least} to ${most}, found ${value}`)
  }
}
