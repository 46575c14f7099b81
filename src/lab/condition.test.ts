import { describe, expect, it } from 'vitest'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { holds, parseCondition } from './condition.ts'
import type { AnyLab } from './definition.ts'
import { readExpectation } from './expectation.ts'
import { defaultSetup } from './setup.ts'

const lab: AnyLab = raft
const world = new Simulation<LabTypes>(lab, {
  setup: defaultSetup(raft, 1, 3),
  commands: [{ at: 1000, command: { type: 'crash', process: 'n2' } }],
})
world.advanceTo(2000)

function truth(text: string): boolean {
  const read = parseCondition(lab, text)
  if (!read.ok) throw new Error(read.error)
  return holds(read.value, lab, world, {
    violations: [{ monitor: 'Log Matching' }],
    outcome: () => ({ done: false, outcome: null }),
  })
}

describe('conditions', () => {
  it.each([
    ['n1 is up', true],
    ['n2 is up', false],
    ['not n2 is up', true],
    ['n1 is up and n2 is down', true],
    ['n1 is down and n2 is down', false],
    ['n1 is down or n2 is down', true],
    ['n1 is up or n2 is up and n2 is up', true],
    ['(n1 is up or n2 is up) and n2 is up', false],
    ['not (n1 is up and n2 is up)', true],
    ['not not n1 is up', true],
    ['violation of "Log Matching"', true],
    ['violation of "Election Safety"', false],
    ['nothing is cut', true],
  ])('%s is %s', (text, expected) => {
    expect(truth(text)).toBe(expected)
  })

  it.each([
    ['n1 is sleepy', 'nearest'],
    ['', 'the end'],
    ['n1 is up and', 'the end'],
    ['(n1 is up', 'parenthesis'],
    ['n1 is up)', 'unexpected'],
    ['entry five is committed', 'nearest'],
  ])('refuses “%s” in words', (text, part) => {
    const read = parseCondition(lab, text)
    expect(read.ok ? '' : read.error).toContain(part)
  })
})

describe('expectations', () => {
  it('read a mode, a condition and a time limit', () => {
    expect(readExpectation('always nothing is cut', 9000)).toMatchObject({
      value: { mode: 'always', condition: 'nothing is cut', after: 0, until: 9000 },
    })
    expect(readExpectation('n1 is up within 2ms', 9000)).toMatchObject({
      value: { mode: 'eventually', condition: 'n1 is up', until: 2000 },
    })
    expect(readExpectation({ expect: 'n1 is up', after: '3ms', within: '2ms' }, 9000)).toMatchObject({
      value: { after: 3000, until: 5000 },
    })
  })

  it('refuse a limit without a unit', () => {
    expect(readExpectation('n1 is up within 2', 9000)).toMatchObject({ ok: false })
  })
})
