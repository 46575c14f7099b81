import { describe, expect, it } from 'vitest'
import { pushPullScale, remainingSuspicionTime, retransmitLimit, suspicionTimeout } from './timing.ts'

describe('suspicionTimeout', () => {
  it.each([
    [5, 1000],
    [10, 1000],
    [50, 1698],
    [100, 2000],
    [500, 2698],
    [1000, 3000],
  ])('has the known values of memberlist’s util_test.go: n = %i', (n, expected) => {
    expect(suspicionTimeout(3, n, 1000) / 3).toBe(expected)
  })

  it('meets every power of ten exactly', () => {
    expect([1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((n) => suspicionTimeout(4, n, 1000))).toEqual([
      4000, 4000, 8000, 12_000, 16_000, 20_000, 24_000,
    ])
  })
})

describe('remainingSuspicionTime', () => {
  it.each([
    [0, 3, 0, 30_000],
    [1, 3, 2000, 14_000],
    [2, 3, 3000, 4810],
    [3, 3, 4000, -2000],
    [4, 3, 5000, -3000],
    [5, 3, 10_000, -8000],
  ])('has the known values of memberlist’s suspicion_test.go: c = %i', (c, k, elapsed, expected) => {
    expect(remainingSuspicionTime(c, k, elapsed, 2000, 30_000)).toBe(expected)
  })

  it('falls from 48 s by 22.762 s to 8 s in a LAN of a hundred', () => {
    const min = suspicionTimeout(4, 100, 1000)
    expect([0, 1, 2].map((c) => remainingSuspicionTime(c, 2, 0, min, 6 * min))).toEqual([48_000, 22_762, 8000])
  })

  it('starts at the least time when nobody can confirm', () => {
    expect(remainingSuspicionTime(0, 0, 500, 4000, 24_000)).toBe(3500)
  })
})

describe('retransmitLimit', () => {
  it.each([
    [3, 0, 0],
    [3, 1, 3],
    [3, 99, 6],
    [4, 30, 8],
    [4, 100, 12],
    [4, 1000, 16],
  ])('of mult %i and n = %i is %i', (mult, n, expected) => {
    expect(retransmitLimit(mult, n)).toBe(expected)
  })
})

describe('pushPullScale', () => {
  it('is plain up to 32, double up to 64, treble up to 128', () => {
    for (let n = 0; n <= 128; n++) expect(pushPullScale(1000, n)).toBe(n <= 32 ? 1000 : n <= 64 ? 2000 : 3000)
  })
})

it('says which argument makes no sense', () => {
  expect(() => suspicionTimeout(4, -1, 1000)).toThrow('n: expected a number from 0 on, found -1')
  expect(() => pushPullScale(Number.NaN, 3)).toThrow('intervalMs: expected a number from 0 on, found NaN')
})
