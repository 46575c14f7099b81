import { expect, it } from 'vitest'
import type { Found, HuntTask, Kept } from '../../hunt/task.ts'
import { HuntQueue } from './hunt-queue.ts'

const found = (seed: number, monitor: string, commands: number): Found => ({ seed, monitor, commands, text: '', at: 0 })
const explored = (...all: Found[]) => ({ type: 'explored', runs: 10, events: 0, undecided: 0, found: all }) as const
const shrunk = (seed: number, monitor: string, after: number) =>
  ({
    type: 'shrunk',
    kept: { seed, monitor, commands: { before: 9, after }, servers: { after: 3 }, scenario: {} } as Kept,
  }) as const
const first = (task: HuntTask | null): unknown => (task?.type === 'explore' ? task.seeds[0] : task?.seed)

it('shrinks what breaks for the first time before it goes on, and some more at the end, and keeps the smallest', () => {
  const queue = new HuntQueue(25)
  expect([queue.take(), queue.take()].map(first)).toEqual([1, 11])
  queue.answered(explored(found(12, 'A', 5), found(13, 'A', 2), found(14, 'B', 1)))
  expect([queue.take(), queue.take()]).toEqual([
    { type: 'shrink', seed: 12 },
    { type: 'shrink', seed: 14 },
  ])
  queue.answered(shrunk(14, 'B', 1))
  expect(queue.take()).toEqual({ type: 'explore', seeds: [21, 22, 23, 24, 25] })
  queue.answered(shrunk(12, 'A', 4))
  queue.answered(explored(found(3, 'A', 1)))
  // One parcel is still under way: nothing more to do now, and yet it is not over.
  expect([queue.take(), queue.done]).toEqual([null, false])
  queue.answered(explored())
  expect([queue.take(), queue.take(), queue.take()].map(first)).toEqual([3, 13, undefined])
  queue.answered(shrunk(13, 'A', 2))
  expect(queue.done).toBe(false)
  queue.answered(shrunk(3, 'A', 3))
  expect(queue.done).toBe(true)
  expect(queue.kept.map(({ seed }) => seed)).toEqual([14, 13])
  expect(queue.found.map(({ seed }) => seed)).toEqual([3, 12, 13, 14])
})
