import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bruteForce, isOrder } from './brute.testing.ts'
import { checkHistory } from './linearizability.ts'
import { models } from './models.ts'
import type { Model, Operation } from './operation.ts'
import { randomHistory } from './random-history.testing.ts'

const write = (value: number) => ({ type: 'write', value })
const read = { type: 'read' }
const op = (client: number, call: number, end: number | null, input: unknown, output?: unknown): Operation => ({
  client,
  call,
  return: end,
  input,
  output,
})

/** Small histories of one register: few values, times that often coincide, answers that are often wrong or missing. */
const small = fc.array(
  fc.record({
    client: fc.constantFrom('a', 'b', 'c'),
    call: fc.nat(12),
    lasts: fc.option(fc.nat(6), { freq: 6 }),
    input: fc.oneof(
      fc.constant({ type: 'read' }),
      fc.record({ type: fc.constant('write'), value: fc.nat(2) }),
      fc.record({ type: fc.constant('cas'), expected: fc.option(fc.nat(2)), value: fc.nat(2) }),
    ),
    told: fc.option(fc.nat(2), { freq: 5, nil: undefined }),
  }),
  { maxLength: 7 },
)

function history(raw: readonly { client: string; call: number; lasts: number | null; input: object; told: unknown }[]) {
  return raw.map(({ client, call, lasts, input, told }): Operation => {
    const type = (input as { type: string }).type
    const output = told === undefined ? undefined : type === 'read' ? (told === 2 ? null : told) : told !== 0
    return { client, call, return: lasts === null ? null : call + lasts, input, output }
  })
}

/** The same model without what it tells the search beyond the contract. */
function bare(model: Model<unknown, unknown, unknown>): Model<unknown, unknown, unknown> {
  return { init: model.init, step: model.step }
}

describe('the search for an order agrees with trying all orders', () => {
  const agrees = (
    model: Model<unknown, unknown, unknown>,
    operations: readonly Operation[],
    exact: boolean,
  ): string => {
    const { ok, longest } = bruteForce(model, operations)
    const { verdict, partitions } = checkHistory(model, operations)
    expect(verdict).toBe(ok ? 'ok' : 'illegal')
    for (const part of partitions) {
      const order = part.verdict === 'ok' ? part.order : part.longest
      expect(isOrder(model, operations, order)).toBe(true)
      if (part.verdict === 'ok') expect(operations.every((o, i) => o.return === null || order.includes(i))).toBe(true)
      else expect(order).not.toContain(part.stuck)
      if (exact && part.verdict === 'illegal') expect(order.length).toBe(longest)
    }
    return verdict
  }

  it('for a model of which it knows nothing, and for one that says what only reads', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(small, (raw) => {
        const operations = history(raw)
        const verdict = agrees(bare(models.casRegister), operations, false)
        expect(agrees(models.casRegister, operations, false)).toBe(verdict)
        seen.set(verdict, (seen.get(verdict) ?? 0) + 1)
      }),
      { numRuns: 1_500, seed: 4 },
    )
    expect(Math.min(seen.get('ok') ?? 0, seen.get('illegal') ?? 0)).toBeGreaterThan(200)
  })

  it('and where everything returned, no longer order exists than the longest', () => {
    fc.assert(
      fc.property(small, (raw) => {
        const operations = history(raw).map((o) => ({ ...o, return: o.return ?? o.call + 3 }))
        agrees(models.casRegister, operations, true)
        agrees(bare(models.casRegister), operations, true)
      }),
      { numRuns: 800, seed: 5 },
    )
  })

  it('for states that are objects, with and without an equality and a hash of their own', () => {
    type Bag = { left: number[]; right: number[] }
    const set: Model<Bag, { add?: number }, number> = {
      init: () => ({ left: [], right: [] }),
      step: (bag, { add }, size) => {
        if (add === undefined) return size === undefined || size === bag.left.length + bag.right.length ? bag : null
        return add % 2 === 0 ? { ...bag, left: [...bag.left, add] } : { ...bag, right: [...bag.right, add] }
      },
    }
    const sum = ({ left, right }: Bag) => [...left, ...right].reduce((x, y) => x + y, 0)
    const inOrder = (items: number[]) => items.toSorted((x, y) => x - y).join()
    const alike = (a: Bag, b: Bag) => inOrder(a.left) === inOrder(b.left) && inOrder(a.right) === inOrder(b.right)
    fc.assert(
      fc.property(small, (raw) => {
        const operations = history(raw).map(
          (o, i): Operation<{ add?: number }, number> => ({
            ...o,
            input: (o.input as { type: string }).type === 'read' ? {} : { add: i },
            output: (o.input as { type: string }).type === 'read' ? (o.output as number) : undefined,
          }),
        )
        const { ok } = bruteForce(set, operations)
        for (const model of [set, { ...set, equal: alike }, { ...set, hash: sum }, { ...set, equal: alike, hash: sum }])
          expect(checkHistory(model, operations).verdict).toBe(ok ? 'ok' : 'illegal')
      }),
      { numRuns: 400, seed: 6 },
    )
  })
})

