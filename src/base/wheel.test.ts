import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TURN, Wheel } from './wheel.ts'

it('gives what a sorted list gives, with orders and times of any kind, pushes and pops mixed', () => {
  // Few times, so that chains are long; halves, so that one holds several; an order for each, and no two alike.
  const at = fc.oneof(
    fc.nat(6),
    fc.integer({ min: 30, max: 34 }).map((x) => x / 2),
    fc.nat(TURN - 1),
  )
  const plan = fc.uniqueArray(fc.tuple(at, fc.integer({ min: -1e12, max: 1e12 })), {
    selector: ([, order]) => order,
    maxLength: 600,
  })
  fc.assert(
    fc.property(plan, fc.integer({ min: 2, max: 9 }), fc.nat(1e9), (items, every, start) => {
      const wheel = new Wheel<number>()
      wheel.turnTo(start)
      let model: (readonly [number, number])[] = []
      const byDue = (x: readonly [number, number], y: readonly [number, number]): number => x[0] - y[0] || x[1] - y[1]
      items.forEach(([after, order], i) => {
        wheel.put(order, start + after, order)
        model = [...model, [start + after, order] as const].toSorted(byDue)
        if (i % every !== 0) return
        expect([wheel.peekAt(), wheel.pop()]).toEqual(model.shift())
      })
      const rest: (readonly [number, number])[] = []
      wheel.each((item, due) => rest.push([due, item]))
      expect(rest).toEqual(model)
      expect(wheel.size).toBe(model.length)
      expect(model.map(() => wheel.pop())).toEqual(model.map(([, order]) => order))
    }),
    { seed: 1, numRuns: 30 },
  )
})
