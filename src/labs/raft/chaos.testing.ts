import { Random, stream } from '../../base/random.ts'
import { ms, type Micros, SECOND } from '../../base/units.ts'
import { History, type OperationRecord } from '../../check/history.ts'
import { Watch } from '../../check/monitor.ts'
import type { Command } from '../../kernel/command.ts'
import { eventSet, type Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Link, ProcessId, Setup, World } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { defaultSetup } from '../../lab/setup.ts'
import type { RaftConfig } from './config.ts'
import { lab } from './lab.ts'
import { currentLeader } from './observe.ts'
import type { Raft } from './types.ts'

/** What a seeded run under faults came to, and whether it was worth anything. */
export interface ChaosRun {
  seed: number
  violations: readonly { monitor: string; text: string; at: Micros }[]
  /** After a first leader, another one. */
  leaderChange: boolean
  truncated: boolean
  unsyncedLoss: boolean
  completed: number
  /** What clients asked and were told. */
  operations: readonly OperationRecord[]
  /** What monitors could no longer say. */
  undecided: readonly string[]
  fingerprint: string
}

/** How long a run goes on, and how far apart its faults are. */
const LENGTH: Micros = 12 * SECOND
const GAP = { min: ms(60), max: ms(500) }

/**
 * A run of this seed with crashes, restarts, pauses, cuts, loss, doubling and a workload, all of it drawn from the seed. The
 * leader is hit more often than the others: that is where things go wrong.
 */
export function chaosRun(seed: number, config: Partial<RaftConfig> = {}): ChaosRun {
  const random = new Random(stream(seed, 'chaos'))
  const servers = random.pick([3, 4, 5, 5, 5, 7])
  const setup = chaosSetup(seed, servers, random, config)
  const watch = new Watch(lab.monitors)
  const history = new History()
  const run: ChaosRun = {
    seed,
    violations: watch.violations,
    leaderChange: false,
    truncated: false,
    unsyncedLoss: false,
    completed: 0,
    operations: history.records,
    undecided: [],
    fingerprint: '',
  }
  const leaders = new Set<string>()
  const simulation = new Simulation<Raft>(lab, { setup, commands: [] }, undefined, {
    wants: watch.wants | eventSet(['noted', 'invoked', 'completed', 'crashed']),
    observe(event, world) {
      watch.observe(event, world)
      history.add(event)
      tally(run, leaders, event)
    },
  })
  for (let at = ms(400); at < LENGTH - 2 * SECOND; at += GAP.min + random.int(GAP.max - GAP.min)) {
    simulation.advanceTo(at)
    simulation.apply(fault(random, simulation))
  }
  simulation.apply({ type: 'mend', links: simulation.cuts() })
  for (const id of simulation.ids('server')) simulation.apply({ type: 'restart', process: id })
  simulation.advanceTo(LENGTH)
  const undecided = watch.undecided().filter((why) => why !== null)
  return { ...run, undecided, fingerprint: simulation.fingerprint() }
}

/** The command that replays a failing seed. */
export const replayHint = (seed: number): string => `replay it with: npx tsx scripts/chaos.ts ${seed}`

function tally(run: ChaosRun, leaders: Set<string>, event: Event<Raft>): void {
  if (event.type === 'crashed' && event.unsynced > 0) run.unsyncedLoss = true
  if (event.type === 'completed' && event.outcome.type === 'ok') run.completed++
  if (event.type !== 'noted') return
  if (event.note.type === 'truncated') run.truncated = true
  if (event.note.type === 'becameLeader') {
    leaders.add(`${event.process} ${event.note.term}`)
    run.leaderChange = leaders.size > 1
  }
}

/** A slow disk, so that crashes find writes under way, and latencies wide enough for messages to overtake each other. */
function chaosSetup(seed: number, servers: number, random: Random, config: Partial<RaftConfig>): Setup<Raft> {
  const base = defaultSetup(lab, seed, servers)
  return {
    ...base,
    config: { ...base.config, clientTimeout: ms(800), clientRetry: ms(120), ...config },
    network: {
      latency: { type: 'uniform', min: ms(1), max: ms(random.pick([10, 25, 60])) },
      loss: random.pick([0, 0.02, 0.1]),
      duplication: random.pick([0, 0.05]),
      fifo: random.chance(0.3),
      bandwidth: 0,
    },
    disk: { sync: { type: 'uniform', min: ms(1), max: ms(random.pick([5, 20, 40])) }, lying: false },
    workload: { rate: 30, readShare: 0.3, keys: 3, distribution: 'uniform' },
  }
}

/** The next thing to go wrong, or to come right again. */
function fault(random: Random, world: World<Raft>): Command<Raft> {
  const servers = world.ids('server')
  const target = (random.chance(0.6) ? currentLeader(world) : null) ?? random.pick(servers)
  const cuts = world.cuts()
  const down = servers.filter((id) => world.status(id) === 'down')
  const still = servers.filter((id) => world.status(id) === 'paused')
  const dice = random.unit()
  if (down.length > 0 && dice < 0.35) return { type: 'restart', process: random.pick(down) }
  if (still.length > 0 && dice < 0.5) return { type: 'resume', process: random.pick(still) }
  if (cuts.length > 0 && dice < 0.6) return { type: 'mend', links: cuts }
  if (dice < 0.75) return { type: 'crash', process: target }
  if (dice < 0.82) return { type: 'pause', process: target }
  return { type: 'cut', links: cutAround(random, target, servers, world) }
}

/** One side holds the target and up to half of the others; now and then only some of the links between are cut. */
function cutAround(random: Random, target: ProcessId, servers: readonly ProcessId[], world: World<Raft>): Link[] {
  const others = servers.filter((id) => id !== target)
  const side = [target, ...others.filter(() => random.chance(0.3))]
  const links = linksBetween(
    side,
    servers.filter((id) => !side.includes(id)),
    world,
  )
  return random.chance(0.8) ? links : links.filter(() => random.chance(0.5))
}
