import { expect, it } from 'vitest'
import { SECOND, seconds } from '../../base/units.ts'
import { MetricsRecorder } from '../../engine/metrics-recorder.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Command } from '../../kernel/command.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { lab } from './lab.ts'
import type { Gossip } from './types.ts'

const SWIM = { localHealth: false, dynamicSuspicion: false, buddySystem: false }

/** The samples of each metric by name, after the commands at their seconds. */
function measure(servers: number, end: number, commands: readonly [number, Command<Gossip>][]) {
  const recorder = new MetricsRecorder(lab)
  const base = defaultSetup(lab, 1, servers)
  const run = { setup: { ...base, config: { ...base.config, ...SWIM } }, commands: [] }
  const sim = new Simulation<Gossip>(lab, run, undefined, {
    wants: recorder.wants,
    observe: (event, world) => recorder.observe(event, world),
  })
  for (const [at, command] of commands) {
    sim.advanceTo(seconds(at))
    sim.apply(command)
  }
  sim.advanceTo(seconds(end))
  return Object.fromEntries(
    (lab.metrics ?? []).map(({ name }, i) => [
      name,
      recorder.samples[i]?.slice().map(({ value }) => value / SECOND) ?? [],
    ]),
  )
}

it('times a crash until it is suspected, declared and known to all, in this order', () => {
  const {
    'first-suspicion': first = [],
    'first-death': death = [],
    'all-know': all = [],
    ...rest
  } = measure(10, 40, [
    [3, { type: 'crash', process: 'g5' }],
    [30, { type: 'restart', process: 'g5' }],
  ])
  expect([first, death, all].map((samples) => samples.length)).toEqual([1, 1, 1])
  const [suspected = 0, declared = 0, known = 0] = [first[0], death[0], all[0]]
  expect(suspected).toBeLessThan(4)
  expect(declared - suspected).toBeCloseTo(4, 1)
  expect(known).toBeGreaterThanOrEqual(declared)
  expect(rest['false-deaths']).toEqual([])
})

it('counts a live server that is declared dead as a false positive, and one that stands still not', () => {
  const { 'false-deaths': wrong = [], refutation = [] } = measure(6, 14, [[3, { type: 'stall', process: 'g2' }]])
  expect(wrong.length).toBeGreaterThan(2)
  for (const lasted of wrong) expect(lasted).toBeCloseTo(4, 1)
  expect(refutation.length).toBeGreaterThanOrEqual(wrong.length)
})
