import { expect, test } from 'vitest'
import { SECOND } from '../base/units.ts'
import { Undisturbed } from './execution.ts'
import { Simulation } from './simulation.ts'
import { defaultSetup } from '../lab/setup.ts'
import { core } from '../labs/raft/core.ts'

test('a cluster that is left to itself does what a simulation without commands does', () => {
  const setup = { ...defaultSetup(core, 108), workload: core.defaults.workload }
  const left = new Undisturbed(core, setup, { wants: 0, observe: () => {} })
  const simulation = new Simulation(core, { setup, commands: [] })
  for (let at = 0; at <= 2 * SECOND; at += SECOND / 4) {
    left.advanceTo(at)
    simulation.advanceTo(at)
    expect(left.fingerprint()).toBe(simulation.fingerprint())
    expect(left.nextAt()).toBe(simulation.nextAt())
  }
  expect(left.steps).toBe(simulation.steps)
})
