import { expect, test } from 'vitest'
import { ms } from '../base/units.ts'
import type { OperationRecord } from '../check/history.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { Teller } from './teller.ts'
import { Timeline } from './timeline.ts'

const lab: AnyLab = raft

test('an operation is told when it begins and when it ends, and what is told adds up to the history', () => {
  const workload = { rate: 20, readShare: 0.5, keys: 3, distribution: 'uniform' as const }
  const timeline = new Timeline(lab, freshRun<LabTypes>(lab, { ...defaultSetup<LabTypes>(lab, 3), workload }))
  const told = new Map<string, OperationRecord[]>()
  const teller = new Teller((message) => {
    if (message.type !== 'chronicle') return
    for (const one of message.operations) told.set(one.id, [...(told.get(one.id) ?? []), one])
  })
  for (let at = 0; at <= 4_000; at += 50) {
    timeline.seek(ms(at))
    teller.show(timeline, { run: 1, turn: 1 }, {}, {})
  }
  const { records } = timeline.chronicle.history
  expect(records.length).toBeGreaterThan(30)
  expect([...told.values()].map((list) => list.at(-1))).toEqual(records)
  expect(Math.max(...[...told.values()].map((list) => list.length))).toBeLessThanOrEqual(2)
})
