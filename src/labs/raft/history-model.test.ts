import { describe, expect, it } from 'vitest'
import { History } from '../../check/history.ts'
import { checkHistory } from '../../check/linearizability.ts'
import { readRecords } from '../../check/reader.ts'
import { eventSet } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { chaosRun } from './chaos.testing.ts'
import { history } from './history-model.ts'
import { lab } from './lab.ts'
import type { Raft } from './types.ts'

describe('what Raft’s clients are told', () => {
  it('fits one order under crashes, cuts and loss, and the monitor can always say so', () => {
    for (let seed = 900; seed < 940; seed++) {
      const { operations, violations, undecided } = chaosRun(seed, {}, { monitors: lab.monitors })
      expect(violations).toEqual([])
      expect(undecided).toEqual([])
      const { verdict } = checkHistory(history.model, readRecords(history, operations).operations)
      expect({ seed, verdict }).toEqual({ seed, verdict: 'ok' })
    }
  })

  it('is found out when one answer is another, at that answer', () => {
    const setup = {
      ...defaultSetup<Raft>(lab, 3),
      workload: { rate: 40, readShare: 0.5, keys: 2, distribution: 'uniform' as const },
    }
    const records = new History()
    const simulation = new Simulation<Raft>(lab, { setup, commands: [] }, undefined, {
      wants: eventSet(['invoked', 'completed']),
      observe: (event) => records.add(event),
    })
    simulation.advanceTo(6_000_000)
    const { operations } = readRecords(history, records.records)
    expect(operations.length).toBeGreaterThan(100)
    expect(checkHistory(history.model, operations).verdict).toBe('ok')
    const place = operations.findLastIndex((op) => op.output !== undefined && op.output !== true)
    const lie = operations.map((op, i) => (i === place ? { ...op, output: 'a lie' } : op))
    const { partitions } = checkHistory(history.model, lie)
    expect(partitions.filter(({ verdict }) => verdict === 'illegal')).toMatchObject([{ stuck: place }])
  })
})
