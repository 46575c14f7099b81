import { describe, expect, it } from 'vitest'
import { Random, stream } from '../base/random.ts'
import type { Figure } from './figures.ts'
import { judge } from './judge.ts'

const figure = (change: Partial<Figure>): Figure => ({
  title: 'T',
  source: 'S',
  column: 0,
  statistic: { type: 'mean' },
  unit: 'ms',
  digits: 1,
  published: 0.5,
  judged: 'equal',
  ...change,
})
const uniform = (count: number, seed = 1): Float64Array => {
  const random = new Random(stream(seed, 'judge'))
  return Float64Array.from({ length: count }, () => random.unit())
}

describe('a figure', () => {
  it('is held against the mean with its standard error', () => {
    const { measured, standardError, deviation, ok } = judge(figure({ published: 1 }), Float64Array.of(0, 2, 4))
    expect([measured, ok]).toEqual([2, true])
    expect(standardError).toBeCloseTo(2 / Math.sqrt(3), 12)
    expect(deviation).toBeCloseTo(Math.sqrt(3) / 2, 12)
  })

  it('fails beyond 3 standard errors to either side, and “at most” only above', () => {
    const numbers = uniform(10_000)
    const ok = (published: number, judged: Figure['judged']) => judge(figure({ published, judged }), numbers).ok
    expect([ok(0.5, 'equal'), ok(0.45, 'equal'), ok(0.55, 'equal')]).toEqual([true, false, false])
    expect([ok(0.45, 'atMost'), ok(0.55, 'atMost'), ok(0.1, 'report')]).toEqual([false, true, true])
  })

  it('knows that a published number was measured too', () => {
    const numbers = uniform(10_000)
    const alone = judge(figure({ published: 0.49 }), numbers)
    const measured = judge(figure({ published: 0.49, publishedTrials: 10_000 }), numbers)
    expect((alone.deviation as number) / (measured.deviation as number)).toBeCloseTo(Math.SQRT2, 12)
  })

  it('can be a share, whose error comes from what was published: never seen is not certain', () => {
    const none = judge(
      figure({ statistic: { type: 'above', limit: 2 }, published: 0.001, judged: 'equal' }),
      uniform(1_000),
    )
    expect(none.measured).toBe(0)
    expect(none.deviation).toBeCloseTo(-1, 1)
    expect(judge(figure({ statistic: { type: 'above', limit: 0.9 }, published: 0.1 }), uniform(10_000)).ok).toBe(true)
  })

  it('can be the mean of those trials that came to an end', () => {
    const numbers = Float64Array.of(2, 4, Number.POSITIVE_INFINITY, 6)
    const figureUpTo = figure({ statistic: { type: 'meanUpTo', limit: 10 }, published: 4, judged: 'equal' })
    expect(judge(figureUpTo, numbers)).toMatchObject({ measured: 4, ok: true })
    expect(judge(figureUpTo, Float64Array.of(Number.POSITIVE_INFINITY)).ok).toBe(false)
  })

  it('can be a quantile, and its error is that of its rank', () => {
    const { measured, standardError } = judge(figure({ statistic: { type: 'quantile', p: 0.9 } }), uniform(10_000))
    expect(measured).toBeCloseTo(0.9, 1)
    // sqrt(p (1 − p) / n) over a density of 1.
    expect(standardError).toBeGreaterThan(0.002)
    expect(standardError).toBeLessThan(0.004)
  })

  it('is not within 3 standard errors of another number if there is no spread at all', () => {
    const five = Float64Array.of(5, 5, 5)
    expect(judge(figure({ published: 5 }), five)).toMatchObject({ deviation: 0, ok: true })
    expect(judge(figure({ published: 6 }), five)).toMatchObject({ deviation: Number.NEGATIVE_INFINITY, ok: false })
  })

  it('fails if nothing could be measured', () => {
    expect(judge(figure({}), new Float64Array()).ok).toBe(false)
  })

  it('gives deviations that are themselves of standard size: about a third of right figures are beyond 1', () => {
    const beyond = Array.from({ length: 300 }, (_, seed) => judge(figure({}), uniform(200, seed))).filter(
      ({ deviation }) => Math.abs(deviation as number) > 1,
    )
    expect(beyond.length / 300).toBeGreaterThan(0.22)
    expect(beyond.length / 300).toBeLessThan(0.42)
  })
})
