import { describe, expect, it } from 'vitest'
import { History } from '../../check/history.ts'
import { judgeLevels, type Level } from '../../check/levels.ts'
import { checkHistory } from '../../check/linearizability.ts'
import { readRecords } from '../../check/reader.ts'
import { eventSet } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import { completeSetup } from '../../lab/planned-run.ts'
import type { RingConfig } from './config.ts'
import { history } from './history-model.ts'
import { lab } from './lab.ts'
import type { Ring } from './types.ts'

/** What clients of one run were told: how often a level was broken over some seeds. */
function broken(config: Partial<RingConfig>, loss = 0): Partial<Record<Level, number>> & { siblings: number } {
  const counts: Partial<Record<Level, number>> & { siblings: number } = { siblings: 0 }
  for (let seed = 1; seed <= 8; seed++) {
    const workload = { rate: 25, readShare: 0.6, keys: 3, distribution: 'uniform' as const }
    const setup = completeSetup<Ring>(lab, { seed, config, workload, network: { loss } })
    const records = new History()
    const simulation = new Simulation<Ring>(lab, { setup, commands: [] }, undefined, {
      wants: eventSet(['invoked', 'completed']),
      observe: (event) => records.add(event),
    })
    simulation.advanceTo(10_000_000)
    const { operations } = readRecords(history, records.records)
    expect(operations.length).toBeGreaterThan(60)
    counts.siblings += operations.filter(
      ({ output }) => (output as { siblings?: unknown })?.siblings !== undefined,
    ).length
    const ladder = judgeLevels(history.model, operations, checkHistory(history.model, operations))
    for (const { level, verdict } of ladder?.rungs ?? [])
      counts[level] = (counts[level] ?? 0) + (verdict === 'broken' ? 1 : 0)
  }
  return counts
}

describe('what the ring’s clients are told', () => {
  it('keeps each client’s own session where reads and writes meet in a server and nothing fails, siblings and all', () => {
    const counts = broken({ r: 2, w: 2 })
    expect(counts).toMatchObject({ eventual: 0, 'read-your-writes': 0, 'monotonic-reads': 0 })
    expect(counts.siblings).toBeGreaterThan(0)
  })

  it('breaks sessions when one answer is enough and copies miss writes, but never makes a value up', () => {
    const counts = broken({ r: 1, w: 1, readRepair: false, antiEntropyInterval: 0 }, 0.08)
    expect(counts.eventual).toBe(0)
    expect(counts['read-your-writes']).toBeGreaterThan(0)
    expect(counts['monotonic-reads']).toBeGreaterThan(0)
    expect(counts.linearizable).toBeGreaterThan(0)
  })
})
