import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  boundedLoad,
  cassandraToken,
  crc16,
  fnv1a32,
  jumpHash,
  ketama,
  maglev,
  md5,
  murmur3x64128,
  murmur3x8632,
  redisSlot,
  rendezvous,
  tokenRing,
  xxh64,
} from './index.ts'

/** The ring's parts as a user of the library has them: each against answers that were published elsewhere. */

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (digest: Uint8Array): string => Buffer.from(digest).toString('hex')
const names = (n: number): { name: string }[] => Array.from({ length: n }, (_, i) => ({ name: `n${i + 1}` }))
const keys = (n: number): string[] => Array.from({ length: n }, (_, i) => `user:${i}`)

describe('hash functions', () => {
  // google/guava, Murmur3Hash128Test.java, testKnownValues.
  it.each([
    [0, 0x629942693e10f867n, 0x92db0b82baeb5347n, 'hell'],
    [1, 0xa78ddff5adae8d10n, 0x128900ef20900135n, 'hello'],
    [2, 0x8a486b23f422e826n, 0xf962a2c58947765fn, 'hello '],
    [3, 0x2ea59f466f6bed8cn, 0xc610990acc428a17n, 'hello w'],
    [4, 0x79f6305a386c572cn, 0x46305aed3483b94en, 'hello wo'],
    [5, 0xc2219d213ec1f1b5n, 0xa1d8e2e0a52785bdn, 'hello wor'],
    [0, 0xe34bbc7bbc071b6cn, 0x7a433ca9c49a9347n, 'The quick brown fox jumps over the lazy dog'],
    [0, 0x658ca970ff85269an, 0x43fee3eaa68e5c3en, 'The quick brown fox jumps over the lazy cog'],
  ])('murmur3x64128 under seed %i is what Guava publishes', (seed, first, second, text) => {
    expect(murmur3x64128(bytes(text), seed)).toEqual([first, second])
  })

  // spaolacci/murmur3, murmur_test.go, and the verification value of aappleby/smhasher.
  it('murmur3x8632 is what its Go port publishes', () => {
    expect(murmur3x8632(bytes(''))).toBe(0)
    expect(murmur3x8632(bytes('hello'))).toBe(0x248bfa47)
    expect(murmur3x8632(bytes('hello, world'))).toBe(0x149bbb7f)
    expect(murmur3x8632(bytes('19 Jan 2038 at 3:14:07 AM'))).toBe(0xe31e8a70)
    expect(murmur3x8632(bytes('The quick brown fox jumps over the lazy dog.'))).toBe(0xd5c48bfc)
  })

  // datastax/python-driver, tests/unit/test_metadata.py.
  it('cassandraToken is signed, and takes tail bytes above 127 as Cassandra does', () => {
    expect(cassandraToken(bytes('123'))).toBe(-7468325962851647638n)
    expect(cassandraToken(new Uint8Array(8).fill(0xfe))).toBe(-8927430733708461935n)
    expect(cassandraToken(new Uint8Array(8).fill(0x10))).toBe(1446172840243228796n)
    expect(cassandraToken(bytes('9223372036854775807'))).toBe(7162290910810015547n)
  })

  // Redis Cluster specification, appendix A; RFC 9923; RFC 1321, A.5; Cyan4973/xxHash and its bindings.
  it('crc16, fnv1a32, md5 and xxh64 give their check values', () => {
    expect(crc16(bytes('123456789'))).toBe(0x31c3)
    expect(fnv1a32(bytes('foobar'))).toBe(0xbf9cf968)
    expect(hex(md5(bytes('')))).toBe('d41d8cd98f00b204e9800998ecf8427e')
    expect(hex(md5(bytes('abc')))).toBe('900150983cd24fb0d6963f7d28e17f72')
    expect(hex(md5(bytes('1234567890'.repeat(8))))).toBe('57edf4a22be3c955ac49da2e2107b67a')
    expect(xxh64(bytes(''))).toBe(0xef46db3751d8e999n)
    expect(xxh64(bytes('xxhash'), 20141025n)).toBe(13067679811253438005n)
    expect(xxh64(bytes('Nobody inspects the spammish repetition'))).toBe(0xfbcea83c8a378bf1n)
  })

  it('refuse what is not bytes, and seeds that cannot be', () => {
    for (const hash of [murmur3x64128, murmur3x8632, cassandraToken, crc16, xxh64, fnv1a32, md5]) {
      expect(() => hash('text' as never)).toThrow('bytes: expected a Uint8Array, found a string')
    }
    expect(() => murmur3x8632(bytes('x'), -1)).toThrow('seed: expected a whole number from 0 to 4294967295, found -1')
    expect(() => xxh64(bytes('x'), 1 as never)).toThrow('seed: expected a bigint, found a number')
  })
})

