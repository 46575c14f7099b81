import { Random, stream } from '../../base/random.ts'
import { ms, type Micros, seconds } from '../../base/units.ts'
import { History } from '../../check/history.ts'
import { Watch } from '../../check/monitor.ts'
import { readRecords } from '../../check/reader.ts'
import { checkSessions, SESSION_LEVELS, type SessionLevel } from '../../check/sessions.ts'
import type { Command } from '../../kernel/command.ts'
import { eventSet, type Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Setup, World } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { defaultSetup } from '../../lab/setup.ts'
import type { RingConfig } from './config.ts'
import { history } from './history-model.ts'
import { lab } from './lab.ts'
import { allAgree } from './key-view.ts'
import type { Ring } from './types.ts'

/** What a seeded run under faults came to, and whether it was worth anything. */
export interface ChaosRun {
  seed: number
  violations: readonly { monitor: string; text: string; at: Micros }[]
  /** After everything was healed and there was time. */
  agreed: boolean
  completed: number
  /** Guarantees of sessions that some client of the run did not have. */
  brokenSessions: readonly SessionLevel[]
  hints: boolean
  siblings: boolean
  repaired: boolean
  healed: boolean
  joined: boolean
  left: boolean
  fingerprint: string
}

const FAULTS_UNTIL = seconds(10)
const LENGTH = seconds(28)

/**
 * A run of this seed with crashes, cuts, loss, joins, leaves and a workload, all of it drawn from the seed; then everything
 * is healed, and replicas have time to agree.
 */
export function chaosRun(seed: number, change: Partial<RingConfig> = {}): ChaosRun {
  const random = new Random(stream(seed, 'ring chaos'))
  const setup = chaosSetup(seed, random, change)
  const watch = new Watch(lab.monitors)
  const seen = new Set<string>()
  const records = new History()
  let completed = 0
  const simulation = new Simulation<Ring>(lab, { setup, commands: [] }, undefined, {
    wants: watch.wants | eventSet(['noted', 'invoked', 'completed']),
    observe(event, world) {
      watch.observe(event, world)
      records.add(event)
      tally(seen, event)
      if (event.type === 'completed' && (event.outcome.type === 'read' || event.outcome.type === 'written')) completed++
    },
  })
  for (let at = ms(600); at < FAULTS_UNTIL; at += ms(150) + random.int(ms(700))) {
    simulation.advanceTo(at)
    for (const command of fault(random, simulation)) simulation.apply(command)
  }
  heal(simulation)
  simulation.advanceTo(LENGTH)
  return {
    seed,
    violations: watch.violations,
    agreed: allAgree(simulation),
    completed,
    brokenSessions: brokenSessions(records),
    hints: seen.has('keepsHint'),
    siblings: seen.has('siblings'),
    repaired: seen.has('repaired'),
    healed: seen.has('healed'),
    joined: seen.has('joined'),
    left: seen.has('left'),
    fingerprint: simulation.fingerprint(),
  }
}

/** What clients were told, held against what a store may promise a session (Terry et al. 1994). */
function brokenSessions({ records }: History): SessionLevel[] {
  const { broken } = checkSessions(readRecords(history, records).operations)
  return SESSION_LEVELS.filter((level) => broken[level] !== null)
}

/** What is wrong with a run; null if nothing is. */
export function faultOf({ violations: [first], agreed, brokenSessions }: ChaosRun): string | null {
  if (first !== undefined) return `${first.monitor}: ${first.text}`
  if (brokenSessions.includes('eventual')) return 'a client read what nobody wrote'
  return agreed ? null : 'replicas differ after heal and anti-entropy'
}

/** The command that replays a failing seed. */
export const replayHint = (seed: number): string => `replay it with: npx tsx scripts/chaos.ts ring ${seed}`

/** What must have happened in at least so large a share of the runs, or they show nothing. */
export const WORTH: Readonly<Record<string, { of(run: ChaosRun): boolean; least: number }>> = {
  hints: { of: (run) => run.hints, least: 0.2 },
  siblings: { of: (run) => run.siblings, least: 0.2 },
  'read repair': { of: (run) => run.repaired, least: 0.2 },
  'anti-entropy': { of: (run) => run.healed, least: 0.2 },
  joins: { of: (run) => run.joined, least: 0.2 },
  leaves: { of: (run) => run.left, least: 0.2 },
  'a session that did not read its writes': {
    of: (run) => run.brokenSessions.includes('read-your-writes'),
    least: 0.02,
  },
  'a session that read backwards': { of: (run) => run.brokenSessions.includes('monotonic-reads'), least: 0.02 },
  '20 operations': { of: (run) => run.completed >= 20, least: 0.2 },
}

