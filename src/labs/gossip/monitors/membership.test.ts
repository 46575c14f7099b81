import { expect, it } from 'vitest'
import { seconds } from '../../../base/units.ts'
import { Watch } from '../../../check/monitor.ts'
import { Simulation } from '../../../kernel/simulation.ts'
import { defaultSetup } from '../../../lab/setup.ts'
import { lab } from '../lab.ts'
import type { Gossip } from '../types.ts'
import { noStrangers } from './membership.ts'

it('a forged word of a server that never existed is seen in the first that believes it', () => {
  const watch = new Watch<Gossip>([noStrangers])
  const world = new Simulation<Gossip>(lab, { setup: defaultSetup(lab, 1, 5), commands: [] }, undefined, watch)
  world.advanceTo(seconds(2))
  expect(watch.violations).toEqual([])
  const updates = [{ type: 'alive', node: 'g99', incarnation: 1 }] as const
  world.apply({ type: 'inject', from: 'g1', to: 'g2', message: { type: 'Gossip', updates } })
  while (watch.violations.length === 0 && world.now < seconds(3)) world.step()
  expect(watch.violations[0]).toMatchObject({ text: 'g2 holds g99, which never existed', nodes: ['g2'] })
})