describe('a long history', () => {
  const shape = { seed: 7, operations: 2_000, clients: 10, keys: 10 }
  it.each([
    ['of 10 clients over 10 keys', {}, 'ok', 4_000],
    ['with one answer in twenty lost', { lost: 0.05 }, 'ok', 12_000],
    ['of 50 clients at one key', { clients: 50, keys: 1 }, 'ok', 40_000],
    ['with a read of what nobody wrote', { bad: true }, 'illegal', 8_000],
  ] as const)('%s is judged in a few steps', (_, change, verdict, maxSteps) => {
    const found = checkHistory(models.keyValue, randomHistory({ ...shape, ...change }), { maxSteps })
    expect(found.verdict).toBe(verdict)
    expect(found.steps).toBeLessThan(maxSteps)
  })
})

describe('checkHistory', () => {
  // The two histories of MIT 6.824 quiz 2 of 2017, section VII, which porcupine's tests begin with, too.
  const zero = { ...models.register, init: () => 0 }
  it('accepts a read of the old and one of the new value during a write', () => {
    const found = checkHistory(zero, [op(0, 0, 100, write(100)), op(1, 25, 75, read, 100), op(2, 30, 60, read, 0)])
    expect(found.verdict).toBe('ok')
    expect(found.partitions).toEqual([{ key: null, verdict: 'ok', order: [2, 0, 1] }])
  })

  it('refuses an old value after a new one, and names the read that cannot be placed', () => {
    const found = checkHistory(zero, [op(0, 0, 100, write(200)), op(1, 10, 30, read, 200), op(2, 40, 90, read, 0)])
    expect(found).toMatchObject({ verdict: 'illegal', partitions: [{ longest: [0, 1], stuck: 2 }] })
  })

  it('takes operations that touch at one instant for concurrent', () => {
    expect(checkHistory(zero, [op(0, 0, 5, write(1)), op(1, 5, 9, read, 0)]).verdict).toBe('ok')
    expect(checkHistory(zero, [op(0, 0, 5, write(1)), op(1, 6, 9, read, 0)]).verdict).toBe('illegal')
    expect(checkHistory(zero, [op(0, 5, 5, write(1)), op(1, 5, 5, read, 0), op(2, 5, 5, read, 1)]).verdict).toBe('ok')
  })

  it('lets an operation that never returned take effect late, or never', () => {
    const lost = op(0, 0, null, write(1))
    expect(checkHistory(zero, [lost, op(1, 10, 11, read, 0), op(1, 20, 21, read, 1)]).verdict).toBe('ok')
    expect(checkHistory(zero, [lost, op(1, 10, 11, read, 0)]).verdict).toBe('ok')
    expect(checkHistory(zero, [lost, op(1, 10, 11, read, 1), op(1, 20, 21, read, 0)]).verdict).toBe('illegal')
  })

  it('judges an empty history, and one of which nothing returned', () => {
    expect(checkHistory(zero, [])).toEqual({ verdict: 'ok', steps: 0, partitions: [] })
    expect(checkHistory(zero, [op(0, 0, null, write(1))]).verdict).toBe('ok')
  })

  it('understands every plain state but null', () => {
    for (const state of [undefined, 0, '', false, Number.NaN]) {
      const still: Model<unknown, unknown, unknown> = {
        init: () => state,
        step: (s) => (Object.is(s, state) ? s : null),
      }
      expect(checkHistory(still, [op(0, 0, 1, read), op(0, 2, 3, read)]).verdict).toBe('ok')
    }
  })

  it('keeps keys apart, and refutes an easy one though a hard one never ends', () => {
    const at = (key: string, input: object) => ({ ...input, key })
    // A value that nobody wrote, among forty writes at once: every order of the forty is tried in vain.
    const hard = Array.from({ length: 40 }, (_, i) => op(i, 0, 100, at('x', write(i))))
    const last = [op(40, 101, 102, at('x', read), 99)]
    const easy = [op(41, 0, 1, at('y', write(1))), op(41, 2, 3, at('y', read), 2)]
    const blind = { ...bare(models.keyValue), key: (input: unknown) => (input as { key: string }).key }
    const found = checkHistory(blind, [...hard, ...last, ...easy], { maxSteps: 200_000 })
    expect(found.verdict).toBe('illegal')
    expect(found.partitions.map(({ key, verdict }) => [key, verdict])).toEqual([
      ['x', 'unknown'],
      ['y', 'illegal'],
    ])
    const alone = checkHistory(blind, [...hard, ...last], { maxSteps: 5_000 })
    expect(alone.verdict).toBe('unknown')
    expect(alone.steps).toBe(5_000)
    expect(checkHistory(models.keyValue, [...hard, ...last]).verdict).toBe('illegal')
  })

  it('gives one answer however often it is asked, and changes nothing', () => {
    const operations = Object.freeze(
      [op(0, 0, 9, write(1)), op(1, 1, 2, read, 1), op(2, 3, 4, read, 0)].map(Object.freeze),
    )
    const ask = () => checkHistory(zero, operations as readonly Operation[])
    expect(ask()).toEqual(ask())
  })

  it('says which operation has times that cannot be', () => {
    expect(() => checkHistory(zero, [op(0, 5, 4, read, 0)])).toThrow(
      'operations[0].return: expected null or a number from 5, found 4',
    )
    expect(() => checkHistory(zero, [op(0, Number.NaN, 4, read, 0)])).toThrow('operations[0].call')
  })
})
