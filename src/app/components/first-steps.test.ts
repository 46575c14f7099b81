import { expect, test } from 'vitest'
import type { AnyRun } from '../../engine/messages.ts'
import { fillIn, stepsDone } from './first-steps.ts'

const runWith = (...commands: { type: string; scripted?: boolean }[]) =>
  ({
    commands: commands.map(({ type, ...rest }) => ({ at: 0, command: { type }, ...rest })),
  }) as unknown as AnyRun

test('the next step comes when the one before it is done, in the order of the list', () => {
  expect(stepsDone(runWith())).toBe(0)
  expect(stepsDone(runWith({ type: 'cut' }))).toBe(0)
  expect(stepsDone(runWith({ type: 'crash' }, { type: 'invoke' }, { type: 'cut' }))).toBe(3)
})

test('what the scenario does is not the user’s', () => {
  expect(stepsDone(runWith({ type: 'crash', scripted: true }))).toBe(0)
})

test('a hint about the leader waits for one', () => {
  expect(fillIn('Click {leader}, then Crash', { leader: 'n4' })).toBe('Click n4, then Crash')
  expect(fillIn('Click {leader}, then Crash', { leader: null })).toBeNull()
})
