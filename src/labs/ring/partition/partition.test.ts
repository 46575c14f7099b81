import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashKey } from '../hash/functions.ts'
import * as u64 from '../hash/u64.ts'
import { boundedLoad } from './bounded-load.ts'
import { jumpHash, jumpPartitioner } from './jump.ts'
import { ketama, ketamaPartitioner } from './ketama.ts'
import { maglev, maglevPartitioner } from './maglev.ts'
import { moduloPartitioner } from './modulo.ts'
import type { Partitioner, Server } from './partitioner.ts'
import { rendezvous, rendezvousPartitioner } from './rendezvous.ts'
import { redisSlot, slotPartitioner } from './slots.ts'
import { ringPartitioner, tokenRing } from './token-ring.ts'

const servers = (n: number): Server[] => Array.from({ length: n }, (_, i) => ({ name: `n${i + 1}` }))
const KEYS = Array.from({ length: 20_000 }, (_, i) => `key-${i}`)

function ownersOf(by: Partitioner): string[] {
  return KEYS.map((key) => {
    hashKey(by.hash, key)
    return (by.servers[by.locate(u64.out.hi, u64.out.lo)] as Server).name
  })
}

const ALL: [string, (servers: readonly Server[]) => Partitioner][] = [
  ['modulo', (s) => moduloPartitioner(s)],
  ['ring', (s) => ringPartitioner(s)],
  ['ketama', ketamaPartitioner],
  ['jump', (s) => jumpPartitioner(s)],
  ['rendezvous', rendezvousPartitioner],
  ['maglev', (s) => maglevPartitioner(s, 5003)],
  ['slots', slotPartitioner],
]

test('ketama prints what libketama’s own test program prints, a million lines of it', () => {
  // libketama/test.sh: the MD5 of ketama_test over ketama.servers.
  const weights = [600, 300, 200, 350, 1000, 800, 950, 100]
  const ring = ketama(weights.map((weight, i) => ({ name: `10.0.1.${i + 1}:11211`, weight })))
  const sum = createHash('md5').update('\n')
  const starts = ring.points.map((point) => point.hash)
  for (let i = 0; i < 1_000_000; i++) {
    const hash = ring.hash(String(i))
    const point = ring.points[firstAtLeast(starts, hash)] as { hash: number; server: string }
    sum.update(`${hash} ${point.hash} ${point.server}\n`)
  }
  expect(sum.digest('hex')).toBe('5672b131391f5aa2b280936aec1eea74')
})

test('ketama passes the vectors of its Python binding', () => {
  const ring = ketama([
    { name: '127.0.0.1:11211', weight: 600 },
    { name: '127.0.0.1:11212', weight: 400 },
  ])
  expect(ring.hash('test')).toBe(3446378249)
  expect(ring.owner('test')).toBe('127.0.0.1:11211')
  expect(ring.points.find((point) => point.hash >= 3446378249)).toEqual({ hash: 3454255383, server: '127.0.0.1:11211' })
  expect(ring.points).toHaveLength(320)
})

test('jump gives the known answers of its Go port', () => {
  expect(jumpHash(1n, 1)).toBe(0)
  expect(jumpHash(42n, 57)).toBe(43)
  expect(jumpHash(0xdead10ccn, 1)).toBe(0)
  expect(jumpHash(0xdead10ccn, 666)).toBe(361)
  expect(jumpHash(256n, 1024)).toBe(520)
  expect(jumpHash(-1n, 1000)).toBe(jumpHash((1n << 64n) - 1n, 1000))
  expect(() => jumpHash(1n, 0)).toThrow('buckets: expected a whole number from 1')
})

test('maglev gives the tables of Envoy’s tests, with and without weights', () => {
  const names = [90, 91, 92, 93, 94, 95].map((port) => `127.0.0.1:${port}`)
  expect(maglev(names, 7).table).toEqual([2, 4, 0, 1, 5, 0, 3])
  const weighted = maglev(names.slice(0, 2), 17, [1, 2]).table
  expect(weighted).toEqual([1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1])
})

