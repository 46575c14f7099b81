import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeLevels, type Level } from './levels.ts'
import { checkHistory } from './linearizability.ts'
import { models } from './models.ts'
import type { Operation } from './operation.ts'
import { keyAt, type Played, playReplicas, type Step } from './replicas.testing.ts'
import { checkSessions, SESSION_LEVELS, type SessionLevel } from './sessions.ts'

const UNBROKEN = Object.fromEntries(SESSION_LEVELS.map((level) => [level, null]))

const ladder = (operations: readonly Operation[]) =>
  judgeLevels(models.keyValue, operations, checkHistory(models.keyValue, operations))

/** One after the other, as in `a:x=1 b:x?1`: client, key, and what it wrote or was told. */
function history(text: string): Operation[] {
  return text.split(' ').map((word, i) => {
    const [, client = '', key = '', what, value = ''] = /^(\w):(\w)([=?])(.*)$/.exec(word) ?? []
    const values = value.split('+')
    const told = value === '-' ? null : values.length > 1 ? { siblings: values } : value
    const times = { client, call: 10 * i, return: 10 * i + 5 }
    if (what === '?') return { ...times, input: { type: 'get', key }, output: told }
    return { ...times, input: told === null ? { type: 'delete', key } : { type: 'put', key, value }, output: true }
  })
}

