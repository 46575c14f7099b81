import { expect, test } from 'vitest'
import type { Story } from '../../engine/messages.ts'
import { lastStoryBy, marksOf, storiesAt } from './scale.ts'

const story = (seq: number, at: number, tone: Story['tone'] = 'plain'): Story => ({
  seq,
  at,
  steps: seq,
  text: `story ${seq}`,
  about: [],
  tone,
})

test('among stories that share a mark, what the user did stands for all', () => {
  const marks = marksOf([story(1, 10), story(2, 12, 'user'), story(3, 14, 'bad'), story(4, 200)], 100)
  expect(marks.map(({ story: { seq }, count }) => [seq, count])).toEqual([
    [2, 3],
    [4, 1],
  ])
})

test('the last story by an event is the newest that is not after it', () => {
  const stories = [story(2, 1), story(5, 2), story(9, 3)]
  expect([1, 2, 8, 9, 100].map((seq) => lastStoryBy(stories, seq))).toEqual([-1, 0, 1, 2, 2])
})

test('the stories of an instant are found wherever they stand', () => {
  const stories = [story(1, 10), story(2, 12), story(3, 12, 'user'), story(4, 200)]
  expect([5, 10, 12, 200, 300].map((at) => storiesAt(stories, at).map(({ seq }) => seq))).toEqual([
    [],
    [1],
    [2, 3],
    [4],
    [],
  ])
})
