import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Log } from './log.ts'

/** What may be done to one of the copies; `which` and `share` pick a copy and a length among those that there are. */
type Step =
  | { type: 'append'; which: number }
  | { type: 'truncate'; which: number; share: number }
  | { type: 'drop'; which: number; share: number }
  | { type: 'restart'; which: number }
  | { type: 'fork'; which: number }
  | { type: 'forget'; which: number }

const which = fc.nat(1000)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('append' as const), which }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('truncate' as const),
        which,
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('drop' as const),
        which,
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const), which }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('fork' as const), which }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('forget' as const), which }) },
  ),
  { maxLength: 80 },
)

/** `model` holds every item by its position; those before `first` are dropped. */
interface Pair {
  log: Log<number>
  model: number[]
  first: number
}

const held = ({ model, first }: Pair): number[] => model.slice(first)
const between = (pair: Pair, from: number, to: number): number[] => pair.model.slice(Math.max(from, pair.first), to)

/** Does one step to the log and to a plain array, which stands for what the log should hold. */
function execute(pairs: Pair[], step: Step, item: number): void {
  const at = step.which % pairs.length
  const pair = pairs[at] as Pair
  if (step.type === 'append') {
    // Now and then as many as fill more than one block.
    for (let i = step.which % 7 === 0 ? 150 : 1; i > 0; i--) {
      pair.log.append(item + i / 1_000)
      pair.model.push(item + i / 1_000)
    }
  } else if (step.type === 'truncate') {
    const length = pair.first + Math.floor(step.share * (pair.model.length - pair.first))
    pair.log.truncate(length)
    pair.model.length = length
  } else if (step.type === 'drop') {
    const first = Math.floor(step.share * pair.model.length)
    pair.log.dropBefore(first)
    pair.first = Math.max(pair.first, first)
  } else if (step.type === 'restart') {
    pair.first = pair.model.length + 3
    pair.log.restartAt(pair.first)
    pair.model = Array.from({ length: pair.first }, () => -1)
  } else if (step.type === 'fork') pairs.push({ ...pair, log: pair.log.copy(), model: pair.model.slice() })
  else if (pairs.length > 1) pairs.splice(at, 1)
}

describe('Log', () => {
  it('under crash, fork and append: no view ever sees another’s items', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const pairs: Pair[] = [{ log: new Log(), model: [], first: 0 }]
        plan.forEach((step, item) => {
          execute(pairs, step, item)
          for (const pair of pairs) expect([...pair.log]).toEqual(held(pair))
        })
      }),
      { seed: 20240611, numRuns: 300 },
    )
  })

  it('answers at, last, slice and length like an array', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (plan, from, to) => {
        const pairs: Pair[] = [{ log: new Log(), model: [], first: 0 }]
        plan.forEach((step, item) => execute(pairs, step, item))
        for (const pair of pairs) {
          const { log, model, first } = pair
          expect([log.first, log.length]).toEqual([first, model.length])
          expect(log.at(from)).toBe(from < first ? undefined : model[from])
          expect(log.last()).toBe(held(pair).at(-1))
          expect(log.slice(from, to)).toEqual(between(pair, from, to))
          expect(log.slice()).toEqual(held(pair))
        }
      }),
      { seed: 20240612, numRuns: 200 },
    )
  })

  it('finds just as long a shared prefix as there is behind what was dropped', () => {
    const lengthShared = (x: Pair, y: Pair): number => {
      const shorter = Math.min(x.model.length, y.model.length)
      let end = Math.min(shorter, Math.max(x.first, y.first))
      while (end < shorter && x.model[end] === y.model[end]) end++
      return end
    }
    fc.assert(
      fc.property(steps, (plan) => {
        const pairs: Pair[] = [{ log: new Log(), model: [], first: 0 }]
        plan.forEach((step, item) => execute(pairs, step, item))
        for (const a of pairs) {
          for (const b of pairs) expect(a.log.sharedPrefix(b.log)).toBe(lengthShared(a, b))
        }
      }),
      { seed: 20240613, numRuns: 200 },
    )
  })

  it('shows nothing of the shared array beyond its own end', () => {
    const long = new Log([1, 2, 3])
    const short = long.copy()
    short.truncate(1)
    expect([short.at(1), short.at(-1), short.last(), short.slice(0, 3), short.slice(2), short.slice(0, -1)]).toEqual([
      undefined,
      undefined,
      1,
      [1],
      [],
      [],
    ])
  })

  it('keeps no hold on the array that it was made from', () => {
    const items = [1, 2]
    const log = new Log(items)
    items.push(3)
    log.append(4)
    expect([log.slice(), items]).toEqual([
      [1, 2, 4],
      [1, 2, 3],
    ])
  })

  it('refuses to be cut to a length that it does not have', () => {
    expect(() => new Log([1, 2]).truncate(3)).toThrow('cannot cut 2 items to 3')
    expect(() => new Log([1, 2]).truncate(-1)).toThrow('cannot cut 2 items to -1')
    const late = new Log([1, 2, 3])
    late.dropBefore(2)
    expect(() => late.truncate(1)).toThrow('the first 2 were dropped')
    expect(() => late.dropBefore(4)).toThrow('cannot drop 4 of 3 items')
  })
})
