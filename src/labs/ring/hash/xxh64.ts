import { demandBytes } from './demand.ts'
import * as u64 from './u64.ts'

/** xxHash with 64 bits (Yann Collet, `xxhash_spec.md`): an unsigned number. `seed` is taken modulo 2^64. */
export function xxh64(bytes: Uint8Array, seed = 0n): bigint {
  demandBytes(bytes)
  if (typeof seed !== 'bigint') throw new TypeError(`seed: expected a bigint, found a ${typeof seed}`)
  const start = BigInt.asUintN(64, seed)
  xxhash64(bytes, bytes.length, Number(start >> 32n), Number(start & 0xffffffffn))
  return u64.toBigInt(u64.out.hi, u64.out.lo)
}

/** The same of the first `length` bytes, left in the register of `u64`. */
export function xxhash64(bytes: Uint8Array, length: number, seedHigh: number, seedLow: number): void {
  let at = 0
  if (length >= 32) {
    at = stripes(bytes, length, seedHigh, seedLow)
  } else {
    u64.add(seedHigh, seedLow, P5H, P5L)
  }
  u64.add(u64.out.hi, u64.out.lo, 0, length)
  tail(bytes, at, length)
  u64.xorShift(u64.out.hi, u64.out.lo, 33)
  u64.multiply(u64.out.hi, u64.out.lo, P2H, P2L)
  u64.xorShift(u64.out.hi, u64.out.lo, 29)
  u64.multiply(u64.out.hi, u64.out.lo, P3H, P3L)
  u64.xorShift(u64.out.hi, u64.out.lo, 32)
}

/** Stripes of 32 bytes by four accumulators, which are then folded into one. */
function stripes(bytes: Uint8Array, length: number, seedHigh: number, seedLow: number): number {
  u64.add(P1H, P1L, P2H, P2L)
  u64.add(u64.out.hi, u64.out.lo, seedHigh, seedLow)
  keep(0)
  u64.add(seedHigh, seedLow, P2H, P2L)
  keep(1)
  u64.set(seedHigh, seedLow)
  keep(2)
  u64.add(seedHigh, seedLow, ~P1H, ~P1L)
  u64.add(u64.out.hi, u64.out.lo, 0, 1)
  keep(3)
  const end = length & ~31
  for (let at = 0; at < end; at += 32) {
    for (let lane = 0; lane < 4; lane++) {
      round(high[lane] as number, low[lane] as number, bytes, at + lane * 8)
      keep(lane)
    }
  }
  fold()
  return end
}

function fold(): void {
  let h = 0
  let l = 0
  for (let lane = 0; lane < 4; lane++) {
    u64.rotateLeft(high[lane] as number, low[lane] as number, TURNS[lane] as number)
    u64.add(u64.out.hi, u64.out.lo, h, l)
    h = u64.out.hi
    l = u64.out.lo
  }
  for (let lane = 0; lane < 4; lane++) {
    scramble(high[lane] as number, low[lane] as number)
    u64.set(h ^ u64.out.hi, l ^ u64.out.lo)
    u64.multiply(u64.out.hi, u64.out.lo, P1H, P1L)
    u64.add(u64.out.hi, u64.out.lo, P4H, P4L)
    h = u64.out.hi
    l = u64.out.lo
  }
}

/** What a stripe leaves over: words of eight bytes, then of four, then single ones. */
function tail(bytes: Uint8Array, from: number, to: number): void {
  let at = from
  for (; at + 8 <= to; at += 8) {
    const h = u64.out.hi
    const l = u64.out.lo
    scramble(u64.word(bytes, at + 4), u64.word(bytes, at))
    u64.rotateLeft(h ^ u64.out.hi, l ^ u64.out.lo, 27)
    u64.multiply(u64.out.hi, u64.out.lo, P1H, P1L)
    u64.add(u64.out.hi, u64.out.lo, P4H, P4L)
  }
  if (at + 4 <= to) {
    const h = u64.out.hi
    const l = u64.out.lo
    u64.multiply(0, u64.word(bytes, at), P1H, P1L)
    u64.rotateLeft(h ^ u64.out.hi, l ^ u64.out.lo, 23)
    u64.multiply(u64.out.hi, u64.out.lo, P2H, P2L)
    u64.add(u64.out.hi, u64.out.lo, P3H, P3L)
    at += 4
  }
  for (; at < to; at++) {
    const h = u64.out.hi
    const l = u64.out.lo
    u64.multiply(0, bytes[at] as number, P5H, P5L)
    u64.rotateLeft(h ^ u64.out.hi, l ^ u64.out.lo, 11)
    u64.multiply(u64.out.hi, u64.out.lo, P1H, P1L)
  }
}

function round(h: number, l: number, bytes: Uint8Array, at: number): void {
  u64.multiply(u64.word(bytes, at + 4), u64.word(bytes, at), P2H, P2L)
  u64.add(u64.out.hi, u64.out.lo, h, l)
  u64.rotateLeft(u64.out.hi, u64.out.lo, 31)
  u64.multiply(u64.out.hi, u64.out.lo, P1H, P1L)
}

/** A round on an accumulator of zero. */
function scramble(h: number, l: number): void {
  u64.multiply(h, l, P2H, P2L)
  u64.rotateLeft(u64.out.hi, u64.out.lo, 31)
  u64.multiply(u64.out.hi, u64.out.lo, P1H, P1L)
}

function keep(lane: number): void {
  high[lane] = u64.out.hi
  low[lane] = u64.out.lo
}

const high = new Int32Array(4)
const low = new Int32Array(4)
const TURNS = [1, 7, 12, 18]
const P1H = 0x9e3779b1
const P1L = 0x85ebca87
const P2H = 0xc2b2ae3d
const P2L = 0x27d4eb4f
const P3H = 0x165667b1
const P3L = 0x9e3779f9
const P4H = 0x85ebca77
const P4L = 0xc2b2ae63
const P5H = 0x27d4eb2f
const P5L = 0x165667c5