test('maglev’s most and least loaded names differ by at most one slot', () => {
  for (const n of [1, 2, 3, 7, 20, 100]) {
    const counts = new Map<number, number>()
    for (const owner of maglev(
      servers(n).map((s) => s.name),
      1009,
    ).table) {
      counts.set(owner, (counts.get(owner) ?? 0) + 1)
    }
    expect(counts.size).toBe(n)
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
  }
})

test('maglev refuses a size that is not a prime, or too small, and weights that do not match', () => {
  expect(() => maglev(['a', 'b'], 8)).toThrow('size: expected a prime')
  expect(() => maglev(['a', 'b', 'c'], 2)).toThrow('size: expected a prime from 3')
  expect(() => maglev(['a', 'b'], 7, [1])).toThrow('weights: expected 2')
})

test('Redis slots follow the specification, hash tags included', () => {
  expect(redisSlot('123456789')).toBe(0x31c3)
  expect(redisSlot('foo')).toBe(12182)
  expect(redisSlot('{user1000}.following')).toBe(redisSlot('{user1000}.followers'))
  expect(redisSlot('foo{}{bar}')).toBe(8363)
  expect(redisSlot('foo{{bar}}zap')).toBe(redisSlot('{bar'))
  expect(redisSlot('foo{bar}{zap}')).toBe(redisSlot('bar'))
  expect(redisSlot('foo{bar')).not.toBe(redisSlot('bar'))
})

test.each(ALL)('%s uses every server, and nearly evenly', (_, build) => {
  const counts = new Map<string, number>()
  for (const owner of ownersOf(build(servers(8)))) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  expect(counts.size).toBe(8)
  expect(Math.max(...counts.values()) / (KEYS.length / 8)).toBeLessThan(1.35)
})

test.each(ALL.filter(([name]) => name !== 'modulo'))(
  'with %s a join moves keys to the newcomer alone',
  (name, build) => {
    const before = build(servers(8))
    const join = before.join({ name: 'new' })
    if (!join.ok) throw new Error(join.error)
    const was = ownersOf(before)
    const is = ownersOf(join.value)
    const moved = is.filter((owner, i) => owner !== was[i])
    const share = moved.length / KEYS.length
    expect(share).toBeGreaterThan(0.06)
    expect(share).toBeLessThan(0.16)
    const elsewhere = moved.filter((owner) => owner !== 'new').length
    // Maglev trades a little movement for its even table (§5.3); ketama’s points per server are rounded.
    if (name === 'maglev') expect(elsewhere / KEYS.length).toBeLessThan(0.04)
    else expect(elsewhere).toBe(0)
  },
)

test.each(ALL.filter(([name]) => !['modulo', 'jump', 'maglev'].includes(name)))(
  'with %s a leave moves the keys of the leaver alone',
  (_, build) => {
    const before = build(servers(8))
    const leave = before.leave('n3')
    if (!leave.ok) throw new Error(leave.error)
    const was = ownersOf(before)
    for (const [i, owner] of ownersOf(leave.value).entries()) if (was[i] !== 'n3') expect(owner).toBe(was[i])
  },
)

test('modulo moves nearly every key at a join', () => {
  const was = ownersOf(moduloPartitioner(servers(8)))
  const is = ownersOf(moduloPartitioner(servers(9)))
  expect(is.filter((owner, i) => owner !== was[i]).length / KEYS.length).toBeGreaterThan(0.85)
})

test('jump can only remove its last bucket, and says so', () => {
  const jump = jumpPartitioner(servers(4))
  expect(jump.leave('n2')).toEqual({
    ok: false,
    error: 'jump can only remove its last bucket, n4: buckets are numbered without gaps',
  })
  expect(jump.leave('n4').ok).toBe(true)
})

