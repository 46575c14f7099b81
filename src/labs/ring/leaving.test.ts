import { describe, expect, it } from 'vitest'
import { ms, seconds } from '../../base/units.ts'
import { Watch } from '../../check/monitor.ts'
import { eventSet } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { defaultSetup } from '../../lab/setup.ts'
import type { Outcome } from './client.ts'
import type { RingConfig } from './config.ts'
import { lab } from './lab.ts'
import { durableCopies } from './monitors/copies.ts'
import { commonView } from './cluster.ts'
import { keyPlace, placement } from './placement.ts'
import type { Ring } from './types.ts'

/** A leave that meets something else: a coordinator that has not heard, a join, a server that is down, too few that stay. */
describe('What a server leaves behind', () => {
  it('is not acknowledged by it once it has left, and the write finds who came after it', () => {
    const run = start(5, { w: 3, sloppyQuorum: false })
    const [coordinator, leaver] = run.owners('x')
    const others = run.servers().filter((id) => id !== coordinator)
    run.world.apply({ type: 'cut', links: linksBetween([coordinator], others, run.world) })
    run.leave(leaver)
    run.wait(seconds(5))
    expect(run.member(leaver)).toBe('left')
    run.world.apply({ type: 'mend', links: run.world.cuts() })
    const outcome = run.write('x', '1', coordinator)
    expect(outcome).toMatchObject({ type: 'written' })
    expect(outcome).not.toMatchObject({ acks: expect.arrayContaining([leaver]) })
    expect(run.holders('x')).toHaveLength(3)
    expect(run.violations()).toEqual([])
  })

  it('has arrived before it is gone, though a newcomer has all that it asked for before', () => {
    const run = start(4, { n: 1, r: 1, w: 1 })
    const keys = Array.from({ length: 12 }, (_, i) => `k${i}`)
    for (const key of keys) run.write(key, key, 'n1')
    const [leaver] = run.owners('k0')
    run.world.apply({ type: 'join', process: { id: 'n5', role: 'server' } })
    run.wait(seconds(1))
    run.leave(leaver)
    run.wait(seconds(6))
    expect([run.member(leaver), run.member('n5')]).toEqual(['left', 'normal'])
    expect(keys.filter((key) => run.holders(key).length === 0)).toEqual([])
    expect(run.violations()).toEqual([])
  })

  it('is on W disks: who comes after it does not stand in for another as well', () => {
    const run = start(6, { w: 3, sloppyQuorum: true, handoffInterval: seconds(60) })
    const [coordinator, leaver, down] = run.owners('x')
    run.world.apply({ type: 'crash', process: down })
    run.leave(leaver)
    run.wait(seconds(1))
    expect(run.write('x', '1', coordinator)).toMatchObject({ type: 'written' })
    run.wait(seconds(4))
    expect(run.member(leaver)).toBe('left')
    expect(run.holders('x')).toHaveLength(3)
  })

  it('goes to all that stay where they are fewer than the copies', () => {
    const run = start(3, { r: 1, w: 1, sloppyQuorum: false, readRepair: false, antiEntropyInterval: 0 })
    const [leaver, ...others] = run.owners('x')
    for (const process of others) run.world.apply({ type: 'crash', process })
    expect(run.write('x', '1', leaver)).toMatchObject({ type: 'written', acks: [leaver] })
    for (const process of others) run.world.apply({ type: 'restart', process })
    run.leave(leaver)
    run.wait(seconds(5))
    expect(run.member(leaver)).toBe('left')
    expect(run.holders('x')).toEqual(others.toSorted())
    expect(run.violations()).toEqual([])
  })

  it('is not taken up again by leaving once more', () => {
    const run = start(4, {})
    run.leave('n2')
    run.wait(seconds(5))
    run.leave('n2')
    run.wait(seconds(1))
    expect(run.member('n2')).toBe('left')
  })
})

/** A quiet ring with clients that write when told to. */
function start(servers: number, change: Partial<RingConfig>) {
  const base = defaultSetup(lab, 1, servers)
  const network = { ...base.network, latency: { type: 'uniform', min: ms(10), max: ms(10) } } as const
  const setup = { ...base, network, workload: null, config: { ...base.config, ...change } }
  const watch = new Watch(lab.monitors)
  let last: Outcome | null = null
  const world = new Simulation<Ring>(lab, { setup, commands: [] }, undefined, {
    wants: watch.wants | eventSet(['completed']),
    observe(event, at) {
      watch.observe(event, at)
      if (event.type === 'completed') last = event.outcome
    },
  })
  const wait = (time: number): void => world.advanceTo(world.now + time)
  wait(ms(600))
  return {
    world,
    wait,
    servers: () => world.ids('server'),
    owners: (key: string) =>
      placement(world.config, commonView(world), world.ids('server'), key, keyPlace(world.config, key)).owners as [
        ProcessId,
        ProcessId,
        ProcessId,
      ],
    leave: (process: ProcessId) => world.apply({ type: 'act', process, action: { type: 'leave' } }),
    member: (id: ProcessId) => commonView(world)[id]?.status,
    write(key: string, value: string, via: ProcessId): Outcome | null {
      world.apply({ type: 'invoke', client: 'c1', operation: { type: 'put', key, value, via } })
      wait(seconds(1))
      return last
    },
    /** Servers of the ring that have the key on disk, for themselves or for another. */
    holders: (key: string) => [...new Set(durableCopies(world, key).map(({ server }) => server))].toSorted(),
    violations: () => watch.violations,
  }
}