const steps = fc.array(
  fc.record({
    client: fc.nat(2),
    write: fc.boolean(),
    key: fc.nat(1),
    copy: fc.nat(2),
    delay: fc.nat(30),
    gap: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 20, maxLength: 60, size: 'max' },
) satisfies fc.Arbitrary<Step[]>

describe('the strongest level that a history keeps', () => {
  it.each<[string, Level[], Level | null, number[]]>([
    ['a:x=1 b:x?1 b:x=2 a:x?2', ['linearizable'], null, []],
    // Stale, but nobody who asks could know.
    ['a:x=1 a:x=2 b:x?1', ['causal'], 'linearizable', [1, 2]],
    ['a:x=1 a:x?-', ['monotonic-reads', 'monotonic-writes', 'writes-follow-reads'], 'read-your-writes', [0, 1]],
    [
      'a:x=1 a:x=2 b:x?2 b:x?1',
      ['read-your-writes', 'monotonic-writes', 'writes-follow-reads'],
      'monotonic-reads',
      [2, 3],
    ],
    [
      'a:x=1 a:y=2 b:y?2 b:x?-',
      ['read-your-writes', 'monotonic-reads', 'writes-follow-reads'],
      'monotonic-writes',
      [0, 3],
    ],
    [
      'a:x=1 b:x?1 b:y=2 c:y?2 c:x?-',
      ['read-your-writes', 'monotonic-reads', 'monotonic-writes'],
      'writes-follow-reads',
      [0, 4],
    ],
    // Each neighbour keeps its word; only the chain of all is broken.
    [
      'a:x=1 a:y=2 b:y?2 b:z=3 c:z?3 c:x?-',
      ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads'],
      'causal',
      [0, 5],
    ],
    ['a:x=1 b:x?7', [], 'eventual', [1]],
    // A delete is a write like any other, and none may be what was there before it.
    ['a:x=1 b:x=- c:x?1', ['causal'], 'linearizable', [1, 2]],
    ['a:x=1 b:x=- b:x?1', ['monotonic-reads', 'monotonic-writes', 'writes-follow-reads'], 'read-your-writes', [1, 2]],
    // Siblings: both were there at once, and one that was seen beside the other does not come alone when it is the older.
    ['a:x=1 b:x=2 c:x?1+2 c:x?1+2', ['causal'], 'linearizable', [1, 2]],
    [
      'a:x=1 b:x=2 c:x?1+2 c:x?1',
      ['read-your-writes', 'monotonic-writes', 'writes-follow-reads'],
      'monotonic-reads',
      [2, 3],
    ],
  ])('%s', (text, strongest, next, pair) => {
    const found = ladder(history(text))
    expect(found?.strongest).toEqual(strongest)
    expect(found?.next?.level ?? null).toBe(next)
    expect(found?.next?.why?.pair ?? []).toEqual(pair)
  })

  it('says in a sentence who missed what, and of whom it could know', () => {
    const texts = (text: string) => ladder(history(text))?.next?.why?.text
    expect(texts('a:x=1 a:x?-')).toBe('a: read x · nothing, without its own x ← 1.')
    expect(texts('a:x=1 a:x=2 b:x?2 b:x?1')).toBe('b: read x · 2, and later it went back: b: read x · 1.')
    expect(texts('a:x=1 a:y=2 b:y?2 b:x?-')).toBe(
      'b: read x · nothing. It knew of a: y ← 2 · ok, and not of a: x ← 1 · ok, which its client had written before.',
    )
  })

  it('sees a value come back that had given way, though the two were written at once', () => {
    const [first, second, ...reads] = history('a:x=1 b:x=2 c:x?1 c:x?2 c:x?1') as [Operation, Operation, ...Operation[]]
    const operations = [{ ...first, return: 15 }, second, ...reads]
    expect(checkSessions(operations).broken).toMatchObject({ 'monotonic-reads': { pair: [3, 4], through: [0] } })
    expect(ladder(operations)?.strongest).not.toContain('causal')
  })

  it('holds nothing against a read that may have come from several writes, nor against writes that nobody heard of', () => {
    expect(checkSessions(history('a:x=1 a:x=2 b:x=1 a:x?1'))).toMatchObject({ leftOut: 1 })
    expect(ladder(history('a:x=1 a:x=2 b:x=1 a:x?1'))?.strongest).toEqual(['linearizable'])
    const [write, ...rest] = history('a:x=1 a:x?- b:x?-') as [Operation, ...Operation[]]
    expect(ladder([{ ...write, return: null }, ...rest])?.strongest).toEqual(['linearizable'])
  })

  it('leaves it open whether clients come to agree until nobody writes any more, and then until they do', () => {
    const open = (text: string) => ladder(history(text))?.rungs[0]
    expect(open('a:x=1 b:x=2 a:x?1 b:x?2')).toMatchObject({ verdict: 'open', why: { pair: [2, 3] } })
    expect(open('a:x=1 b:x=2 a:x?1 b:x?2 a:x?2')).toMatchObject({ verdict: 'ok', why: null })
    expect(open('a:x=1 b:x=2 a:x?1 b:x?2 c:x=3')).toMatchObject({ verdict: 'ok', why: null })
  })

  it('has nothing to say of a lock, and leaves out keys that are appended to', () => {
    const lock = { client: 'a', call: 0, return: 1, input: 'lock', output: true }
    expect(judgeLevels(models.mutex, [lock], checkHistory(models.mutex, [lock]))).toBeNull()
    const append = { client: 'a', call: 0, return: 1, input: { type: 'append', key: 'x', value: 'q' }, output: true }
    const read = { client: 'a', call: 2, return: 3, input: { type: 'get', key: 'x' }, output: 'pq' }
    expect(checkSessions([append, read])).toMatchObject({ broken: { eventual: null }, leftOut: 2 })
  })
})

describe('random histories', () => {
  it('that are linearizable break nothing, and the clients agree', () => {
    let judged = 0
    const operation = fc.record({
      client: fc.nat(2),
      call: fc.nat(20),
      lasts: fc.option(fc.nat(6), { freq: 7 }),
      input: fc.oneof(
        fc.record({ type: fc.constant('get') }),
        fc.record({ type: fc.constant('get') }),
        fc.record({ type: fc.constantFrom('put', 'put', 'delete'), value: fc.nat(3) }),
        fc.record({ type: fc.constant('cas'), expected: fc.option(fc.nat(3)), value: fc.nat(3) }),
      ),
      key: fc.constantFrom('x', 'y'),
      told: fc.nat(4),
      point: fc.nat(6),
      lies: fc.nat(15),
    })
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 9 }), (raw) => {
        const operations = raw.map(({ client, call, lasts, input, key }): Operation => {
          return {
            client,
            call,
            return: lasts === null ? null : call + lasts,
            input: { ...input, key },
            output: undefined,
          }
        })
        answer(
          operations,
          raw.map(({ point }) => point),
        )
        for (const [i, { lies, told, input }] of raw.entries())
          if (lies === 0) (operations[i] as Operation).output = input.type === 'get' ? told : told % 2 === 0
        if (checkHistory(models.keyValue, operations).verdict !== 'ok') return
        judged += operations.length > 3 ? 1 : 0
        expect(checkSessions(operations)).toMatchObject({ broken: UNBROKEN, unsettled: null })
      }),
      { numRuns: 1_200, seed: 11 },
    )
    expect(judged).toBeGreaterThan(500)
  })

  it('of a causally consistent store break nothing below linearizability, which most of them break', () => {
    let stale = 0
    fc.assert(
      fc.property(steps, (raw) => {
        const { operations } = playReplicas(raw, true)
        expect(checkSessions(operations).broken).toEqual(UNBROKEN)
        if (ladder(operations)?.next?.level === 'linearizable') stale++
      }),
      { numRuns: 200, seed: 12 },
    )
    expect(stale).toBeGreaterThan(100)
  })

  it('of copies that anybody may ask: what is found broken is broken, and each level is found broken often', () => {
    const found = new Map<SessionLevel, number>()
    const there = new Map<SessionLevel, number>()
    fc.assert(
      fc.property(steps, (raw) => {
        const played = playReplicas(raw, false)
        const { broken } = checkSessions(played.operations)
        for (const level of SESSION_LEVELS) {
          const guilty = level === 'eventual' ? [] : misses(played, level)
          if (guilty.length > 0) there.set(level, (there.get(level) ?? 0) + 1)
          const read = broken[level]?.pair.at(-1)
          if (read === undefined) continue
          expect(guilty).toContain(read)
          found.set(level, (found.get(level) ?? 0) + 1)
        }
      }),
      { numRuns: 400, seed: 13 },
    )
    for (const level of SESSION_LEVELS.slice(1)) {
      // What answers alone show: a copy that lacks the first of two writes of one key cannot be told from one that does not.
      const few = level === 'monotonic-writes' || level === 'writes-follow-reads'
      const shares = { level, found: (found.get(level) ?? 0) > (few ? 15 : 100), there: (there.get(level) ?? 0) > 200 }
      expect(shares).toEqual({ level, found: true, there: true })
    }
  })
})

