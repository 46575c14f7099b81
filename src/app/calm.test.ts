import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { frameDone, framesOver, inCalm } from './calm.ts'

const done: string[] = []
const say = (what: string) => () => void done.push(what)

beforeEach(() => {
  vi.useFakeTimers()
  done.length = 0
})
afterEach(() => {
  framesOver()
  vi.useRealTimers()
})

test('while time stands, what can wait is done when it is due', () => {
  inCalm(100, say('a'))
  vi.advanceTimersByTime(99)
  expect(done).toEqual([])
  vi.advanceTimersByTime(1)
  expect(done).toEqual(['a'])
})

test('while time runs, it waits for a frame without a picture, and not too much is done in one', () => {
  frameDone(true)
  for (const name of ['a', 'b', 'c']) inCalm(10, say(name))
  vi.advanceTimersByTime(10)
  frameDone(true)
  expect(done).toEqual([])
  frameDone(false)
  expect(done).toEqual(['a', 'b'])
  frameDone(false)
  expect(done).toEqual(['a', 'b', 'c'])
})

test('where every frame has a picture it waits no longer than a few of them', () => {
  frameDone(true)
  inCalm(0, say('a'))
  vi.advanceTimersByTime(49)
  frameDone(true)
  expect(done).toEqual([])
  vi.advanceTimersByTime(1)
  frameDone(true)
  expect(done).toEqual(['a'])
})

test('what was called off is not done, and a pause lets nothing wait', () => {
  frameDone(true)
  const early = inCalm(10, say('early'))
  const late = inCalm(0, say('late'))
  inCalm(0, say('a'))
  early()
  vi.advanceTimersByTime(10)
  late()
  framesOver()
  expect(done).toEqual(['a'])
})