function tally(seen: Set<string>, event: Event<Ring>): void {
  if (event.type !== 'noted') return
  seen.add(event.note.type)
  if (event.note.type === 'wrote' && event.note.beside > 0) seen.add('siblings')
}

function heal(simulation: Simulation<Ring>): void {
  simulation.apply({ type: 'mend', links: simulation.cuts() })
  for (const id of simulation.ids('server')) {
    if (simulation.status(id) === 'down') simulation.apply({ type: 'restart', process: id })
    if (simulation.status(id) === 'paused') simulation.apply({ type: 'resume', process: id })
  }
  simulation.apply({ type: 'network', settings: { loss: 0, duplication: 0 } })
  simulation.apply({ type: 'workload', workload: null })
}

function chaosSetup(seed: number, random: Random, change: Partial<RingConfig>): Setup<Ring> {
  const base = defaultSetup(lab, seed, random.pick([3, 4, 5, 5, 6, 7]))
  const [n, r, w] = random.pick([
    [3, 2, 2],
    [3, 2, 2],
    [3, 1, 3],
    [3, 3, 1],
    [3, 1, 1],
    [2, 1, 2],
  ] as const)
  const config: RingConfig = {
    ...base.config,
    n,
    r,
    w,
    tokens: random.pick([1, 4, 16]),
    racks: random.pick([0, 0, 2, 3]),
    versions: change.mistakes?.clocksPerServer ? 'siblings' : random.pick(['siblings', 'siblings', 'lastWrite']),
    sloppyQuorum: random.chance(0.5),
    readRepair: random.chance(0.7),
    antiEntropyInterval: seconds(1),
    routing: random.pick(['beside', 'owner', 'bounded']),
    ...change,
  }
  return {
    ...base,
    config,
    network: {
      latency: { type: 'uniform', min: ms(1), max: ms(random.pick([10, 40, 80])) },
      loss: random.pick([0, 0.02, 0.1]),
      duplication: random.pick([0, 0.05]),
      fifo: random.chance(0.3),
      bandwidth: 0,
    },
    disk: { sync: { type: 'uniform', min: ms(1), max: ms(random.pick([3, 20])) }, lying: false },
    workload: { rate: 25, readShare: 0.4, keys: 4, distribution: 'uniform' },
  }
}

/** The next thing to go wrong, or to come right again. */
function fault(random: Random, world: World<Ring>): Command<Ring>[] {
  const servers = world.ids('server')
  const target = random.pick(servers)
  const down = servers.filter((id) => world.status(id) === 'down')
  const still = servers.filter((id) => world.status(id) === 'paused')
  const cuts = world.cuts()
  const dice = random.unit()
  if (down.length > 0 && dice < 0.3) return [{ type: 'restart', process: random.pick(down) }]
  if (still.length > 0 && dice < 0.4) return [{ type: 'resume', process: random.pick(still) }]
  if (cuts.length > 0 && dice < 0.55) return [{ type: 'mend', links: cuts }]
  if (dice < 0.7) return [{ type: 'crash', process: target }]
  if (dice < 0.75) return [{ type: 'pause', process: target }]
  if (dice < 0.8) return [{ type: 'clock', process: target, offset: random.int(seconds(2)) - seconds(1) }]
  if (dice < 0.84) return [{ type: 'join', process: { id: `n${servers.length + 1}`, role: 'server' } }]
  if (dice < 0.87 && servers.length > 4) return [{ type: 'act', process: target, action: { type: 'leave' } }]
  if (dice < 0.92)
    return [{ type: 'invoke', client: random.pick(world.ids('client')), operation: { type: 'delete', key: 'k1' } }]
  const side = servers.filter((id) => id === target || random.chance(0.3))
  return [
    {
      type: 'cut',
      links: linksBetween(
        side,
        servers.filter((id) => !side.includes(id)),
        world,
      ),
    },
  ]
}
