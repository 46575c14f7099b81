import { expect, it } from 'vitest'
import { bytes, duration, percent, threeDigits, valueText } from './format.ts'

it('says lengths of time in the unit that reads best, with three digits', () => {
  expect([0, 340, 8_420, 84_230, 212_400, 1_254_000, 61_000_000].map(duration)).toEqual([
    '0 µs',
    '340 µs',
    '8.42 ms',
    '84.2 ms',
    '212 ms',
    '1.25 s',
    '61 s',
  ])
})

it('says sizes, shares and numbers the same way', () => {
  expect([12, 1_340, 2_500_000].map(bytes)).toEqual(['12 B', '1.34 kB', '2.5 MB'])
  expect([0.04, 1].map(percent)).toEqual(['4 %', '100 %'])
  expect([0, 0.256, 12_400].map(threeDigits)).toEqual(['0', '0.26', '12,400'])
  expect([valueText(1_340, 'bytes'), valueText(51.23, 'rate'), valueText(2, 'count')]).toEqual([
    '1.34 kB/s',
    '51.2/s',
    '2',
  ])
})
