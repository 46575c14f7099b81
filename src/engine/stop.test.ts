import { expect, test } from 'vitest'
import { ms } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { MISTAKES } from '../labs/raft/config.ts'
import { Timeline } from './timeline.ts'

const lab: AnyLab = raft

/** A run in which two servers campaign at once and everybody votes for both. */
function broken(): Timeline {
  const timeline = new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup<LabTypes>(lab, 108)))
  timeline.seek(ms(700))
  const mistakes = Object.fromEntries(MISTAKES.map((name) => [name, name === 'voteTwice']))
  const fire = (process: string) => ({ type: 'fire', process, timer: 'election' }) as const
  timeline.act({ type: 'configure', config: { mistakes } }, [fire('n2'), fire('n3')])
  return timeline
}

test('playing stops right after the step in which a property breaks, and goes on from there when asked again', () => {
  const timeline = broken()
  expect(timeline.seek(ms(2000), Number.POSITIVE_INFINITY, true)).toBe(true)
  const first = timeline.chronicle.violations[0]
  expect(timeline.stoppedAt).toEqual(first)
  expect(timeline.moment.at).toBe(first?.at)
  timeline.stepBack()
  expect(timeline.moment.at).toBeLessThanOrEqual(first?.at as number)
  timeline.seek(ms(2000), Number.POSITIVE_INFINITY, true)
  expect(timeline.stoppedAt).toEqual(first)
  while (timeline.stoppedAt !== null) timeline.seek(ms(2000), Number.POSITIVE_INFINITY, true)
  expect(timeline.moment.at).toBe(ms(2000))
})

test('a jump does not stop, and ends where stopping on the way ends', () => {
  const [jumped, stopped] = [broken(), broken()]
  jumped.seek(ms(1500))
  expect(jumped.stoppedAt).toBeNull()
  do stopped.seek(ms(1500), 50, true)
  while (stopped.moment.at < ms(1500))
  expect(stopped.fingerprint()).toBe(jumped.fingerprint())
})

test('commands that were given as one are undone as one', () => {
  const timeline = broken()
  timeline.act({ type: 'crash', process: 'n1' })
  expect(timeline.run().commands).toHaveLength(4)
  timeline.undo()
  expect(timeline.run().commands).toHaveLength(3)
  timeline.undo()
  expect(timeline.run().commands).toHaveLength(0)
})
