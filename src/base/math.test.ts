import { describe, expect, it } from 'vitest'
import { ceilLog10, ceilLog2, exp, inverseNormal, ln } from './math.ts'
import { bitsOf, MATH_VECTORS } from './math.vectors.ts'
import { drawUnit, stream } from './random.ts'

/** How many numbers lie between two of the same sign. */
function ulpsApart(x: number, y: number): number {
  const apart = BigInt(`0x${bitsOf(x)}`) - BigInt(`0x${bitsOf(y)}`)
  return Number(apart < 0n ? -apart : apart)
}

const units = (n: number): number[] => Array.from({ length: n }, (_, i) => drawUnit(stream(7, 'math'), i))

describe('the functions are the same to the bit everywhere', () => {
  const functions = { ln, exp, inverseNormal }
  for (const [name, vectors] of Object.entries(MATH_VECTORS)) {
    it(`${name} gives the frozen bits`, () => {
      const f = functions[name as keyof typeof functions]
      expect(vectors.map(([x]) => [x, bitsOf(f(x))])).toEqual(vectors)
    })
  }
})

describe('ln', () => {
  it('is within 2 units in the last place of the true logarithm, over all magnitudes', () => {
    const inputs = units(20_000).map((u) => Math.exp((u - 0.5) * 1400))
    expect(Math.max(...inputs.map((x) => ulpsApart(ln(x), Math.log(x))))).toBeLessThanOrEqual(2)
  })

  it('is as good around 1, where the logarithm is small', () => {
    const inputs = units(20_000).map((u) => 0.5 + u)
    expect(Math.max(...inputs.map((x) => ulpsApart(ln(x), Math.log(x))))).toBeLessThanOrEqual(2)
  })

  it('is −∞ at 0, ∞ at ∞ and no number below 0', () => {
    expect([ln(0), ln(-0), ln(Number.POSITIVE_INFINITY), ln(-1), ln(Number.NaN)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('exp', () => {
  it('is within 2 units in the last place wherever it is finite and normal', () => {
    const inputs = [709.782712893384, -708.39, ...units(20_000).map((u) => -708 + u * 1417.7)]
    expect(Math.max(...inputs.map((x) => ulpsApart(exp(x), Math.exp(x))))).toBeLessThanOrEqual(2)
  })

  it('is ∞ where no number is large enough and 0 where none is small enough', () => {
    expect([exp(709.7827128933841), exp(1e9), exp(-746), exp(-1e9)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      0,
      0,
    ])
    expect(exp(Number.NaN)).toBeNaN()
  })
})

describe('whole logarithms', () => {
  it('ceilLog10 is exact at every power of ten and on both sides of it', () => {
    for (let k = 1, power = 10; k <= 15; k++, power *= 10) {
      expect([ceilLog10(power - 1), ceilLog10(power), ceilLog10(power + 1)]).toEqual([k, k, k + 1])
    }
    expect(ceilLog10(1)).toBe(0)
  })

  it('ceilLog2 is exact at every power of two and on both sides of it', () => {
    for (let k = 2, power = 4; k <= 52; k++, power *= 2) {
      expect([ceilLog2(power - 1), ceilLog2(power), ceilLog2(power + 1)]).toEqual([k, k, k + 1])
    }
    expect([ceilLog2(1), ceilLog2(2), ceilLog2(3)]).toEqual([0, 1, 2])
  })
})

describe('inverseNormal', () => {
  it.each([
    [0.5, 0],
    [0.8413447460685429, 1],
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.9986501019683699, 3],
    [0.001349898031630095, -3],
    [1e-9, -5.997807015008182],
  ])('puts the quantile of %f at %f', (p, z) => {
    expect(Math.abs(inverseNormal(p) - z)).toBeLessThanOrEqual(1.2e-9 * Math.abs(z))
  })

  it('grows with p, across the seams between its three formulas too', () => {
    const quantiles = [0.0001, 0.02424999, 0.02425, 0.02425001, 0.3, 0.97574999, 0.97575, 0.97575001, 0.9999].map(
      inverseNormal,
    )
    expect(quantiles).toEqual(quantiles.toSorted((x, y) => x - y))
  })
})