describe('keys are UTF-8', () => {
  const KEYS = ['Größe', 'ключ', '分区', '🦀', 'naïve café', 'x'.repeat(300)]

  it('ketama’s place of a key is the first word of the MD5 of its UTF-8 bytes', () => {
    const ring = ketama(names(3))
    for (const key of KEYS) {
      expect(ring.hash(key)).toBe(createHash('md5').update(key, 'utf8').digest().readUInt32LE(0))
    }
  })

  it('a slot is the CRC-16 of the UTF-8 bytes, and an owner the slot that xxh64 of them names', () => {
    const { table, owner } = maglev(['a', 'b', 'c'], 1009)
    for (const key of KEYS) {
      expect(redisSlot(key)).toBe(crc16(bytes(key)) % 16384)
      expect(owner(key)).toBe(['a', 'b', 'c'][table[Number(xxh64(bytes(key)) % 1009n)] as number])
    }
  })

  it('a ring places a key by the hash of its UTF-8 bytes', () => {
    const ring = tokenRing(['a', 'b', 'c'], { tokens: 32, hash: 'murmur3x86' })
    for (const key of KEYS) {
      const place = murmur3x8632(bytes(key))
      const token = ring.tokens.find((each) => each.token >= place) ?? ring.tokens[0]
      expect(ring.owner(key)).toBe(token?.server)
    }
  })
})

