import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { draw, stream } from '../../../base/random.ts'
import { type HashName, hashFunctions, hashKey, position } from './functions.ts'
import { md5 } from './md5.ts'
import { cassandraToken, murmur3x64128, murmur3x8632 } from './murmur3.ts'
import { crc16, fnv1a32 } from './small.ts'
import * as u64 from './u64.ts'
import { utf8 } from './utf8.ts'
import { xxh64 } from './xxh64.ts'

const FOX = 'The quick brown fox jumps over the lazy dog'

/** Bytes that repeat from run to run. */
const noise = (length: number, seed = length): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => draw(stream(seed, 'noise'), i) & 255)

test('murmur3 x64 128 gives the known answers of its reference implementation', () => {
  expect(murmur3x64128(utf8(''))).toEqual([0n, 0n])
  expect(murmur3x64128(utf8('hello'))).toEqual([0xcbd8a7b341bd9b02n, 0x5b1e906a48ae1d19n])
  expect(murmur3x64128(utf8(FOX))).toEqual([0xe34bbc7bbc071b6cn, 0x7a433ca9c49a9347n])
})

test('murmur3 x64 128 and x86 32 pass the verification that SMHasher holds them to', () => {
  // KeysetTest.cpp: hash the keys {}, {0}, {0, 1} … under the seeds 256 − i, then hash the 256 results.
  const verify = (bytesOut: number, hash: (bytes: Uint8Array, seed: number) => Uint8Array): number => {
    const all = new Uint8Array(256 * bytesOut)
    for (let i = 0; i < 256; i++) {
      const key = Uint8Array.from({ length: i }, (_, j) => j)
      all.set(hash(key, 256 - i), i * bytesOut)
    }
    return new DataView(hash(all, 0).buffer).getUint32(0, true)
  }
  const bytes128 = (key: Uint8Array, seed: number): Uint8Array => {
    const view = new DataView(new ArrayBuffer(16))
    for (const [i, half] of murmur3x64128(key, seed).entries()) view.setBigUint64(i * 8, half, true)
    return new Uint8Array(view.buffer)
  }
  const bytes32 = (key: Uint8Array, seed: number): Uint8Array => {
    const view = new DataView(new ArrayBuffer(4))
    view.setUint32(0, murmur3x8632(key, seed), true)
    return new Uint8Array(view.buffer)
  }
  expect(verify(16, bytes128)).toBe(0x6384ba69)
  expect(verify(4, bytes32)).toBe(0xb0f57ee3)
})

test('Cassandra takes the bytes of the tail as signed', () => {
  // The vectors of the Python driver (tests/unit/test_metadata.py).
  expect(cassandraToken(utf8('123'))).toBe(-7468325962851647638n)
  expect(cassandraToken(Uint8Array.from({ length: 50 }, (_, i) => [0, 255, 16, 250, 153][i % 5] as number))).toBe(
    5837342703291459765n,
  )
  expect(cassandraToken(new Uint8Array(8).fill(0xfe))).toBe(-8927430733708461935n)
  expect(cassandraToken(new Uint8Array(8).fill(0x10))).toBe(1446172840243228796n)
  expect(cassandraToken(utf8('9223372036854775807'))).toBe(7162290910810015547n)
  expect(cassandraToken(utf8(''))).toBe(-(1n << 63n))
})

test('where no tail byte is above 127, Cassandra’s token is the original’s first half', () => {
  for (let length = 1; length < 50; length++) {
    const bytes = noise(length).map((byte) => byte & 127)
    expect(cassandraToken(bytes)).toBe(BigInt.asIntN(64, murmur3x64128(bytes)[0]))
  }
})

test('xxHash64 gives the known answers of xxhash_spec.md’s users', () => {
  expect(xxh64(utf8(''))).toBe(0xef46db3751d8e999n)
  expect(xxh64(utf8('a'))).toBe(0xd24ec4f1a98c6e5bn)
  expect(xxh64(utf8('abc'))).toBe(0x44bc2cf5ad770999n)
  expect(xxh64(utf8('xxhash'))).toBe(3665147885093898016n)
  expect(xxh64(utf8('xxhash'), 20141025n)).toBe(13067679811253438005n)
  expect(xxh64(utf8('Nobody inspects the spammish repetition'))).toBe(0xfbcea83c8a378bf1n)
})

test('MD5 agrees with the host’s for every length up to three blocks', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = noise(length)
    expect(Buffer.from(md5(bytes)).toString('hex')).toBe(createHash('md5').update(bytes).digest('hex'))
  }
})

test('CRC-16/XMODEM and FNV-1a give their check values', () => {
  expect(crc16(utf8('123456789'))).toBe(0x31c3)
  expect(fnv1a32(utf8(''))).toBe(0x811c9dc5)
  expect(fnv1a32(utf8('a'))).toBe(0xe40c292c)
  expect(fnv1a32(utf8('foobar'))).toBe(0xbf9cf968)
})

test('FNV-1a lays numbered keys side by side, and its finaliser does not', () => {
  const spread = (name: HashName): number => {
    const places = Array.from({ length: 10 }, (_, i) => position(hashFunctions[name], `key${i}`))
    return (Math.max(...places) - Math.min(...places)) / 4294967296
  }
  expect(spread('fnv1a')).toBeLessThan(0.1)
  expect(spread('fnv1a-finished')).toBeGreaterThan(0.5)
})

test('keys are UTF-8, as the host encodes it', () => {
  const host = new TextEncoder()
  for (const text of ['', 'x = 5', 'Größe', '分区', '🦀 ring', 'lone \ud800 surrogate', '\udc00\ud800']) {
    expect(utf8(text)).toEqual(host.encode(text))
  }
})

test('64-bit arithmetic in halves agrees with bigints', () => {
  const from = stream(7, 'u64')
  for (let i = 0; i < 400; i += 4) {
    const [ah, al, bh, bl] = [0, 1, 2, 3].map((j) => draw(from, i + j) | 0) as [number, number, number, number]
    const [a, b] = [u64.toBigInt(ah, al), u64.toBigInt(bh, bl)]
    u64.add(ah, al, bh, bl)
    expect(u64.toBigInt(u64.out.hi, u64.out.lo)).toBe(BigInt.asUintN(64, a + b))
    u64.multiply(ah, al, bh, bl)
    expect(u64.toBigInt(u64.out.hi, u64.out.lo)).toBe(BigInt.asUintN(64, a * b))
    const bits = 1 + (i % 63)
    u64.rotateLeft(ah, al, bits)
    expect(u64.toBigInt(u64.out.hi, u64.out.lo)).toBe(
      BigInt.asUintN(64, (a << BigInt(bits)) | (a >> BigInt(64 - bits))),
    )
    u64.xorShift(ah, al, bits)
    expect(u64.toBigInt(u64.out.hi, u64.out.lo)).toBe(a ^ (a >> BigInt(bits)))
  }
})

test('every hash function spreads a thousand keys over its upper bits, but for FNV-1a without a finaliser', () => {
  const uneven = Object.values(hashFunctions).filter((by) => {
    const counts = Array.from({ length: 16 }, () => 0)
    for (let i = 0; i < 1000; i++) {
      hashKey(by, `user:${i}`)
      counts[u64.out.hi >>> 28] = (counts[u64.out.hi >>> 28] as number) + 1
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 62.5) ** 2 / 62.5, 0)
    // 15 degrees of freedom: above 37.7 once in a thousand.
    return chiSquare > 37.7
  })
  expect(uneven.map((by) => by.name)).toEqual(['fnv1a'])
})
