import { expect, test } from 'vitest'
import { MS, SECOND } from '../../base/units.ts'
import type { Story } from '../../engine/messages.ts'
import { formatTick, lastStoryBy, marksOf, nearestMark, niceStep } from './scale.ts'

const story = (seq: number, at: number, tone: Story['tone'] = 'plain'): Story => ({
  seq,
  at,
  steps: seq,
  text: `story ${seq}`,
  about: [],
  tone,
})

test('steps are 1, 2 or 5 times a power of ten', () => {
  expect([3 * MS, 11 * MS, 60 * MS, 700 * MS, 1 * SECOND].map(niceStep)).toEqual(
    [5, 20, 100, 1000, 1000].map((n) => n * MS),
  )
})

test('a tick has as many digits as its step needs', () => {
  expect(formatTick(3 * SECOND, SECOND)).toBe('3 s')
  expect(formatTick(3_100 * MS, 100 * MS)).toBe('3.1 s')
  expect(formatTick(3_120 * MS, 20 * MS)).toBe('3.12 s')
  expect(formatTick(3_005 * MS, 5 * MS)).toBe('3.005 s')
})

test('among stories that share a mark, what the user did stands for all', () => {
  const marks = marksOf([story(1, 10), story(2, 12, 'user'), story(3, 14, 'bad'), story(4, 200)], 100)
  expect(marks.map(({ story: { seq }, count }) => [seq, count])).toEqual([
    [2, 3],
    [4, 1],
  ])
})

test('a mark is found near the pointer only', () => {
  const marks = marksOf([story(1, 100), story(2, 300)], 10)
  expect(nearestMark(marks, 290, 20)?.story.seq).toBe(2)
  expect(nearestMark(marks, 200, 20)).toBeNull()
})

test('the last story by an event is the newest that is not after it', () => {
  const stories = [story(2, 1), story(5, 2), story(9, 3)]
  expect([1, 2, 8, 9, 100].map((seq) => lastStoryBy(stories, seq))).toEqual([-1, 0, 1, 2, 2])
})
