import { expect, test } from 'vitest'
import type { StudyProgress as Progress } from '../../../lab/study.ts'
import type { PartitionerKind } from '../partition/partitioner.ts'
import type { BuildOptions } from './build.ts'
import { type Compared, compare, type CompareRequest } from './compare.ts'
import { KINDS } from './kinds.ts'
import { keySet } from './keys.ts'

const OPTIONS: BuildOptions = { tokens: 64, hash: 'murmur3', seed: 0, c: 1.1, slots: 5003 }
const ALL = Object.keys(KINDS) as PartitionerKind[]
const servers = (n: number): { name: string }[] => Array.from({ length: n }, (_, i) => ({ name: `n${i + 1}` }))

function run(change: Partial<CompareRequest>, clock?: () => number): { results: Compared[]; progress: Progress[] } {
  const request: CompareRequest = {
    kinds: ALL,
    servers: servers(10),
    keys: { type: 'uniform', count: 40_000 },
    options: OPTIONS,
    ...change,
  }
  const going = compare(request, clock)
  const progress: Progress[] = []
  for (;;) {
    const step = going.next()
    if (step.done) return { results: step.value, progress }
    progress.push(step.value)
  }
}

const of = (results: Compared[], kind: PartitionerKind): Compared => results.find((r) => r.kind === kind) as Compared

test('every request has a server, whatever the rule', () => {
  for (const result of run({}).results) {
    expect(result.loads.reduce((a, b) => a + b)).toBe(40_000)
    expect(result.ideal.reduce((a, b) => a + b)).toBeCloseTo(40_000)
  }
})

test('the rules that hash each key evenly vary as keys at random do, within a factor of two', () => {
  const { results } = run({})
  for (const kind of ['modulo', 'jump', 'rendezvous'] as const) {
    const { variation, expectedVariation } = of(results, kind)
    expect(variation / (expectedVariation ?? 0)).toBeGreaterThan(0.5)
    expect(variation / (expectedVariation ?? 0)).toBeLessThan(2)
  }
})

test('a ring varies by its tokens: over 40 seeds the mean of the squares is that of theory', () => {
  let squares = 0
  let expected = 0
  for (let seed = 1; seed <= 40; seed++) {
    const { results } = run({
      kinds: ['ring'],
      keys: { type: 'uniform', count: 20_000 },
      options: { ...OPTIONS, seed },
    })
    squares += of(results, 'ring').variation ** 2
    expected += (of(results, 'ring').expectedVariation ?? 0) ** 2
  }
  expect(squares / expected).toBeGreaterThan(0.8)
  expect(squares / expected).toBeLessThan(1.2)
})

test('a join moves the least share under jump and rendezvous, and nine tenths of all under modulo', () => {
  const { results } = run({})
  for (const kind of ['jump', 'rendezvous'] as const) {
    const { joinMoves, leastAtJoin } = of(results, kind)
    expect(joinMoves.ok && joinMoves.value / leastAtJoin).toBeCloseTo(1, 1)
  }
  const { joinMoves } = of(results, 'modulo')
  expect(joinMoves.ok && joinMoves.value).toBeGreaterThan(0.85)
})

test('when one in the middle leaves, only its keys move where the rule can do it, and jump says why it cannot', () => {
  const { results } = run({ leaves: 'middle' })
  for (const kind of ['ring', 'ketama', 'rendezvous'] as const) {
    const { leaver, leaveMoves, loads } = of(results, kind)
    expect(leaver).toBe('n5')
    expect(leaveMoves).toEqual({ ok: true, value: (loads[4] as number) / 40_000 })
  }
  const { leaveMoves } = of(results, 'jump')
  expect(leaveMoves.ok ? '' : leaveMoves.error).toContain('can only remove its last bucket, n10')
})

test('bounded loads keep the peak at their bound, where the ring alone goes over it', () => {
  const { results } = run({ options: { ...OPTIONS, tokens: 4 } })
  expect(of(results, 'ring').peak).toBeGreaterThan(1.2)
  expect(of(results, 'bounded').peak).toBeLessThanOrEqual(1.1 + 10 / 40_000)
})

test('Zipf makes few keys hot: the first of a hundred has the share that its weight gives it', () => {
  const keys = keySet({ type: 'zipf', count: 50_000, distinct: 100, exponent: 1, seed: 1 })
  const harmonic = Array.from({ length: 100 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b)
  expect((keys.requests[0] as number) / 50_000).toBeCloseTo(1 / harmonic, 2)
  expect(keys.requests.reduce((a, b) => a + b)).toBe(50_000)
})

test('progress never goes back and names what is being done', () => {
  const { progress } = run({ keys: { type: 'uniform', count: 100_000 }, kinds: ['ring', 'jump'] })
  expect(progress.length).toBeGreaterThan(20)
  for (const [i, { done }] of progress.entries()) expect(done).toBeGreaterThanOrEqual(progress[i - 1]?.done ?? 0)
  expect(progress.at(-1)?.done).toBeLessThanOrEqual(1)
  expect(progress.at(-1)?.doing).toBe('Jump: a server leaves')
})

test('lookups are timed by the clock that is handed in, and not without one', () => {
  let now = 0
  expect(run({ kinds: ['ring'] }, () => (now += 1)).results[0]?.lookup).toBeGreaterThan(0)
  expect(run({ kinds: ['ring'] }).results[0]?.lookup).toBe(null)
})

test('keys that cannot be are refused with the field’s name', () => {
  expect(() => run({ keys: { type: 'uniform', count: 0 } })).toThrow('count: expected a whole number from 1')
  expect(() => run({ keys: { type: 'list', keys: [] } })).toThrow('keys: expected')
  expect(() => run({ keys: { type: 'zipf', count: 5, distinct: 5, exponent: -1, seed: 0 } })).toThrow('exponent:')
})