test.each(ALL)('%s refuses a server twice, one that is not there, and to be left without any', (_, build) => {
  const one = build(servers(1))
  expect(one.join({ name: 'n1' })).toEqual({ ok: false, error: 'n1 is there already' })
  expect(one.leave('n9')).toEqual({ ok: false, error: 'there is no server called n9' })
  expect(one.leave('n1')).toEqual({ ok: false, error: 'n1 is the last server' })
  expect(() => build([])).toThrow('servers: expected at least one')
})

test('weights give shares, where the rule can weigh', () => {
  const weighted = [
    { name: 'a', weight: 1 },
    { name: 'b', weight: 2 },
    { name: 'c', weight: 5 },
  ]
  for (const by of [rendezvousPartitioner(weighted), maglevPartitioner(weighted, 5003), ketamaPartitioner(weighted)]) {
    const share = ownersOf(by).filter((owner) => owner === 'c').length / KEYS.length
    expect(share).toBeCloseTo(5 / 8, by.kind === 'ketama' ? 0 : 1)
  }
  expect(tokenRing(weighted, { tokens: 100 }).tokens.filter((token) => token.server === 'c')).toHaveLength(500)
})

test('a ring’s owner is the server of the first token at or after the key, and the head of its preference list', () => {
  const ring = tokenRing(['n1', 'n2', 'n3', 'n4', 'n5'], { tokens: 16, hash: 'xxh64', seed: 3 })
  for (const key of KEYS.slice(0, 500)) {
    const list = ring.preference(key, 3)
    expect(list[0]).toBe(ring.owner(key))
    expect(new Set(list).size).toBe(3)
    expect(ring.tokens[ring.find(key)]?.server).toBe(ring.owner(key))
  }
  expect(ring.preference('x', 9)).toHaveLength(5)
  expect(ring.tokens.every(({ token }, i) => i === 0 || token >= (ring.tokens[i - 1]?.token ?? 0))).toBe(true)
})

test('a preference list has as many racks as there are, then those passed over', () => {
  const racks = ['a', 'a', 'a', 'b', 'b', 'c'].map((rack, i) => ({ name: `n${i + 1}`, rack }))
  const rackOf = new Map(racks.map(({ name, rack }) => [name, rack]))
  const ring = tokenRing(racks, { tokens: 32 })
  for (const key of KEYS.slice(0, 500)) {
    expect(new Set(ring.preference(key, 3).map((name) => rackOf.get(name))).size).toBe(3)
    expect(new Set(ring.preference(key, 5)).size).toBe(5)
    expect(ring.preference(key, 5)[0]).toBe(ring.owner(key))
  }
})

test('rendezvous behind its two faces is one rule', () => {
  const by = rendezvousPartitioner(servers(6))
  const face = rendezvous(servers(6))
  expect(KEYS.slice(0, 100).map((key) => face.owner(key))).toEqual(ownersOf(by).slice(0, 100))
})

test('with bounded loads no server has more than its bound, and a hot key spills over to its neighbours', () => {
  const ring = tokenRing(['n1', 'n2', 'n3', 'n4', 'n5'], { tokens: 64 })
  const bounded = boundedLoad(ring, 1.25)
  const places = new Set<string>()
  for (let m = 1; m <= 400; m++) {
    const server = bounded.assign(m % 2 === 0 ? 'hot' : `key-${m}`)
    if (m % 2 === 0) places.add(server)
    expect(Math.max(...bounded.loads().values())).toBeLessThanOrEqual(Math.ceil((1.25 * m) / 5))
  }
  expect(places.size).toBeGreaterThan(1)
  for (let m = 2; m <= 400; m += 2) bounded.release('hot')
  expect([...bounded.loads().values()].reduce((a, b) => a + b)).toBe(200)
  expect(() => bounded.release('hot')).toThrow('hot has no request to release')
})

function firstAtLeast(sorted: readonly number[], x: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < x) low = middle + 1
    else high = middle
  }
  return low === sorted.length ? 0 : low
}
