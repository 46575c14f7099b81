import { demandBytes, demandSeed32 } from './demand.ts'
import * as u64 from './u64.ts'

/** MurmurHash3 (Austin Appleby, `MurmurHash3.cpp`, public domain), and the variant that Apache Cassandra places keys by. */

/**
 * The x64 variant with 128 bits, as two unsigned 64-bit numbers, the first half first. `seed` is an unsigned 32-bit
 * number. Throws a `TypeError` for what is not bytes and a `RangeError` for another seed.
 */
export function murmur3x64128(bytes: Uint8Array, seed = 0): [bigint, bigint] {
  demandBytes(bytes)
  demandSeed32(seed)
  murmurX64(bytes, bytes.length, seed, false)
  return [u64.toBigInt(murmur.h1h, murmur.h1l), u64.toBigInt(murmur.h2h, murmur.h2l)]
}

/**
 * The token of a partition key under Cassandra's `Murmur3Partitioner`: the first half of the hash, signed. Cassandra takes
 * the bytes of the tail as signed ones, which differs from the original where a tail byte is above 127. The empty key has
 * the least token, and a hash of −2^63 is moved to 2^63 − 1, so that nothing else has it.
 */
export function cassandraToken(bytes: Uint8Array): bigint {
  demandBytes(bytes)
  if (bytes.length === 0) return LEAST
  murmurX64(bytes, bytes.length, 0, true)
  const token = BigInt.asIntN(64, u64.toBigInt(murmur.h1h, murmur.h1l))
  return token === LEAST ? MOST : token
}

/** The x86 variant with 32 bits: an unsigned number. Throws as `murmur3x64128` does. */
export function murmur3x8632(bytes: Uint8Array, seed = 0): number {
  demandBytes(bytes)
  demandSeed32(seed)
  return murmurX86(bytes, bytes.length, seed)
}

/** The same of the first `length` bytes. */
export function murmurX86(bytes: Uint8Array, length: number, seed: number): number {
  const blocks = length & ~3
  let h = seed | 0
  for (let i = 0; i < blocks; i += 4) {
    h ^= scramble(u64.word(bytes, i))
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let i = length - 1; i >= blocks; i--) tail = (tail << 8) | (bytes[i] as number)
  if (length > blocks) h ^= scramble(tail)
  return finish32(h ^ length)
}

/** The finaliser of the 32-bit variant: every bit of the input moves every bit of the result with even odds. */
export function finish32(hash: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The x64 variant of the first `length` bytes, left in `murmur`. */
export function murmurX64(bytes: Uint8Array, length: number, seed: number, signedTail: boolean): void {
  murmur.h1h = 0
  murmur.h1l = seed | 0
  murmur.h2h = 0
  murmur.h2l = seed | 0
  const blocks = length & ~15
  for (let i = 0; i < blocks; i += 16) block(bytes, i)
  if (length > blocks + 8) takeTail(bytes, blocks + 8, length, signedTail, takeSecond)
  if (length > blocks) takeTail(bytes, blocks, Math.min(length, blocks + 8), signedTail, takeFirst)
  murmur.h1l ^= length
  murmur.h2l ^= length
  addToFirst()
  addToSecond()
  finishFirst()
  finishSecond()
  addToFirst()
  addToSecond()
}

/** Two 64-bit words, in signed halves. */
export const murmur = { h1h: 0, h1l: 0, h2h: 0, h2l: 0 }

function block(bytes: Uint8Array, at: number): void {
  takeFirst(u64.word(bytes, at + 4), u64.word(bytes, at))
  u64.rotateLeft(murmur.h1h, murmur.h1l, 27)
  u64.add(u64.out.hi, u64.out.lo, murmur.h2h, murmur.h2l)
  u64.multiply(u64.out.hi, u64.out.lo, 0, 5)
  u64.add(u64.out.hi, u64.out.lo, 0, 0x52dce729)
  murmur.h1h = u64.out.hi
  murmur.h1l = u64.out.lo
  takeSecond(u64.word(bytes, at + 12), u64.word(bytes, at + 8))
  u64.rotateLeft(murmur.h2h, murmur.h2l, 31)
  u64.add(u64.out.hi, u64.out.lo, murmur.h1h, murmur.h1l)
  u64.multiply(u64.out.hi, u64.out.lo, 0, 5)
  u64.add(u64.out.hi, u64.out.lo, 0, 0x38495ab5)
  murmur.h2h = u64.out.hi
  murmur.h2l = u64.out.lo
}

function takeFirst(kh: number, kl: number): void {
  u64.multiply(kh, kl, C1_HIGH, C1_LOW)
  u64.rotateLeft(u64.out.hi, u64.out.lo, 31)
  u64.multiply(u64.out.hi, u64.out.lo, C2_HIGH, C2_LOW)
  murmur.h1h ^= u64.out.hi
  murmur.h1l ^= u64.out.lo
}

function takeSecond(kh: number, kl: number): void {
  u64.multiply(kh, kl, C2_HIGH, C2_LOW)
  u64.rotateLeft(u64.out.hi, u64.out.lo, 33)
  u64.multiply(u64.out.hi, u64.out.lo, C1_HIGH, C1_LOW)
  murmur.h2h ^= u64.out.hi
  murmur.h2l ^= u64.out.lo
}

/** Up to eight last bytes. A signed one above 127 turns every bit above it, as Java's widening of a byte does. */
function takeTail(
  bytes: Uint8Array,
  from: number,
  to: number,
  signed: boolean,
  take: (kh: number, kl: number) => void,
): void {
  let kh = 0
  let kl = 0
  for (let i = from; i < to; i++) {
    const byte = signed ? ((bytes[i] as number) << 24) >> 24 : (bytes[i] as number)
    const shift = (i - from) * 8
    if (shift >= 32) {
      kh ^= byte << (shift - 32)
    } else {
      kl ^= byte << shift
      kh ^= shift === 0 ? byte >> 31 : byte >> (32 - shift)
    }
  }
  take(kh, kl)
}

function addToFirst(): void {
  u64.add(murmur.h1h, murmur.h1l, murmur.h2h, murmur.h2l)
  murmur.h1h = u64.out.hi
  murmur.h1l = u64.out.lo
}

function addToSecond(): void {
  u64.add(murmur.h2h, murmur.h2l, murmur.h1h, murmur.h1l)
  murmur.h2h = u64.out.hi
  murmur.h2l = u64.out.lo
}

function finishFirst(): void {
  finish64(murmur.h1h, murmur.h1l)
  murmur.h1h = u64.out.hi
  murmur.h1l = u64.out.lo
}

function finishSecond(): void {
  finish64(murmur.h2h, murmur.h2l)
  murmur.h2h = u64.out.hi
  murmur.h2l = u64.out.lo
}

function finish64(h: number, l: number): void {
  u64.xorShift(h, l, 33)
  u64.multiply(u64.out.hi, u64.out.lo, 0xff51afd7, 0xed558ccd)
  u64.xorShift(u64.out.hi, u64.out.lo, 33)
  u64.multiply(u64.out.hi, u64.out.lo, 0xc4ceb9fe, 0x1a85ec53)
  u64.xorShift(u64.out.hi, u64.out.lo, 33)
}

function scramble(k: number): number {
  const x = Math.imul(k, 0xcc9e2d51)
  return Math.imul((x << 15) | (x >>> 17), 0x1b873593)
}

const C1_HIGH = 0x87c37b91
const C1_LOW = 0x114253d5
const C2_HIGH = 0x4cf5ad43
const C2_LOW = 0x2745937f
const LEAST = -(1n << 63n)
const MOST = (1n << 63n) - 1n
