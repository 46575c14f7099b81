import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bruteForce, isOrder } from './check/brute.testing.ts'
import * as library from './index.ts'
import type { Model, Operation } from './index.ts'

const { applyConfChange, checkHistory, models } = library
type AnyOperation = Operation

it('has every name that is promised', () => {
  const functions = {
    quorumCommitted: library.quorumCommitted,
    quorumVote: library.quorumVote,
    applyConfChange: library.applyConfChange,
    findConflict: library.findConflict,
    findConflictByTerm: library.findConflictByTerm,
    isUpToDate: library.isUpToDate,
    maybeAppend: library.maybeAppend,
    checkHistory: library.checkHistory,
    Simulation: library.Simulation,
    runScenario: library.runScenario,
  }
  for (const [name, is] of Object.entries(functions)) expect({ name, is: typeof is }).toEqual({ name, is: 'function' })
  expect(Object.values(library.labs).map((load) => typeof load)).toContain('function')
  expect(Object.keys(models)).toEqual(expect.arrayContaining(['register', 'cas-register', 'key-value', 'mutex']))
})

describe('applyConfChange', () => {
  const simple = { voters: ['n1', 'n2', 'n3'], outgoing: [], learners: ['n4'], learnersNext: [], autoLeave: false }
  const joint = { ...simple, outgoing: ['n1', 'n2'], autoLeave: true }
  const remove = (...ids: string[]) => ids.map((id) => ({ type: 'remove', id }) as const)

  it.each([
    ['all voters removed', simple, { op: 'simple', changes: remove('n1', 'n2', 'n3') }, /^All voters removed/],
    [
      'all voters removed, jointly',
      simple,
      { op: 'enterJoint', changes: remove('n1', 'n2', 'n3') },
      /^All voters removed/,
    ],
    [
      'two voters changed at once',
      simple,
      { op: 'simple', changes: remove('n1', 'n2') },
      /^More than one voter changed without a joint/,
    ],
    ['joint while joint', joint, { op: 'enterJoint', changes: remove('n1') }, /already joint/],
    [
      'joint without voters',
      { ...simple, voters: [] },
      { op: 'enterJoint', changes: remove('n4') },
      /joint configuration without voters/,
    ],
    ['leaving when not joint', simple, { op: 'leaveJoint', changes: [] }, /^Leaving when not joint/],
    ['a simple change while joint', joint, { op: 'simple', changes: remove('n4') }, /^A simple change while joint/],
  ] as const)('says which rule refused: %s', (_, config, request, says) => {
    const outcome = applyConfChange(config, request, 9)
    expect(Object.keys(outcome)).toEqual(['error'])
    expect(outcome).toEqual({ error: expect.stringMatching(says) as string })
    expect(outcome).toEqual({ error: expect.stringMatching(/^[A-Z].*\.$/) as string })
  })

  it('gives the configuration and nothing else, and leaves what it was given alone', () => {
    const given = structuredClone(simple)
    const request = {
      op: 'enterJoint',
      changes: [...remove('n1'), { type: 'addVoter', id: 'n5' } as const],
      autoLeave: true,
    } as const
    expect(applyConfChange(given, request, 9)).toEqual({
      config: {
        voters: ['n2', 'n3', 'n5'],
        outgoing: ['n1', 'n2', 'n3'],
        learners: ['n4'],
        learnersNext: [],
        autoLeave: true,
      },
    })
    expect(given).toEqual(simple)
  })
})

