import { assert } from '../src/base/assert.ts'
import { ms, SECOND } from '../src/base/units.ts'
import { Watch } from '../src/check/monitor.ts'
import { Simulation } from '../src/kernel/simulation.ts'
import type { Setup } from '../src/kernel/types.ts'
import { defaultSetup } from '../src/lab/setup.ts'
import { lab } from '../src/labs/raft/lab.ts'
import { currentLeader, serverState } from '../src/labs/raft/observe.ts'
import type { Raft } from '../src/labs/raft/types.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

const ROUNDS = 5
const CHECKPOINT_EVERY = 10_000

/** Simulated seconds per CPU second, and events per CPU second with every monitor listening. */
export function engineFigures(): Figure[] {
  return [
    { name: 'engine.bare.10', value: bare(10, 4000), unit: 'sim-s/cpu-s' },
    { name: 'engine.bare.100', value: bare(100, 800), unit: 'sim-s/cpu-s' },
    { name: 'engine.shipped.10', value: shipped(10, 2000), unit: 'sim-s/cpu-s' },
    { name: 'engine.shipped.100', value: shipped(100, 400), unit: 'sim-s/cpu-s' },
    { name: 'engine.monitored', value: monitored(100, 300), unit: 'events/cpu-s' },
  ]
}

/** A cluster like the reference's: latency 1–5 ms, heartbeats every 50 ms. */
function setupOf(disk: Setup<Raft>['disk']): Setup<Raft> {
  const base = defaultSetup(lab, 42)
  return {
    ...base,
    config: { ...base.config, heartbeatInterval: ms(50) },
    network: { ...base.network, latency: { type: 'uniform', min: ms(1), max: ms(5) }, fifo: false },
    disk,
  }
}

/** Five servers, requests handed to the leader, a disk without latency, no clients; fingerprint and checkpoints on. */
function bare(rate: number, seconds: number): number {
  const setup = { ...setupOf({ sync: { type: 'constant', value: 0 }, lying: false }) }
  const servers = setup.processes.filter((p) => p.role === 'server')
  return rateOf(seconds, () => {
    const simulation = new Simulation<Raft>(lab, { setup: { ...setup, processes: servers }, commands: [] })
    let next = CHECKPOINT_EVERY
    let serial = 0
    let leader: string | null = null
    for (let at = SECOND; at <= seconds * SECOND; at += Math.round(SECOND / rate)) {
      simulation.advanceTo(at)
      if (leader === null || serverState(simulation, leader)?.role !== 'leader') leader = currentLeader(simulation)
      const command = { type: 'put', key: 'x', value: String(++serial) } as const
      if (leader !== null)
        simulation.apply({ type: 'act', process: leader, action: { type: 'propose', command, client: '', serial } })
      if (simulation.steps < next) continue
      simulation.checkpoint()
      next = simulation.steps + CHECKPOINT_EVERY
    }
    return simulation
  })
}

/** All that a user has: clients with sessions and retries, a disk with latency, a workload. */
function shipped(rate: number, seconds: number): number {
  return rateOf(seconds, () => {
    const simulation = new Simulation<Raft>(lab, { setup: shippedSetup(rate), commands: [] })
    runWithCheckpoints(simulation, seconds)
    return simulation
  })
}

function monitored(rate: number, seconds: number): number {
  let events = 0
  const times = rounds(() => {
    const watch = new Watch(lab.monitors)
    const simulation = new Simulation<Raft>(lab, { setup: shippedSetup(rate), commands: [] }, undefined, watch)
    runWithCheckpoints(simulation, seconds)
    events = simulation.seq
    return simulation
  })
  return Math.round(events / median(times))
}

export function shippedSetup(rate: number): Setup<Raft> {
  const disk = { sync: { type: 'uniform', min: ms(0.5), max: ms(2) } as const, lying: false }
  return { ...setupOf(disk), workload: { rate, readShare: 0.5, keys: 10, distribution: 'uniform' } }
}

function runWithCheckpoints(simulation: Simulation<Raft>, seconds: number): void {
  let next = CHECKPOINT_EVERY
  for (let at = 0; at <= seconds * SECOND; at += SECOND / 10) {
    simulation.advanceTo(at)
    if (simulation.steps < next) continue
    simulation.checkpoint()
    next = simulation.steps + CHECKPOINT_EVERY
  }
}

const rateOf = (seconds: number, go: () => Simulation<Raft>): number => Math.round(seconds / median(rounds(go)))

/**
 * One run stays alive throughout, as on a page: the forced collection between two rounds would take with the last run the
 * code that was made for runs like it, and each round would begin by making it anew.
 */
function rounds(go: () => Simulation<Raft>): number[] {
  const kept = go()
  const times = Array.from({ length: ROUNDS }, () => cpuSeconds(go))
  assert(kept !== undefined, 'a round gives back its simulation')
  return times
}
