import { expect, test } from 'vitest'
import { isWalkKey, keyTarget, windowKey } from './space-time-keys.ts'

const walk = {
  now: 500,
  reached: 900,
  span: 1_000,
  stories: [{ at: 100 }, { at: 700 }],
  marks: [{ at: 450 }, { at: 520 }],
}
const to = (key: string, shift = false) => keyTarget(key, shift, walk)

test('arrows move by a hundredth of the window, with Shift by a tenth', () => {
  expect([to('ArrowRight'), to('ArrowLeft'), to('ArrowRight', true)]).toEqual([510, 490, 600])
})

test('up and down walk the marks, pages the stories, Home and End lead to the ends', () => {
  expect([to('ArrowUp'), to('ArrowDown'), to('PageUp'), to('PageDown')]).toEqual([520, 450, 700, 100])
  expect([to('Home'), to('End')]).toEqual([0, 900])
})

test('beyond the marks that are known the stories lead on', () => {
  expect(keyTarget('ArrowUp', false, { ...walk, now: 600 })).toBe(700)
  expect(keyTarget('ArrowUp', false, { ...walk, now: 800 })).toBeUndefined()
})

test('other keys are the page’s', () => {
  expect(['ArrowUp', 'End', ' ', 'c'].map(isWalkKey)).toEqual([true, true, false, false])
  expect(to('c')).toBeUndefined()
})

test('plus, minus and nought set how much is on show, pages with Shift move along', () => {
  expect(['+', '-', '0', 'f'].map((key) => windowKey(key, false))).toEqual([
    { zoom: 0.5 },
    { zoom: 2 },
    'whole',
    'follow',
  ])
  expect([windowKey('PageUp', true), windowKey('PageUp', false)]).toEqual([{ pan: 0.5 }, undefined])
})
