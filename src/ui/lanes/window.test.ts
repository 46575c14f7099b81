import { expect, test } from 'vitest'
import { MS, SECOND } from '../../base/units.ts'
import { around, covers, follow, overviewSpan, panned, spanOf, zoomed } from './window.ts'

const span = 1_000 * MS
const window = { from: 2_000 * MS, to: 3_000 * MS }

test('faster runs are shown in wider windows, within bounds', () => {
  expect([0.01, 0.05, 1, 100, Number.POSITIVE_INFINITY].map((speed) => spanOf(speed, 1) / SECOND)).toEqual([
    1.4, 1.4, 28, 280, 280,
  ])
  expect(spanOf(0.05, 0.5)).toBe(700 * MS)
})

test('while playing the cursor runs up to 85 % and takes the window along', () => {
  expect(follow(window, span, 2_800 * MS, 'playing')).toEqual(window)
  expect(follow(window, span, 3_000 * MS, 'playing')).toEqual({ from: 2_150 * MS, to: 3_150 * MS })
})

test('at rest the window moves only when the cursor leaves it', () => {
  expect(follow(window, span, 2_990 * MS, 'paused')).toEqual(window)
  expect(follow(window, span, 3_100 * MS, 'paused').from).toBe(2_250 * MS)
  expect(follow(window, span, 1_900 * MS, 'paused').from).toBe(1_750 * MS)
  expect(follow(window, span, 50 * MS, 'paused')).toEqual({ from: 0, to: span })
})

test('under a hand it keeps still', () => {
  expect(follow(window, span, 5_000 * MS, 'held')).toEqual(window)
})

test('a window that grows or shrinks keeps the cursor in its place', () => {
  const wider = follow(window, 2 * span, 2_500 * MS, 'paused')
  expect(wider).toEqual({ from: 1_500 * MS, to: 3_500 * MS })
  expect(follow(wider, span, 2_500 * MS, 'paused')).toEqual(window)
})

test('more is drawn than is seen', () => {
  expect(around(window)).toEqual({ from: 1_750 * MS, to: 3_500 * MS })
  expect(covers(around(window), window)).toBe(true)
  expect(covers(window, around(window))).toBe(false)
})

test('the strip of the run grows in steps and always holds the run', () => {
  const spans = Array.from({ length: 400 }, (_, i) => overviewSpan(i * 100 * MS))
  expect(spans[0]).toBe(2 * SECOND)
  expect(spans.every((one, i) => one >= i * 100 * MS)).toBe(true)
  expect(new Set(spans).size).toBeLessThan(20)
})

test('zoomed around an instant, that instant keeps its place; moved by hand, some of the run stays in sight', () => {
  expect(zoomed(window, span / 2, 2_250 * MS)).toEqual({ from: 2_125 * MS, to: 2_625 * MS })
  expect(zoomed(window, 8 * span, 2_900 * MS).from).toBe(0)
  expect(panned(window, -span, 9_000 * MS)).toEqual({ from: 1_000 * MS, to: 2_000 * MS })
  expect(panned(window, -9 * span, 9_000 * MS).from).toBe(0)
  expect(panned(window, 90 * span, 9_000 * MS).from).toBe(8_900 * MS)
})
