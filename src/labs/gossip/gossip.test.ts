import { describe, expect, it } from 'vitest'
import { ms, seconds } from '../../base/units.ts'
import { Watch } from '../../check/monitor.ts'
import type { Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Link } from '../../kernel/types.ts'
import { defaultSetup } from '../../lab/setup.ts'
import type { GossipConfig } from './config.ts'
import { lab } from './lab.ts'
import { beliefOf } from './beliefs.ts'
import { agree } from './predicates.ts'
import type { Gossip, Note } from './types.ts'

interface Begun {
  sim: Simulation<Gossip>
  notes: { process: string; at: number; note: Note }[]
  events: Event<Gossip>[]
  watch: Watch<Gossip>
}

function begin(servers: number, config: Partial<GossipConfig> = {}, loss = 0, seed = 1): Begun {
  const base = defaultSetup(lab, seed, servers)
  const latency = { type: 'uniform', min: ms(0.2), max: ms(1) } as const
  const setup = { ...base, config: { ...base.config, ...config }, network: { ...base.network, latency, loss } }
  const begun = { notes: [], events: [], watch: new Watch(lab.monitors) } as unknown as Begun
  begun.sim = new Simulation(lab, { setup, commands: [] }, undefined, {
    wants: -1,
    observe(event, world) {
      begun.watch.observe(event, world)
      begun.events.push(event)
      if (event.type === 'noted') begun.notes.push({ process: event.process, at: event.at, note: event.note })
    },
  })
  return begun
}

const of = <K extends Note['type']>({ notes }: Begun, type: K) =>
  notes.filter(({ note }) => note.type === type) as { process: string; at: number; note: Extract<Note, { type: K }> }[]

/** The links, both ways, between g1 to g`half` and the rest. */
const betweenHalves = (half: number, servers: number): Link[] => {
  const names = Array.from({ length: servers }, (_, i) => `g${i + 1}`)
  return names.slice(0, half).flatMap((a) =>
    names.slice(half).flatMap((b) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  )
}

describe('failure detection', () => {
  it('finds a crash: first suspected, then dead to all after the least time with two confirmations', () => {
    const begun = begin(20)
    begun.sim.advanceTo(seconds(5))
    begun.sim.apply({ type: 'crash', process: 'g7' })
    begun.sim.advanceTo(seconds(40))
    expect(
      begun.sim
        .ids('server')
        .filter((id) => id !== 'g7')
        .map((id) => beliefOf(begun.sim, id, 'g7')),
    ).toEqual(Array.from({ length: 19 }, () => 'dead'))
    expect(new Set(of(begun, 'suspects').map(({ note }) => note.node))).toEqual(new Set(['g7']))
    const first = of(begun, 'suspects')[0]?.at as number
    const dead = of(begun, 'declares')[0]?.at as number
    expect(dead - first).toBeGreaterThanOrEqual(ms(5204) - ms(100))
    expect(begun.watch.violations).toEqual([])
  })

  it('suspects nobody without loss and faults, in a hundred seeds', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const begun = begin(8, {}, 0, seed)
      begun.sim.advanceTo(seconds(60))
      expect(of(begun, 'probeFailed')).toEqual([])
    }
  })

  it('is saved by others from suspecting a server that it alone cannot reach', () => {
    const begun = begin(6, { streamProbe: false })
    begun.sim.apply({ type: 'cut', links: [{ from: 'g1', to: 'g2' }] })
    begun.sim.advanceTo(seconds(60))
    expect(begun.events.some((e) => e.type === 'sent' && e.message.type === 'IndirectPing')).toBe(true)
    expect(of(begun, 'suspects')).toEqual([])
  })

  it('takes a suspect that refutes for alive again, in a later incarnation', () => {
    const begun = begin(6, { dynamicSuspicion: false })
    begun.sim.advanceTo(seconds(2))
    begun.sim.apply({ type: 'pause', process: 'g2' })
    begun.sim.advanceTo(seconds(5))
    begun.sim.apply({ type: 'resume', process: 'g2' })
    begun.sim.advanceTo(seconds(20))
    expect(begun.sim.state('g2')?.incarnation).toBe(2)
    expect(agree(begun.sim)).toBe(true)
    expect(of(begun, 'declares')).toEqual([])
  })
})