describe('the parts of the log', () => {
  const { findConflict, findConflictByTerm, isUpToDate, maybeAppend } = library
  const entry = (index: number, term: number) => ({ index, term })
  const log = { snapshotIndex: 3, snapshotTerm: 1, entries: [entry(4, 1), entry(5, 2), entry(6, 2)], commit: 4 }

  it('findConflict: the first index that conflicts or is missing, 0 for none', () => {
    expect(findConflict(log, [])).toBe(0)
    expect(findConflict(log, [entry(5, 2), entry(6, 2)])).toBe(0)
    expect(findConflict(log, [entry(5, 2), entry(6, 3)])).toBe(6)
    expect(findConflict(log, [entry(6, 2), entry(7, 2)])).toBe(7)
  })

  it('findConflictByTerm: an index and its term, never behind what it was asked for', () => {
    expect(findConflictByTerm(log, 6, 1)).toEqual({ index: 4, term: 1 })
    expect(findConflictByTerm(log, 6, 2)).toEqual({ index: 6, term: 2 })
    expect(findConflictByTerm(log, 3, 1)).toEqual({ index: 3, term: 1 })
  })

  it('isUpToDate: the later last term wins, then the longer log', () => {
    expect([isUpToDate(log, 1, 3), isUpToDate(log, 6, 2), isUpToDate(log, 5, 2), isUpToDate(log, 99, 1)]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('maybeAppend: null where the log does not match, else the log and its last index, and the old log as it was', () => {
    const before = structuredClone(log)
    expect(maybeAppend(log, { prevIndex: 6, prevTerm: 1, commit: 9, entries: [] })).toBeNull()
    expect(maybeAppend(log, { prevIndex: 7, prevTerm: 2, commit: 9, entries: [] })).toBeNull()
    const done = maybeAppend(log, { prevIndex: 5, prevTerm: 2, commit: 9, entries: [entry(6, 3)] })
    expect(done).toEqual({ log: { ...log, entries: [entry(4, 1), entry(5, 2), entry(6, 3)], commit: 6 }, lastIndex: 6 })
    // A message that came late takes nothing away.
    expect(maybeAppend(log, { prevIndex: 4, prevTerm: 1, commit: 0, entries: [entry(5, 2)] })).toEqual({
      log,
      lastIndex: 5,
    })
    expect(log).toEqual(before)
  })

  it('quorums: Infinity for nobody, both sets of a joint configuration, whoever is missing has not answered', () => {
    const { quorumCommitted, quorumVote } = library
    expect(quorumCommitted([], null, {})).toBe(Number.POSITIVE_INFINITY)
    expect(quorumCommitted(['n1', 'n2', 'n3'], ['n3', 'n4', 'n5'], { n1: 9, n2: 8, n3: 7, n4: 2 })).toBe(2)
    expect(quorumVote(['n1', 'n2', 'n3'], ['n4'], { n1: true, n2: true })).toBe('pending')
    expect(quorumVote(['n1', 'n2', 'n3'], ['n4'], { n1: true, n2: true, n4: false })).toBe('lost')
  })
})

describe('checkHistory', () => {
  const op = (client: number, call: number, end: number | null, input: unknown, output?: unknown): AnyOperation => ({
    client,
    call,
    return: end,
    input,
    output,
  })
  const write = (value: unknown) => ({ type: 'write', value })
  const read = { type: 'read' }

  it('gives results of three shapes', () => {
    const good = [op(0, 0, 1, write(1), true), op(1, 2, 3, read, 1)]
    expect(checkHistory(models.register, good, { maxSteps: 100 })).toEqual({
      verdict: 'ok',
      steps: expect.any(Number) as number,
      partitions: [{ key: null, verdict: 'ok', order: [0, 1] }],
    })
    const bad = [...good, op(1, 4, 5, read, 2)]
    expect(checkHistory(models.register, bad, { maxSteps: 100 }).partitions).toEqual([
      { key: null, verdict: 'illegal', longest: [0, 1], stuck: 2 },
    ])
    const blind = { init: models.register.init, step: models.register.step }
    const wide = [...Array.from({ length: 12 }, (_, i) => op(i, 0, 9, write(i))), op(12, 10, 11, read, 99)]
    const { verdict, steps, partitions } = checkHistory(blind, wide, { maxSteps: 50 })
    expect({ verdict, steps }).toEqual({ verdict: 'unknown', steps: 50 })
    expect(partitions).toEqual([{ key: null, verdict: 'unknown', longest: expect.any(Array) as number[], stuck: null }])
  })

  it('takes null for a return that never came, undefined for an answer that nobody knows, equal times for concurrent', () => {
    expect(checkHistory(models.register, [op(0, 0, null, write(1)), op(1, 5, 6, read, 1)]).verdict).toBe('ok')
    expect(checkHistory(models.register, [op(0, 0, null, write(1)), op(1, 5, 6, read, null)]).verdict).toBe('ok')
    expect(checkHistory(models.register, [op(0, 0, 1, write(1)), op(1, 5, 6, read, undefined)]).verdict).toBe('ok')
    expect(checkHistory(models.register, [op(0, 0, 5, write(1)), op(1, 5, 6, read, null)]).verdict).toBe('ok')
    expect(checkHistory(models.register, [op(0, 0, 4, write(1)), op(1, 5, 6, read, null)]).verdict).toBe('illegal')
  })

  it('judges keys apart, and names them', () => {
    const at = (key: unknown, what: object) => ({ ...what, key })
    const found = checkHistory(models.keyValue, [
      op(0, 0, 1, at('x', { type: 'put', value: 1 }), true),
      op(0, 2, 3, at('y', { type: 'get' }), 1),
      op(0, 4, 5, at('x', { type: 'get' }), 1),
    ])
    expect(found).toMatchObject({ verdict: 'illegal' })
    expect(found.partitions).toEqual([
      { key: 'x', verdict: 'ok', order: [0, 2] },
      { key: 'y', verdict: 'illegal', longest: [], stuck: 1 },
    ])
  })

  it('knows a lock: who holds it, and who was refused', () => {
    const lock = { type: 'acquire' }
    const free = { type: 'release' }
    expect(checkHistory(models.mutex, [op(0, 0, 1, lock, true), op(1, 2, 3, lock, true)]).verdict).toBe('illegal')
    expect(checkHistory(models.mutex, [op(0, 0, 1, lock, true), op(1, 2, 3, lock, false)]).verdict).toBe('ok')
    expect(
      checkHistory(models.mutex, [op(0, 0, 1, lock, true), op(0, 2, 3, free, true), op(1, 4, 5, lock, true)]).verdict,
    ).toBe('ok')
    expect(checkHistory(models.mutex, [op(0, 0, 1, free, true)]).verdict).toBe('illegal')
  })

  it.each<[string, unknown, (state: never) => unknown]>([
    ['undefined', undefined, () => undefined],
    ['false', false, () => false],
    ['zero', 0, (n: number) => (n === 0 ? -0 : 0)],
    ['not a number', Number.NaN, () => Number.NaN],
    ['a list', [], (list: unknown[]) => [...list, []]],
    ['a record', { a: undefined }, (r: object) => ({ ...r })],
    ['a map', new Map([['x', 1]]), (map: Map<string, number>) => new Map(map)],
    ['a big number', 0n, (n: bigint) => n + 1n],
  ])('takes %s for a state like any other', (_, begin, next) => {
    const model: Model<unknown, unknown, unknown> = { init: () => begin, step: (state) => next(state as never) }
    const operations = Array.from({ length: 6 }, (__, i) => op(i, 0, 10, read))
    expect(checkHistory(model, operations).verdict).toBe('ok')
  })
})

const times = { client: fc.constantFrom('a', 'b', 'c'), call: fc.nat(9), lasts: fc.option(fc.nat(5), { freq: 5 }) }
const value = fc.constantFrom<unknown>(0, 1, null)
const asked = {
  register: fc.oneof(fc.constant({ type: 'read' }), fc.record({ type: fc.constant('write'), value })),
  'cas-register': fc.oneof(
    fc.constant({ type: 'read' }),
    fc.record({ type: fc.constant('write'), value }),
    fc.record({ type: fc.constant('cas'), expected: value, value }),
  ),
  'key-value': fc.oneof(
    fc.record({ type: fc.constantFrom('get', 'delete'), key: fc.constantFrom('x', 'y') }),
    fc.record({
      type: fc.constantFrom('put', 'append'),
      key: fc.constantFrom('x', 'y'),
      value: fc.constantFrom('p', 'q'),
    }),
    fc.record({
      type: fc.constant('cas'),
      key: fc.constantFrom('x', 'y'),
      expected: fc.constantFrom(null, 'p'),
      value: fc.constantFrom('p', 'q'),
    }),
  ),
  mutex: fc.record({
    type: fc.constantFrom('acquire', 'release'),
    owner: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 1 }),
  }),
} as const
const ANSWERS: Record<keyof typeof asked, readonly unknown[]> = {
  register: [0, 1, null, undefined],
  'cas-register': [0, 1, null, undefined],
  'key-value': ['p', 'q', 'pq', null, undefined],
  mutex: [true, true, false, undefined],
}

describe('checkHistory against trying all orders', () => {
  it.each(Object.keys(asked) as (keyof typeof asked)[])('of thousands of small histories: %s', (name) => {
    const model = models[name]
    const whole = together(model)
    const seen = { ok: 0, illegal: 0 }
    const one = fc.record({
      ...times,
      input: asked[name] as fc.Arbitrary<{ type: string }>,
      told: fc.nat(9),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 12 }), (raw, maxSteps) => {
        const operations = raw.map(({ client, call, lasts, input, told }): AnyOperation => {
          const isFlag = input.type === 'cas' || name === 'mutex'
          const answers = isFlag ? [true, false, undefined] : ANSWERS[name]
          return {
            client,
            call,
            return: lasts === null ? null : call + lasts,
            input,
            output: answers[told % answers.length],
          }
        })
        const { ok } = bruteForce(whole, operations)
        const { verdict, partitions } = checkHistory(model, operations)
        expect(verdict).toBe(ok ? 'ok' : 'illegal')
        seen[verdict as 'ok' | 'illegal']++
        // Every place stands in one partition at most once; an order explains what it has in it.
        for (const part of partitions) {
          const order = part.verdict === 'ok' ? part.order : part.longest
          expect(isOrder(whole, operations, order)).toBe(true)
          if (part.verdict === 'illegal') expect(operations[part.stuck]?.return).not.toBeNull()
        }
        // Fewer steps may leave it open, and never say the opposite.
        const { verdict: early, steps } = checkHistory(model, operations, { maxSteps })
        expect(steps).toBeLessThanOrEqual(maxSteps)
        expect([verdict, 'unknown']).toContain(early)
      }),
      { numRuns: 1_000, seed: 21 },
    )
    expect(Math.min(seen.ok, seen.illegal)).toBeGreaterThan(100)
  })
})

/** All keys in one state: what comes of them must not depend on judging them apart. */
function together(model: Model<unknown, unknown, unknown>): Model<Map<unknown, unknown>, unknown, unknown> {
  return {
    init: () => new Map(),
    step(state, input, output) {
      const key = model.key?.(input) ?? null
      const next = model.step(state.has(key) ? state.get(key) : model.init(), input, output)
      return next === null ? null : new Map(state).set(key, next)
    },
  }
}
