import { expect, test } from 'vitest'
import type { LaneMark } from '../../lab/lanes.ts'
import { apart, markBeside, operationsPath, ticksPath, togetherBy } from './marks.ts'
import { layoutRows } from './rows.ts'

const rows = layoutRows(['n1'], ['c1'], 71)
const scale = { from: 0, to: 1_000, k: 1 }
const mark = (at: number, type: LaneMark['type'], process = 'c1'): LaneMark => ({ process, at, type, text: type })
const marks = [mark(10, 'invoked'), mark(30, 'crashed', 'n1'), mark(60, 'completed'), mark(80, 'invoked')]

test('a question is a tick upwards, an answer one downwards, and a bar joins them', () => {
  expect(ticksPath(marks, 'invoked', rows, scale)).toMatch(/^M10 \S+v-5.0M80 \S+v-5.0$/)
  expect(ticksPath(marks, 'completed', rows, scale)).toMatch(/^M60 \S+v5.0$/)
  expect(operationsPath(marks, rows, scale)).toMatch(/^M10.0 \S+H60.0$/)
})

test('walks from mark to mark', () => {
  expect(markBeside(marks, 10, 1)?.at).toBe(30)
  expect(markBeside(marks, 10, -1)).toBeNull()
  expect(markBeside(marks, 75, -1)?.at).toBe(60)
})

test('marks within reach of the first of a group are of that group', () => {
  const at = (...instants: number[]) => instants.map((instant) => ({ at: instant }))
  expect(togetherBy(at(5, 0, 3, 9, 6, 20), 4)).toEqual([at(0, 3), at(5, 6, 9), at(20)])
  expect(togetherBy([], 4)).toEqual([])
})

test('marks of one kind and lane that would hide each other are one, which counts the others', () => {
  const close = [mark(0, 'crashed', 'n1'), mark(3, 'crashed', 'n1'), mark(3, 'crashed', 'n2'), mark(9, 'crashed', 'n1')]
  expect(apart(close, 5).map(({ mark: { process, at }, more }) => [process, at, more])).toEqual([
    ['n1', 0, 1],
    ['n2', 3, 0],
    ['n1', 9, 0],
  ])
})
