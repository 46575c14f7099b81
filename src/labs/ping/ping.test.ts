import { describe, expect, it } from 'vitest'
import { ms, seconds } from '../../base/units.ts'
import { Watch } from '../../check/monitor.ts'
import type { Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Setup } from '../../kernel/types.ts'
import { defaultSetup } from '../../lab/setup.ts'
import type { Outcome } from './client.ts'
import { lab } from './lab.ts'
import type { PingView, ServerView } from './observe.ts'
import type { Ping } from './types.ts'

const CALM = { ...lab.defaults.network, loss: 0, duplication: 0 }

/** A run of three servers on a network without loss, unless `change` says otherwise. */
function begin(change: Partial<Setup<Ping>> = {}, seed = 1) {
  const setup = { ...defaultSetup(lab, seed, 3), network: CALM, ...change }
  const events: Event<Ping>[] = []
  const observer = { wants: -1, observe: (event: Event<Ping>) => void events.push(event) }
  const sim = new Simulation(lab, { setup, commands: [] }, undefined, observer)
  return { sim, events }
}

const view = (sim: Simulation<Ping>): PingView => lab.observe(sim, {})
const server = (sim: Simulation<Ping>, id: string): ServerView =>
  view(sim).servers.find((it) => it.id === id) as ServerView
const outcomes = (events: readonly Event<Ping>[]): Outcome[] =>
  events.flatMap((event) => (event.type === 'completed' ? [event.outcome] : []))
const pingNow = { type: 'invoke', client: 'c1', operation: { type: 'pingNow', via: 'a1' } } as const

/** What the lab's monitors find in a run with the default network. */
function violations(config: Ping['config'], seed: number): string[] {
  const watch = new Watch(lab.monitors)
  const setup = { ...defaultSetup(lab, seed), config, workload: lab.defaults.workload }
  const sim = new Simulation(lab, { setup, commands: [] }, undefined, watch)
  sim.advanceTo(seconds(60))
  return watch.violations.map((violation) => violation.monitor)
}

describe('a server', () => {
  it('pings the next one in the ring at every interval, and each ping is answered', () => {
    const { sim } = begin()
    sim.advanceTo(ms(5200))
    expect(
      view(sim).servers.map(({ neighbour, asked, answered, missed }) => ({ neighbour, asked, answered, missed })),
    ).toEqual([
      { neighbour: 'a2', asked: 10, answered: 10, missed: 0 },
      { neighbour: 'a3', asked: 10, answered: 10, missed: 0 },
      { neighbour: 'a1', asked: 10, answered: 10, missed: 0 },
    ])
  })

  it('measures a round trip, which takes two latencies', () => {
    const { sim } = begin({ network: { ...CALM, latency: { type: 'constant', value: ms(30) } } })
    sim.advanceTo(ms(700))
    expect(server(sim, 'a1').lastTook).toBe(ms(60))
  })

  it('misses the answers of a neighbour that has crashed, and only its pinger does', () => {
    const { sim, events } = begin()
    sim.apply({ type: 'crash', process: 'a2' })
    sim.advanceTo(seconds(3))
    expect([server(sim, 'a1').missed, server(sim, 'a3').missed]).toEqual([5, 0])
    const missed = events.flatMap((event) => (event.type === 'noted' && event.note.type === 'missed' ? [event] : []))
    expect(missed[0]).toMatchObject({ process: 'a1', note: { type: 'missed', by: 'a2' } })
  })

  it('misses answers if the way back alone is cut', () => {
    const { sim } = begin()
    sim.apply({ type: 'cut', links: [{ from: 'a2', to: 'a1' }] })
    sim.advanceTo(seconds(3))
    expect([server(sim, 'a1').missed, server(sim, 'a2').missed]).toEqual([5, 0])
  })

  it('misses every answer if the timeout is below the round trip', () => {
    const { sim } = begin({ config: { ...lab.defaults.config, timeout: ms(10) } })
    sim.advanceTo(ms(2800))
    expect(server(sim, 'a1')).toMatchObject({ answered: 0, missed: 5 })
  })

  it('goes on under heavy loss: each ping is answered or missed', () => {
    const { sim } = begin({ network: { ...CALM, loss: 0.4 } })
    sim.advanceTo(ms(100_300))
    const { asked, answered, missed } = server(sim, 'a1')
    expect([asked, answered + missed]).toEqual([200, 200])
    expect(Math.abs(answered / asked - 0.36)).toBeLessThan(0.1)
  })

  it('takes an answer that comes after a restart for none of its own', () => {
    const { sim } = begin()
    sim.advanceTo(ms(501))
    sim.apply({ type: 'crash', process: 'a1' })
    sim.apply({ type: 'restart', process: 'a1' })
    sim.apply({ type: 'act', process: 'a1', action: { type: 'pingNow' } })
    const pings = sim.flights().filter(({ from, message }) => from === 'a1' && message.type === 'Ping')
    const [before, after] = pings.map(({ message }) => ('nonce' in message ? message.nonce : null))
    expect(before).not.toBe(after)
    sim.advanceTo(ms(900))
    expect(server(sim, 'a1')).toMatchObject({ asked: 1, answered: 1 })
  })
})

