import { describe, expect, it } from 'vitest'
import { Random, stream } from '../../base/random.ts'
import { type ProbeOrder, shuffled, slotAt, withOneMore } from './probe-order.ts'

const places = (order: ProbeOrder): number[] => Array.from({ length: order.size }, (_, i) => slotAt(order, i))
const unit = (seed: number) => {
  const random = new Random(stream(seed, 'order'))
  return () => random.unit()
}
const isWhole = (slots: number[]): boolean => slots.toSorted((x, y) => x - y).every((slot, i) => slot === i)

describe('an order of probing', () => {
  it('holds every slot once, be it a list or computed, and after others have come', () => {
    for (const size of [0, 1, 2, 3, 64, 65, 100, 1000, 1024, 10_007]) {
      let order = shuffled(size, unit(size))
      expect(isWhole(places(order))).toBe(true)
      for (let i = 0; i < 20; i++) order = withOneMore(order, unit(i))
      expect(order.size).toBe(size + 20)
      expect(isWhole(places(order))).toBe(true)
    }
  })

  it.each([60, 100])(
    'of %i puts every slot at every place, and any two side by side, as often as chance would',
    (size) => {
      const rounds = 20_000
      const atPlace = new Float64Array(size)
      const neighbours = new Float64Array(size)
      const random = unit(7)
      for (let i = 0; i < rounds; i++) {
        const slots = places(shuffled(size, random))
        const zero = slots.indexOf(0)
        atPlace[zero] = (atPlace[zero] as number) + 1
        const next = slots[zero + 1] ?? 0
        neighbours[next] = (neighbours[next] as number) + 1
      }
      // The statistic has a mean of size − 1 and a standard deviation of √(2 size); four of them are one in 30,000.
      const chi = (counts: ArrayLike<number>): number =>
        Array.from(counts).reduce((sum, n) => sum + (n - rounds / size) ** 2 / (rounds / size), 0)
      expect(Math.abs(chi(atPlace) - (size - 1))).toBeLessThan(4 * Math.sqrt(2 * size))
      expect(Math.abs(chi(neighbours) - (size - 1))).toBeLessThan(4 * Math.sqrt(2 * size))
    },
  )
})