/** Answers as a single copy gives them, each operation taking effect at its point. */
function answer(operations: Operation[], points: readonly number[]): void {
  const effect = (i: number): number => {
    const { call, return: end } = operations[i] as Operation
    return Math.min(call + (points[i] as number), end ?? Number.POSITIVE_INFINITY)
  }
  const order = [...operations.keys()].toSorted((a, b) => effect(a) - effect(b))
  const values = new Map<string, unknown>()
  for (const i of order) {
    const operation = operations[i] as Operation
    const { type, key, value, expected } = operation.input as Record<string, string>
    const held = values.get(key as string) ?? null
    operation.output = type === 'get' ? held : type === 'cas' ? held === expected : true
    if (type === 'delete') values.delete(key as string)
    else if (type === 'put' || operation.output === true) values.set(key as string, value)
  }
}

/** The reads that truly broke a level: their copy had not what it should have had. */
function misses(played: Played, level: Exclude<SessionLevel, 'eventual'>): number[] {
  return [...played.saw].flatMap(([read, had]) => {
    const key = keyAt(played, read)
    const due = [...demanded(played, read, level)].filter((write) => keyAt(played, write) === key)
    return due.every((write) => had.has(write)) ? [] : [read]
  })
}

function demanded(
  { operations, saw, knew }: Played,
  read: number,
  level: Exclude<SessionLevel, 'eventual'>,
): Set<number> {
  const before = (place: number): number[] => {
    const { client, call } = operations[place] as Operation
    return operations.flatMap((one, i) => (one.client === client && (one.return as number) < call ? [i] : []))
  }
  const isWrite = (place: number) => knew.has(place)
  const mine = before(read)
  const seen = new Set(mine.flatMap((one) => [...(saw.get(one) ?? [])]))
  const behind = (write: number): number[] => {
    const session = before(write)
    if (level === 'monotonic-writes') return session.filter(isWrite)
    if (level === 'writes-follow-reads') return session.flatMap((one) => [...(saw.get(one) ?? [])])
    return [...session.filter(isWrite), ...session.flatMap((one) => [...(saw.get(one) ?? [])])]
  }
  if (level === 'read-your-writes') return new Set(mine.filter(isWrite))
  if (level === 'monotonic-reads') return seen
  const due = new Set(level === 'causal' ? [...seen, ...mine.filter(isWrite)] : [...seen].flatMap(behind))
  if (level === 'causal') for (const write of due) for (const one of behind(write)) due.add(one)
  return due
}
