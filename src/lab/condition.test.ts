import { describe, expect, it } from 'vitest'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { holds, parseCondition, speaksOfViolation } from './condition.ts'
import type { AnyLab } from './definition.ts'
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
    told: 0,
    violations: [{ monitor: 'Log Matching' }],
    undecided: () => [],
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
    ['n1 is "', 'nearest'],
  ])('refuses “%s” in words', (text, part) => {
    const read = parseCondition(lab, text)
    expect(read.ok ? '' : read.error).toContain(part)
  })
})

describe('a violation that is spoken of', () => {
  it.each([
    ['violation of "Log Matching"', true],
    ['n1 is up and violation of "Log Matching"', true],
    ['not no violation', true],
    ['no violation', false],
    ['not violation of "Log Matching"', false],
    ['not history is linearizable', true],
    ['history is linearizable', false],
    ['n1 is up', false],
  ])('“%s”: %s', (text, expected) => {
    const read = parseCondition(lab, text)
    expect(read.ok && speaksOfViolation(read.value)).toBe(expected)
  })
})

it('an alias named like something of every object is a name like any other', () => {
  for (const name of ['constructor', '__proto__', 'toString']) expect(truth(`${name} is up`)).toBe(false)
})