describe('a client', () => {
  it('is told the round-trip time, once its count is on disk', () => {
    const { sim, events } = begin()
    sim.apply(pingNow)
    sim.advanceTo(ms(400))
    expect(outcomes(events)).toMatchObject([{ type: 'answered', from: 'a1' }])
    expect(events.find((event) => event.type === 'sent' && event.process === 'c1')?.at).toBe(ms(2))
    expect(sim.durable('c1')).toEqual({ requests: 1 })
  })

  it('is told that no answer came', () => {
    const { sim, events } = begin()
    sim.apply({ type: 'crash', process: 'a2' })
    sim.apply(pingNow)
    sim.advanceTo(ms(400))
    expect(outcomes(events)).toEqual([{ type: 'missed', from: 'a1' }])
  })

  it('gives up on a server that is down', () => {
    const { sim, events } = begin()
    sim.apply({ type: 'crash', process: 'a1' })
    sim.apply(pingNow)
    sim.advanceTo(seconds(2))
    expect(outcomes(events)).toEqual([{ type: 'unknown' }])
  })

  it('goes on counting where it was when it crashed', () => {
    const { sim } = begin()
    sim.apply(pingNow)
    sim.advanceTo(ms(100))
    sim.apply({ type: 'crash', process: 'c1' })
    sim.apply({ type: 'restart', process: 'c1' })
    sim.apply(pingNow)
    expect(view(sim).clients[0]).toMatchObject({ id: 'c1', requests: 2, open: 1 })
  })
})

describe('the monitor', () => {
  const [mistake] = lab.mistakes

  it('catches the mistake, on seeds that are clean without it', () => {
    for (const seed of [1, 2, 3]) {
      expect(violations(lab.defaults.config, seed)).toEqual([])
      expect(violations({ ...lab.defaults.config, ...mistake?.config }, seed)).toContain(mistake?.caughtBy)
    }
  })
})

describe('a checkpoint after every step', () => {
  it('changes nothing: `copy` shares nothing that is changed in place', () => {
    const setup = { ...defaultSetup(lab, 4), workload: { ...lab.defaults.workload, rate: 20 } }
    const straight = new Simulation(lab, { setup, commands: [] })
    straight.advanceTo(seconds(5))
    const checkpoints = [new Simulation(lab, { setup, commands: [] }).checkpoint()]
    for (let sim = Simulation.from(lab, last(checkpoints)); sim.step(seconds(5)); ) {
      checkpoints.push(sim.checkpoint())
      sim = Simulation.from(lab, last(checkpoints))
    }
    // From each tenth of them, after all that has come since.
    for (const checkpoint of checkpoints.filter((_, i) => i % 10 === 0 || i === checkpoints.length - 1)) {
      const again = Simulation.from(lab, checkpoint)
      again.advanceTo(seconds(5))
      expect(again.fingerprint()).toBe(straight.fingerprint())
    }
  })
})

const last = <T>(items: readonly T[]): T => items[items.length - 1] as T