describe('partitioners', () => {
  // google/guava, HashingTest.java, testConsistentHash_linearCongruentialGeneratorCompatibility.
  it('jumpHash is what Guava publishes', () => {
    const golden = [0, 55, 62, 8, 45, 59, 86, 97, 82, 59, 73, 37, 17, 56, 86, 21, 90, 37, 38, 83]
    expect(golden.map((_, i) => jumpHash(BigInt(i), 100))).toEqual(golden)
    expect(jumpHash(10863919174838991n, 11)).toBe(6)
    expect(jumpHash(2016238256797177309n, 11)).toBe(3)
    expect(jumpHash(1673758223894951030n, 11)).toBe(5)
    expect(jumpHash(2n, 100001)).toBe(80343)
    expect(jumpHash(2201n, 100001)).toBe(22152)
    expect(jumpHash(2202n, 100001)).toBe(15018)
  })

  // Redis: CLUSTER KEYSLOT in the command reference and the specification's examples of hash tags.
  it('redisSlot is what CLUSTER KEYSLOT answers', () => {
    expect(redisSlot('somekey')).toBe(11058)
    expect(redisSlot('foo{hash_tag}')).toBe(2515)
    expect(redisSlot('bar{hash_tag}')).toBe(2515)
    expect(redisSlot('123456789')).toBe(12739)
    expect(redisSlot('foo{}{bar}')).toBe(crc16(bytes('foo{}{bar}')) % 16384)
    expect(redisSlot('foo{{bar}}zap')).toBe(redisSlot('{bar'))
    expect(redisSlot('foo{bar}{zap}')).toBe(redisSlot('bar'))
  })

  // RJ/ketama, python_ketama/test.py.
  it('ketama is what libketama’s binding tests, with its weights', () => {
    const ring = ketama([
      { name: '127.0.0.1:11211', weight: 600 },
      { name: '127.0.0.1:11212', weight: 400 },
    ])
    expect(ring.hash('test')).toBe(3446378249)
    expect(ring.owner('test')).toBe('127.0.0.1:11211')
    const at = ring.points.findIndex((point) => point.hash >= 3446378249)
    expect(ring.points[at]).toEqual({ hash: 3454255383, server: '127.0.0.1:11211' })
    expect(ring.points.filter((point) => point.server === '127.0.0.1:11211')).toHaveLength(192)
  })

  it('ketama gives 160 points to a server without weight, at the MD5 of its name and a number', () => {
    const { points } = ketama([{ name: '10.0.1.1:11211' }, { name: '10.0.1.2:11211' }])
    expect(points).toHaveLength(320)
    const label = createHash('md5').update('10.0.1.2:11211-39').digest()
    for (const at of [0, 4, 8, 12]) {
      expect(points).toContainEqual({ hash: label.readUInt32LE(at), server: '10.0.1.2:11211' })
    }
  })

  // envoyproxy/envoy, maglev_lb_test.cc, Basic and Weighted.
  it('maglev fills the tables of Envoy’s tests', () => {
    const hosts = [90, 91, 92, 93, 94, 95].map((port) => `127.0.0.1:${port}`)
    expect(maglev(hosts, 7).table).toEqual([2, 4, 0, 1, 5, 0, 3])
    expect(maglev(hosts.slice(0, 2), 17, [1, 2]).table).toEqual([1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1])
  })

  it('rendezvous moves the keys of a server that goes and no others, and heeds weights', () => {
    const before = rendezvous(names(6))
    const after = rendezvous(names(6).filter(({ name }) => name !== 'n4'))
    for (const key of keys(2000)) if (before.owner(key) !== 'n4') expect(after.owner(key)).toBe(before.owner(key))
    const weighted = rendezvous([{ name: 'a', weight: 3 }, { name: 'b' }])
    const share = keys(20_000).filter((key) => weighted.owner(key) === 'a').length / 20_000
    // Three standard errors of a share of 3/4.
    expect(Math.abs(share - 0.75)).toBeLessThan(0.0092)
  })

  it('a token ring names the first server clockwise, and further ones once each', () => {
    const ring = tokenRing(['n1', 'n2', 'n3', 'n4'], { tokens: 16, hash: 'murmur3', seed: 7 })
    expect(ring.tokens).toHaveLength(64)
    for (const key of keys(300)) {
      const place = Number(murmur3x64128(bytes(key))[0] >> 32n)
      const from = Math.max(
        0,
        ring.tokens.findIndex(({ token }) => token >= place),
      )
      const around = [...ring.tokens.slice(from), ...ring.tokens.slice(0, from)].map(({ server }) => server)
      expect(ring.preference(key, 3)).toEqual([...new Set(around)].slice(0, 3))
      expect(ring.owner(key)).toBe(around[0])
    }
    expect(tokenRing(['n1', 'n2'], { tokens: 4, seed: 8 }).tokens).not.toEqual(
      tokenRing(['n1', 'n2'], { tokens: 4 }).tokens,
    )
  })

  it('bounded loads keep every server at ⌈cm/n⌉ or below, and a release makes room', () => {
    const bounded = boundedLoad(tokenRing(['n1', 'n2', 'n3', 'n4'], { tokens: 64 }), 1.25)
    const loads = new Map<string, number>()
    for (let m = 1; m <= 100; m++) {
      const server = bounded.assign('hot')
      loads.set(server, (loads.get(server) ?? 0) + 1)
      expect(loads.get(server)).toBeLessThanOrEqual(Math.ceil((1.25 * m) / 4))
    }
    expect(loads.size).toBe(4)
    for (let m = 1; m <= 100; m++) bounded.release('hot')
    expect(() => bounded.release('hot')).toThrow('hot has no request to release')
  })

  it('refuse what cannot be, in a sentence that names the field', () => {
    for (const build of [ketama, rendezvous, tokenRing]) {
      expect(() => build([])).toThrow('servers: expected at least one, found none')
      expect(() => build([{ name: 'a' }, { name: 'a' }])).toThrow('servers: a stands there twice')
      expect(() => build([{ name: 'a', weight: 0 }])).toThrow(
        'servers: the weight of a must be a number above 0, not 0',
      )
    }
    expect(() => maglev([], 7)).toThrow('servers: expected at least one')
    expect(() => maglev(['a', 'b'], 8)).toThrow('size: expected a prime from 2 (the names) to 5000011, found 8')
    expect(() => maglev(['a', 'b', 'c'], 2)).toThrow('size: expected a prime from 3')
    expect(() => maglev(['a', 'b'], 7, [1])).toThrow('weights: expected 2, one for each name, found 1')
    expect(() => jumpHash(1n, 0)).toThrow('buckets: expected a whole number from 1 to 2147483647, found 0')
    expect(() => jumpHash(1 as never, 3)).toThrow('key: expected a bigint, found a number')
    expect(() => tokenRing(['a'], { tokens: 0 })).toThrow('tokens: expected a whole number from 1 to 4096, found 0')
    expect(() => tokenRing(['a'], { hash: 'sha1' as never })).toThrow('hash: expected one of murmur3,')
    expect(() => tokenRing(['a']).preference('x', 0)).toThrow('n: expected a whole number of at least 1, found 0')
    expect(() => boundedLoad(tokenRing(['a']), 1)).toThrow('c: expected a number above 1, found 1')
  })
})
