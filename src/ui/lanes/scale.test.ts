import { expect, test } from 'vitest'
import { MS, SECOND } from '../../base/units.ts'
import { roughly } from './roughly.ts'
import { ticksOf, tickText, xOf } from './scale.ts'

test('a tick has as many digits as its step needs', () => {
  expect(tickText(3 * SECOND, SECOND)).toBe('3 s')
  expect(tickText(3_100 * MS, 100 * MS)).toBe('3.1 s')
  expect(tickText(3_120 * MS, 20 * MS)).toBe('3.12 s')
  expect(tickText(3_005 * MS, 5 * MS)).toBe('3.005 s')
})

test('ticks are round instants, and their labels do not touch', () => {
  const { step, list } = ticksOf({ from: 2_980 * MS, to: 4_380 * MS }, 1_300 / (1_400 * MS))
  expect(step).toBe(100 * MS)
  expect(list.map(({ text }) => text).slice(0, 3)).toEqual(['3.0 s', '3.1 s', '3.2 s'])
  for (const width of [200, 390, 800, 1_400]) {
    for (const span of [10 * MS, 1_400 * MS, 28 * SECOND, 280 * SECOND]) {
      const k = width / span
      expect(ticksOf({ from: 0, to: span }, k).step * k).toBeGreaterThan(60)
    }
  }
})

test('an instant has its place', () => {
  expect(xOf({ from: SECOND, to: 2 * SECOND, k: 0.001 }, 1_500 * MS)).toBe(500)
})

test('lengths are told roughly', () => {
  expect([350 * MS, 1_400 * MS, 28 * SECOND, 280 * SECOND].map(roughly)).toEqual(['350 ms', '1.4 s', '28 s', '4.7 min'])
})
