import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SendCounts } from './send-counts.ts'

describe('SendCounts', () => {
  it('counts like a map, whatever the places, and a copy goes its own way', () => {
    const place = fc.oneof(fc.nat(9), fc.nat(20_000))
    fc.assert(
      fc.property(fc.array(place, { maxLength: 400 }), fc.array(place, { maxLength: 100 }), (before, after) => {
        const counts = new SendCounts()
        const model = new Map<number, number>()
        const next = (of: SendCounts, known: Map<number, number>, to: number): void => {
          known.set(to, (known.get(to) ?? 0) + 1)
          expect(of.next(to)).toBe(known.get(to))
        }
        for (const to of before) next(counts, model, to)
        const twin = counts.copy()
        const twinModel = new Map(model)
        for (const to of after) next(counts, model, to)
        for (const to of after.toReversed()) next(twin, twinModel, to)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('counts on where a count has outgrown its word, in a copy too', () => {
    const counts = new SendCounts()
    for (let n = 1; n <= 5_000; n++) expect([counts.next(33), counts.next(19_999)]).toEqual([n, n])
    const twin = counts.copy()
    expect([twin.next(33), twin.next(34), counts.next(33), counts.next(33)]).toEqual([5_001, 1, 5_001, 5_002])
  })
})
