import { expect, it } from 'vitest'
import { histogram } from './bins.ts'

const figure = { name: 'f', label: 'F', unit: 'count' } as const
const rows = (values: (number | null)[]) => values.map((value, i) => ({ seed: i + 1, values: [value] }))

it('puts every seed that has the figure into exactly one bar, and counts the others', () => {
  const values = Array.from({ length: 500 }, (_, i) => (i % 50 === 0 ? null : (i * 37) % 211))
  const made = histogram(figure, 0, rows(values))
  const seeds = made?.bars.flatMap((bar) => bar.seeds).toSorted((a, b) => a - b)
  expect(seeds).toEqual(values.flatMap((value, i) => (value === null ? [] : [i + 1])))
  expect(made?.without).toBe(10)
  expect(made?.bars.length).toBeGreaterThan(8)
  expect(made?.bars.length).toBeLessThan(30)
  for (const bar of made?.bars ?? []) {
    for (const seed of bar.seeds) {
      const value = values[seed - 1] as number
      expect(value >= bar.from && (value < bar.to || bar === made?.bars.at(-1))).toBe(true)
    }
  }
})

it('has one bar where all are alike, and none where nobody has the figure', () => {
  expect(histogram(figure, 0, rows([3, 3]))?.bars).toEqual([{ from: 3, to: 3, seeds: [1, 2] }])
  expect(histogram(figure, 0, rows([null, null]))).toBeNull()
})

it('says quantiles by the nearest rank', () => {
  expect(histogram(figure, 0, rows([5, 1, 3]))).toMatchObject({ p50: 3, p95: 5, p99: 5 })
})
