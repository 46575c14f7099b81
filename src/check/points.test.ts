import fc from 'fast-check'
import { expect, it } from 'vitest'
import { linearizationPoints } from './points.ts'
import type { Operation } from './operation.ts'

it('every point lies between call and return, and none before the one before it', () => {
  const effects = fc.array(fc.tuple(fc.nat(50), fc.nat(9), fc.option(fc.nat(9))), { maxLength: 12 })
  fc.assert(
    fc.property(effects, (raw) => {
      // Operations around moments in order: that order can always be.
      const moments = raw.map(([at]) => at).toSorted((x, y) => x - y)
      const operations = raw.map(([, before, after], i): Operation => {
        const at = moments[i] as number
        return { client: i, call: at - before, return: after === null ? null : at + after, input: null }
      })
      const order = operations.map((_, i) => i)
      const points = linearizationPoints(operations, order, 60)
      let last = Number.NEGATIVE_INFINITY
      for (const i of order) {
        const point = points.get(i) as number
        const { call, return: end } = operations[i] as Operation
        expect(point).toBeGreaterThanOrEqual(Math.max(call, last))
        expect(point).toBeLessThanOrEqual(end ?? 60)
        last = point
      }
    }),
  )
})
