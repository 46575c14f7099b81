import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Log } from './log.ts'

/** What may be done to one of the copies; `which` and `share` pick a copy and a length among those that there are. */
type Step =
  | { type: 'append'; which: number }
  | { type: 'truncate'; which: number; share: number }
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
    { weight: 3, arbitrary: fc.record({ type: fc.constant('fork' as const), which }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('forget' as const), which }) },
  ),
  { maxLength: 80 },
)

interface Pair {
  log: Log<number>
  model: number[]
}

/** Does one step to the log and to a plain array, which stands for what the log should hold. */
function execute(pairs: Pair[], step: Step, item: number): void {
  const at = step.which % pairs.length
  const pair = pairs[at] as Pair
  if (step.type === 'append') {
    pair.log.append(item)
    pair.model.push(item)
  } else if (step.type === 'truncate') {
    const length = Math.floor(step.share * pair.model.length)
    pair.log.truncate(length)
    pair.model.length = length
  } else if (step.type === 'fork') pairs.push({ log: pair.log.copy(), model: pair.model.slice() })
  else if (pairs.length > 1) pairs.splice(at, 1)
}

describe('Log', () => {
  it('under crash, fork and append: no view ever sees another’s items', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const pairs: Pair[] = [{ log: new Log(), model: [] }]
        plan.forEach((step, item) => {
          execute(pairs, step, item)
          for (const { log, model } of pairs) expect([...log]).toEqual(model)
        })
      }),
      { seed: 20240611, numRuns: 300 },
    )
  })

  it('answers at, last, slice and length like an array', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (plan, from, to) => {
        const pairs: Pair[] = [{ log: new Log(), model: [] }]
        plan.forEach((step, item) => execute(pairs, step, item))
        for (const { log, model } of pairs) {
          expect(log.length).toBe(model.length)
          expect(log.at(from)).toBe(model[from])
          expect(log.last()).toBe(model.at(-1))
          expect(log.slice(from, to)).toEqual(model.slice(from, to))
          expect(log.slice()).toEqual(model)
        }
      }),
      { seed: 20240612, numRuns: 200 },
    )
  })

  it('finds just as long a shared prefix as there is', () => {
    const lengthShared = (x: number[], y: number[]): number => {
      const end = x.findIndex((item, i) => item !== y[i])
      return end === -1 ? x.length : end
    }
    fc.assert(
      fc.property(steps, (plan) => {
        const pairs: Pair[] = [{ log: new Log(), model: [] }]
        plan.forEach((step, item) => execute(pairs, step, item))
        for (const a of pairs) {
          for (const b of pairs) expect(a.log.sharedPrefix(b.log)).toBe(lengthShared(a.model, b.model))
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
  })
})
