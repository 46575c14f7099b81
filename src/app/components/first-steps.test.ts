import { expect, test } from 'vitest'
import { lab } from '../../labs/raft/lab.ts'
import { fillIn, isMissing, type Known, progressOf } from './first-steps.ts'

const STEPS = lab.firstSteps

function known(
  commands: readonly { at: number; type: string; scripted?: boolean }[],
  stories: readonly { at: number; text: string }[] = [],
  rest: Partial<Known> = {},
): Known {
  return {
    run: { commands: commands.map(({ at, type, ...more }) => ({ at, command: { type, client: 'c1' }, ...more })) },
    stories,
    operations: [],
    cuts: 0,
    outcomeText: lab.outcomeText,
    ...rest,
  } as unknown as Known
}

const crash = { at: 10, type: 'crash' }
const write = { at: 30, type: 'invoke' }
const elected = { at: 20, text: 'n5 wins term 2 with votes of n1 and n2' }
const answered = [{ client: 'c1', call: 30, return: 40, outcome: { type: 'ok', result: { type: 'done' } } }] as never

test('a crash is done when another leader is elected, and begun until then', () => {
  expect(progressOf(STEPS, known([]))).toMatchObject({ done: 0, begun: false })
  expect(progressOf(STEPS, known([crash]))).toMatchObject({ done: 0, begun: true })
  expect(progressOf(STEPS, known([crash], [{ ...elected, at: 5 }]))).toMatchObject({ done: 0 })
  expect(progressOf(STEPS, known([crash], [elected]))).toMatchObject({ done: 1, begun: false })
})

test('a write is done when its client has a good answer', () => {
  expect(progressOf(STEPS, known([crash, write], [elected]))).toMatchObject({ done: 1, begun: true })
  const failed = [{ client: 'c1', call: 30, return: 40, outcome: { type: 'unknown' } }] as never
  expect(progressOf(STEPS, known([crash, write], [elected], { operations: failed }))).toMatchObject({ done: 1 })
  expect(progressOf(STEPS, known([crash, write], [elected], { operations: answered }))).toMatchObject({ done: 2 })
})

test('a cut counts while it stands; healed without a write in between, it is asked for again', () => {
  const commands = [crash, write, { at: 50, type: 'cut' }]
  const rest = { operations: answered }
  expect(progressOf(STEPS, known(commands, [elected], { ...rest, cuts: 8 }))).toMatchObject({ done: 3 })
  const healed = [...commands, { at: 60, type: 'mend' }]
  expect(progressOf(STEPS, known(healed, [elected], rest))).toMatchObject({ done: 2 })
})

test('the last step ends with what became of the write', () => {
  const commands = [crash, write, { at: 50, type: 'cut' }, { at: 55, type: 'invoke' }, { at: 60, type: 'mend' }]
  const rest = { operations: answered }
  expect(progressOf(STEPS, known(commands, [elected], rest))).toEqual({ done: 4, begun: false, closing: null })
  const lost = { at: 70, text: 'n4 drops entry 3 (x ← 6): no majority held it, and n1’s log rules in term 2' }
  expect(progressOf(STEPS, known(commands, [elected, lost], rest)).closing).toBe('x ← 6 was lost: no majority held it.')
})

test('what the scenario does is not the user’s', () => {
  expect(progressOf(STEPS, known([{ ...crash, scripted: true }], [elected]))).toMatchObject({ done: 0, begun: false })
})

test('a hint names the leader, if there is one', () => {
  expect(fillIn('Click {leader}, then Crash', { leader: 'n4' })).toBe('Click n4, then Crash')
  expect(fillIn('Click {leader}, then Crash', { leader: null })).toBe('Click the leader, then Crash')
  expect(isMissing('Click {leader}, then Crash', { leader: null })).toBe(true)
  expect(isMissing('Write a value', {})).toBe(false)
})
