import { Random, stream } from '../../base/random.ts'
import { ms, type Micros, SECOND } from '../../base/units.ts'
import { Watch } from '../../check/monitor.ts'
import type { Command } from '../../kernel/command.ts'
import { eventSet, type Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Link, ProcessId, Setup, World } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { defaultSetup } from '../../lab/setup.ts'
import type { GossipConfig } from './config.ts'
import { lab } from './lab.ts'
import { isLive } from './beliefs.ts'
import { agree } from './predicates.ts'
import type { Gossip } from './types.ts'

/** What a seeded run under faults came to, and whether it was worth anything. */
export interface ChaosRun {
  seed: number
  violations: readonly { monitor: string; text: string; at: Micros }[]
  /** How long after the last fault all live servers agreed; null if they never did. */
  convergedAfter: Micros | null
  suspicion: boolean
  refutation: boolean
  /** A server that ran was declared dead. */
  falseDeath: boolean
  forgotten: boolean
  rejoin: boolean
  fingerprint: string
}

/** How long faults go on and how far apart they are, and how long the rest may take to agree. */
const FAULTS: Micros = 60 * SECOND
const GAP = { min: ms(500), max: ms(6000) }
const PATIENCE: Micros = 240 * SECOND

/**
 * A run of this seed with crashes, restarts, pauses, stalls, cuts, loss, doubling, leaves, rejoins and rumours, all drawn
 * from the seed; then all is healed, everybody turns to the seeds, twice, and all must agree. Some crashes stay.
 */
export function chaosRun(seed: number, config: Partial<GossipConfig> = {}): ChaosRun {
  const random = new Random(stream(seed, 'chaos'))
  const setup = chaosSetup(seed, random, config)
  const watch = new Watch(lab.monitors)
  const run: ChaosRun = { ...FRESH, seed, violations: watch.violations }
  const simulation = new Simulation<Gossip>(lab, { setup, commands: [] }, undefined, {
    wants: watch.wants | eventSet(['noted']),
    observe(event, world) {
      watch.observe(event, world)
      tally(run, event, world)
    },
  })
  let told = 0
  for (let at = ms(1000); at < FAULTS; at += GAP.min + random.int(GAP.max - GAP.min)) {
    simulation.advanceTo(at)
    simulation.apply(fault(random, simulation, () => `r${++told}`))
  }
  heal(simulation, random)
  const healedAt = simulation.now
  run.convergedAfter = waitForAgreement(simulation, healedAt)
  simulation.advanceTo(simulation.now + 5 * SECOND)
  if (!agree(simulation)) run.convergedAfter = null
  return { ...run, fingerprint: simulation.fingerprint() }
}

/** What is wrong with a run; null if nothing is. */
export function faultOf({ violations: [first], convergedAfter }: ChaosRun): string | null {
  if (first !== undefined) return `${first.monitor}: ${first.text}`
  return convergedAfter === null ? 'no agreement after heal and rejoin' : null
}

/** The command that replays a failing seed. */
export const replayHint = (seed: number): string => `replay it with: npx tsx scripts/chaos.ts gossip ${seed}`

/** What must have happened in at least so large a share of the runs, or they show nothing. */
export const WORTH: Readonly<Record<string, { of(run: ChaosRun): boolean; least: number }>> = {
  suspicion: { of: (run) => run.suspicion, least: 0.9 },
  refutation: { of: (run) => run.refutation, least: 0.5 },
  'false death': { of: (run) => run.falseDeath, least: 0.5 },
  'somebody forgotten': { of: (run) => run.forgotten, least: 0.3 },
  rejoin: { of: (run) => run.rejoin, least: 0.5 },
}

const FRESH: Omit<ChaosRun, 'seed' | 'violations'> = {
  convergedAfter: null,
  suspicion: false,
  refutation: false,
  falseDeath: false,
  forgotten: false,
  rejoin: false,
  fingerprint: '',
}

function tally(run: ChaosRun, event: Event<Gossip>, world: World<Gossip>): void {
  if (event.type !== 'noted') return
  const { note } = event
  if (note.type === 'suspects') run.suspicion = true
  else if (note.type === 'refutes') run.refutation = true
  else if (note.type === 'forgets') run.forgotten = true
  else if (note.type === 'joined') run.rejoin = true
  else if (note.type === 'declares' && isLive(world, note.node)) run.falseDeath = true
}