describe('coming and going', () => {
  it('lifts a server that restarts under its name above what is said of its earlier life', () => {
    const begun = begin(6)
    begun.sim.apply({ type: 'crash', process: 'g3' })
    begun.sim.advanceTo(seconds(20))
    begun.sim.apply({ type: 'restart', process: 'g3' })
    begun.sim.advanceTo(seconds(25))
    expect(begun.sim.state('g3')?.incarnation).toBe(2)
    expect(agree(begun.sim)).toBe(true)
  })

  it('lets a server leave without anybody suspecting it', () => {
    const begun = begin(6)
    begun.sim.apply({ type: 'act', process: 'g3', action: { type: 'leave' } })
    begun.sim.advanceTo(seconds(10))
    expect(begun.sim.state('g3')?.phase).toBe('left')
    expect(beliefOf(begun.sim, 'g1', 'g3')).toBe('left')
    expect(of(begun, 'suspects')).toEqual([])
    begun.sim.apply({ type: 'act', process: 'g3', action: { type: 'join' } })
    begun.sim.advanceTo(seconds(15))
    expect(agree(begun.sim)).toBe(true)
  })

  it('forms a cluster from servers that know their seeds alone', () => {
    const begun = begin(20, { bootstrap: 'join' })
    begun.sim.advanceTo(seconds(5))
    expect(agree(begun.sim)).toBe(true)
  })

  it('brings two that hold each other for dead together by a second join, where the first lets each refute to nobody', () => {
    const patience = seconds(5)
    for (const joins of [1, 2]) {
      const { sim, watch } = begin(2, { gossipToTheDead: patience })
      const links = betweenHalves(1, 2)
      const silent = (id: string, about: string): boolean => {
        const member = sim.state(id)?.members.get(about)
        return member?.standing === 'dead' && sim.now - member.since > patience
      }
      sim.apply({ type: 'cut', links })
      while (sim.now < seconds(60) && !(silent('g1', 'g2') && silent('g2', 'g1'))) sim.advanceTo(sim.now + ms(20))
      sim.apply({ type: 'mend', links })
      for (let times = 0; times < joins; times++) {
        sim.apply({ type: 'act', process: 'g1', action: { type: 'join', via: 'g2' } })
        sim.advanceTo(sim.now + ms(20))
      }
      expect([sim.state('g1')?.incarnation, sim.state('g2')?.incarnation]).toEqual([2, 2])
      sim.advanceTo(sim.now + seconds(60))
      expect(agree(sim)).toBe(joins === 2)
      expect(watch.violations).toEqual([])
    }
  })

  it('forgets the long dead, so that two halves stay apart after a long cut, until Serf calls back', () => {
    for (const reconnectInterval of [0, seconds(30)]) {
      const begun = begin(6, { reconnectInterval })
      const links = betweenHalves(3, 6)
      begun.sim.apply({ type: 'cut', links })
      begun.sim.advanceTo(seconds(120))
      begun.sim.apply({ type: 'mend', links })
      begun.sim.advanceTo(seconds(400))
      expect(agree(begun.sim)).toBe(reconnectInterval > 0)
    }
  })
})

describe('rumours', () => {
  it.each(['memberlist', 'push', 'push-pull', 'pull'] as const)('reach everyone by %s', (rumourMode) => {
    const begun = begin(30, { rumourMode, rumourInterest: 4 })
    begun.sim.advanceTo(seconds(1))
    begun.sim.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'r1' } })
    begun.sim.advanceTo(seconds(15))
    const know = begun.sim.ids('server').filter((id) => begun.sim.state(id)?.rumours.has('r1'))
    expect(know).toHaveLength(30)
    expect(of(begun, 'losesInterest').length).toBe(rumourMode === 'memberlist' ? 0 : 30)
  })

  it('are told no more than the retransmit limit allows, and then the cluster is quiet', () => {
    const begun = begin(30)
    begun.sim.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'r1' } })
    begun.sim.advanceTo(seconds(20))
    const sent = begun.events.filter((e) => e.type === 'sent' && 'updates' in e.message && e.message.updates.length > 0)
    expect(sent.length).toBeLessThanOrEqual(30 * 8)
    expect(sent.at(-1)?.at).toBeLessThan(seconds(4))
  })
})

it('is the same run with a checkpoint after every step', () => {
  const run = (often: boolean): string => {
    const begun = begin(8, { rumourMode: 'push', reconnectInterval: seconds(5) }, 0.1)
    const { sim } = begun
    sim.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'r1' } })
    sim.apply({ type: 'crash', process: 'g5' })
    for (let at = 0; at < seconds(30); at += seconds(10)) {
      while (sim.step(at)) if (often) sim.checkpoint()
      if (at === seconds(20)) sim.apply({ type: 'restart', process: 'g5' })
    }
    return sim.fingerprint()
  }
  expect(run(true)).toBe(run(false))
})
