import { expect, it } from 'vitest'
import { forkOf } from './fork.ts'

const crash = (at: number, process: string) => ({ at, command: { type: 'crash' as const, process } })

it.each([
  ['one of them goes on', [crash(5, 'n1'), crash(9, 'n2')], [crash(5, 'n1')], 9, [crash(9, 'n2')]],
  ['the other goes on', [crash(5, 'n1')], [crash(5, 'n1'), crash(9, 'n2')], 9, []],
  ['both go on', [crash(7, 'n1')], [crash(5, 'n2')], 5, [crash(7, 'n1')]],
])('a branch parts from the run on show where %s', (_, branch, shown, at, own) => {
  expect(forkOf(branch, shown)).toEqual({ at, own })
})
