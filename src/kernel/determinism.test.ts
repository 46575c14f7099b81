import { describe, expect, it } from 'vitest'
import { Log } from '../base/log.ts'
import { Random, stream } from '../base/random.ts'
import { ms } from '../base/units.ts'
import { lab } from '../labs/raft/lab.ts'
import type { Raft } from '../labs/raft/types.ts'
import type { Command } from './command.ts'
import { resumed, stormyRun, straight, Trace } from './raft.testing.ts'
import { type Checkpoint, Simulation } from './simulation.ts'

const END = ms(3000)
const SEEDS = [1, 2, 3]

describe('a run', () => {
  it.each(SEEDS)('made twice is the same, event for event (seed %i)', (seed) => {
    const first = straight(stormyRun(seed))
    const second = straight(stormyRun(seed))
    expect(first.events.length).toBeGreaterThan(1000)
    expect(second.events).toEqual(first.events)
    expect(second.fingerprint).toBe(first.fingerprint)
  })

  it('of another seed is another', () => {
    expect(straight(stormyRun(1)).fingerprint).not.toBe(
      straight({ ...stormyRun(1), setup: stormyRun(2).setup }).fingerprint,
    )
  })

  it.each(SEEDS)('has the same fingerprint whether anybody listens or not, and to what (seed %i)', (seed) => {
    const silent = new Simulation(lab, stormyRun(seed))
    silent.advanceTo(END)
    const partly = new Simulation(lab, stormyRun(seed), undefined, { wants: 1 << 13, observe: () => {} })
    partly.advanceTo(END)
    expect([silent.fingerprint(), partly.fingerprint()]).toEqual(Array(2).fill(straight(stormyRun(seed)).fingerprint))
  })

  it('numbers its events from 1 without a gap, and time never goes back', () => {
    const { events } = straight(stormyRun(1))
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1))
    expect(events.every((event, i) => i === 0 || event.at >= (events[i - 1] as { at: number }).at)).toBe(true)
  })

  const MORE: Command<Raft>[] = [
    { type: 'crash', process: 'n2' },
    { type: 'pause', process: 'n3' },
    {
      type: 'cut',
      links: [
        { from: 'n1', to: 'n2' },
        { from: 'n2', to: 'n1' },
      ],
    },
    { type: 'network', settings: { loss: 0.5 } },
  ]
  it.each(MORE)('with one more command is the same, event for event, until then: %j', (command) => {
    const at = ms(1234)
    const { setup } = stormyRun(4)
    const without = straight({ setup, commands: [] }).events
    const { events } = straight({ setup, commands: [{ at, command }] })
    const before = without.filter((event) => event.at <= at).length
    expect(before).toBeGreaterThan(300)
    expect(events.slice(0, before)).toEqual(without.slice(0, before))
    expect(events[before]).toMatchObject({ type: 'commanded', at })
    expect(events.slice(before + 1)).not.toEqual(without.slice(before))
  })
})

describe('checkpoints', () => {
  it.each(SEEDS)('after every step, and going on from each, change nothing (seed %i)', (seed) => {
    const { events, fingerprint } = straight(stormyRun(seed))
    const trace = new Trace()
    let sim = new Simulation(lab, stormyRun(seed), undefined, trace)
    while (sim.step(END)) {
      sim = Simulation.from(lab, sim.checkpoint())
      sim.observer = trace
    }
    expect(trace.events).toEqual(events)
    expect(sim.fingerprint()).toBe(fingerprint)
  })

  it.each(SEEDS)('wound back and forth a hundred times give the trace of the straight run (seed %i)', (seed) => {
    const { events } = straight(stormyRun(seed))
    const checkpoints = everyFewSteps(new Simulation(lab, stormyRun(seed)), 40)
    const random = new Random(stream(seed, 'winding'))
    for (let i = 0; i < 100; i++) {
      const from = random.pick(checkpoints)
      const again = resumed(from)
      for (let n = random.int(200); n > 0 && again.sim.step(END); n--);
      expect(again.events).toEqual(events.slice(from.core.seq, from.core.seq + again.events.length))
      // What is reached this way is as good a place to come back to, and a fork there must leave no mark.
      checkpoints.push(again.sim.checkpoint())
      if (i % 3 === 0) fork(again.sim, random)
      if (i % 3 === 1) fork(Simulation.from(lab, from), random)
    }
  })

  it('hold what they held, whatever happens afterwards to the simulation that they were taken of', () => {
    const sim = new Simulation(lab, stormyRun(1))
    const checkpoints = everyFewSteps(sim, 100)
    const held = checkpoints.map(plain)
    fork(Simulation.from(lab, checkpoints[3] as Checkpoint<Raft>), new Random(stream(1, 'fork')))
    sim.advanceTo(2 * END)
    expect(checkpoints.map(plain)).toEqual(held)
  })

  it('may be frozen, with every message, write and state in them, and the run goes on as ever', () => {
    const { events, fingerprint } = straight(stormyRun(2))
    const trace = new Trace()
    const sim = new Simulation(lab, stormyRun(2), undefined, {
      wants: -1,
      observe: (event) => trace.observe(deepFreeze(event)),
    })
    for (let n = 1; sim.step(END); n++) if (n % 10 === 0) deepFreeze(sim.checkpoint())
    expect(trace.events).toEqual(events)
    expect(sim.fingerprint()).toBe(fingerprint)
  })

  it('are continued with other commands without a trace of those that were to come', () => {
    const run = stormyRun(1)
    const sim = new Simulation(lab, run)
    sim.advanceTo(ms(1000))
    const done = run.commands.slice(0, sim.commandsDone)
    const forked = resumed(sim.checkpoint(), done).sim
    forked.advanceTo(END)
    expect(forked.fingerprint()).toBe(straight({ ...run, commands: done }).fingerprint)
  })
})

function everyFewSteps(sim: Simulation<Raft>, few: number): Checkpoint<Raft>[] {
  const checkpoints = [sim.checkpoint()]
  for (let n = 1; sim.step(END); n++) if (n % few === 0) checkpoints.push(sim.checkpoint())
  return checkpoints
}

/** Does things that the run did not, and lets them work. */
function fork(sim: Simulation<Raft>, random: Random): void {
  for (const type of ['crash', 'pause', 'restart', 'resume'] as const) {
    sim.apply({ type, process: `n${1 + random.int(5)}` })
    sim.advanceTo(sim.now + ms(50))
  }
}

function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  Object.freeze(value)
  const inside = value instanceof Map || value instanceof Set || value instanceof Log ? value : Object.values(value)
  for (const item of inside) deepFreeze(item)
  return value
}

/** A copy that shares nothing, of logs and maps too. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? null : value
  if (Array.isArray(value) || value instanceof Map || value instanceof Set || value instanceof Log) {
    return [...(value as Iterable<unknown>)].map(plain)
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}