function chaosSetup(seed: number, random: Random, config: Partial<GossipConfig>): Setup<Gossip> {
  const base = defaultSetup(lab, seed, random.pick([3, 4, 5, 6, 8, 10, 12]))
  const lifeguard = random.chance(0.6)
  const chosen: Partial<GossipConfig> = {
    gossipToTheDead: random.pick([5, 15, 30]) * SECOND,
    // Never 0: what gossip has told often enough and somebody has missed, push/pull alone brings.
    pushPullInterval: random.pick([10, 15, 30]) * SECOND,
    reconnectInterval: random.pick([0, 0, 30]) * SECOND,
    streamProbe: random.chance(0.5),
    localHealth: lifeguard,
    dynamicSuspicion: lifeguard,
    buddySystem: lifeguard,
    bootstrap: random.pick(['formed', 'formed', 'join']),
    joinRetry: 5 * SECOND,
  }
  return {
    ...base,
    config: { ...base.config, ...chosen, ...config },
    network: {
      latency: { type: 'uniform', min: ms(1), max: ms(random.pick([5, 60, 200])) },
      loss: random.pick([0, 0.05, 0.2]),
      duplication: random.pick([0, 0.05]),
      fifo: false,
      bandwidth: 0,
    },
  }
}

/** The next thing to go wrong, or to come right again. */
function fault(random: Random, world: World<Gossip>, name: () => string): Command<Gossip> {
  const servers = world.ids('server')
  const target = random.pick(servers)
  const down = servers.filter((id) => world.status(id) === 'down')
  const still = servers.filter((id) => world.status(id) === 'paused' || world.status(id) === 'stalled')
  const gone = servers.filter((id) => world.state(id)?.phase === 'left')
  const dice = random.unit()
  if (still.length > 0 && dice < 0.35) return { type: 'resume', process: random.pick(still) }
  if (down.length > 0 && dice < 0.5) return { type: 'restart', process: random.pick(down) }
  if (gone.length > 0 && dice < 0.55) return { type: 'act', process: random.pick(gone), action: { type: 'join' } }
  if (world.cuts().length > 0 && dice < 0.65) return { type: 'mend', links: world.cuts() }
  if (dice < 0.7) return { type: 'crash', process: target }
  if (dice < 0.78) return { type: random.pick(['pause', 'stall']), process: target }
  if (dice < 0.82) return { type: 'act', process: target, action: { type: 'leave' } }
  if (dice < 0.88) return { type: 'act', process: target, action: { type: 'tell', rumour: name() } }
  return { type: 'cut', links: someLinks(random, servers, world) }
}

/** A cut between two sides, now and then of one direction or of some links alone. */
function someLinks(random: Random, servers: readonly ProcessId[], world: World<Gossip>): Link[] {
  const side = servers.filter(() => random.chance(0.4))
  const rest = servers.filter((id) => !side.includes(id))
  const both = linksBetween(side, rest, world)
  const links = random.chance(0.7) ? both : both.filter(() => random.chance(0.5))
  const [from = '', to = ''] = servers
  return links.length > 0 ? links : [{ from, to }]
}

/** All is well again: nothing is lost or cut, who stood still goes on, who was down is back, or half of the time stays. */
function heal(simulation: Simulation<Gossip>, random: Random): void {
  const stays = random.chance(0.5)
  // The first seed comes back in any case: without a seed there is nobody to turn to.
  const seed = simulation.ids('server')[0]
  simulation.apply({ type: 'mend', links: simulation.cuts() })
  simulation.apply({ type: 'network', settings: { loss: 0 } })
  for (const id of simulation.ids('server')) {
    const status = simulation.status(id)
    if (status === 'paused' || status === 'stalled') simulation.apply({ type: 'resume', process: id })
    if (status === 'down' && (!stays || id === seed)) simulation.apply({ type: 'restart', process: id })
  }
  // Twice: two that hold each other for dead, for too long to be gossiped to, learn from the first exchange that they must
  // refute, and only the second carries the refutations across.
  for (let times = 0; times < 2; times++) {
    simulation.advanceTo(simulation.now + SECOND)
    for (const id of simulation.ids('server')) {
      if (isLive(simulation, id) || id === seed)
        simulation.apply({ type: 'act', process: id, action: { type: 'join' } })
    }
  }
}

/** A probe that was begun under faults may still fail after them, and takes up to the worst health’s time. */
const AFTERMATH: Micros = 10 * SECOND

function waitForAgreement(simulation: Simulation<Gossip>, since: Micros): Micros | null {
  for (let at = since + AFTERMATH; at <= since + PATIENCE; at += SECOND) {
    simulation.advanceTo(Math.max(at, simulation.now))
    if (agree(simulation)) return simulation.now - since
  }
  return null
}
