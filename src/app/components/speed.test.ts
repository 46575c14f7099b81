import { expect, test } from 'vitest'
import { FASTEST, formatSpeed, fromSlider, nextSpeed, SLOWEST, toSlider } from './speed.ts'

test('a speed comes back from the slider as it was', () => {
  for (const speed of [0.01, 0.05, 0.12, 1, 7.5, 100]) expect(fromSlider(toSlider(speed))).toBe(speed)
})

test('speeds are told in two digits that count', () => {
  expect([0.05, 0.123, 12.3, 100, Number.POSITIVE_INFINITY].map(formatSpeed)).toEqual([
    '0.05×',
    '0.12×',
    '12×',
    '100×',
    'max',
  ])
})

test('keys climb 1, 2, 5 and end at full speed', () => {
  expect(nextSpeed(0.05, 1)).toBeCloseTo(0.1)
  expect(nextSpeed(0.07, -1)).toBeCloseTo(0.05)
  expect(nextSpeed(FASTEST, 1)).toBe(Number.POSITIVE_INFINITY)
  expect(nextSpeed(Number.POSITIVE_INFINITY, -1)).toBe(FASTEST)
  expect(nextSpeed(SLOWEST, -1)).toBe(SLOWEST)
})
