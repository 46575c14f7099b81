import { Random, stream } from '../../base/random.ts'
import { ms, type Micros, SECOND } from '../../base/units.ts'
import { History, type OperationRecord } from '../../check/history.ts'
import { checkHistory, type Verdict } from '../../check/linearizability.ts'
import { LINEARIZABILITY } from '../../check/linearizable.ts'
import { Watch } from '../../check/monitor.ts'
import { readRecords } from '../../check/reader.ts'
import type { Command } from '../../kernel/command.ts'
import { eventSet, type Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { Link, ProcessId, Setup, World } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { BACKTRACKING } from './backtracking.ts'
import { type ChaosPlan, PLANS } from './chaos-plans.testing.ts'
import type { RaftConfig } from './config.ts'
import { history as reader } from './history-model.ts'
import { lab } from './lab.ts'
import type { ReadMode } from './messages.ts'
import {
  hastyChange,
  membershipFault,
  membershipSwitches,
  type MembershipTally,
  noMembership,
  tallyMembership,
} from './membership.testing.ts'
import { currentLeader } from './observe.ts'
import type { Raft } from './types.ts'

export { PLANS }

/** What a seeded run under faults came to, and whether it was worth anything. */
export interface ChaosRun {
  seed: number
  /** How reads were answered, if not otherwise asked for. */
  reads: ReadMode
  violations: readonly { monitor: string; text: string; at: Micros }[]
  /** After a first leader, another one. */
  leaderChange: boolean
  truncated: boolean
  unsyncedLoss: boolean
  completed: number
  /** What clients asked and were told. */
  operations: readonly OperationRecord[]
  /** Whether all that clients were told is linearizable; undefined if nobody asked. */
  history: Verdict | undefined
  /** What monitors could no longer say. */
  undecided: readonly string[]
  /** Reads that did not go through the log. */
  otherReads: number
  transfers: number
  preVotes: number
  membership: MembershipTally
  fingerprint: string
}

/** The whole history is judged once, at the end, and not at every answer. */
const SAFETY = lab.monitors.filter(({ name }) => name !== LINEARIZABILITY)

/** How long a run goes on, and how far apart its faults are. */
const LENGTH: Micros = 12 * SECOND
const GAP = { min: ms(60), max: ms(500) }

/**
 * A run of this seed with crashes, restarts, pauses, cuts, loss, doubling, drifting clocks, transfers and a workload, under
 * switches that are drawn from the seed like all the rest. The leader is hit more often than the others: that is where
 * things go wrong.
 */
export function chaosRun(seed: number, mistake: Partial<RaftConfig> = {}, plan: ChaosPlan = {}): ChaosRun {
  const random = new Random(stream(seed, 'chaos'))
  const servers = plan.servers ?? random.pick([3, 4, 5, 5, 5, 7])
  const setup = chaosSetup(seed, servers, random, plan, mistake)
  const watch = new Watch(plan.monitors ?? SAFETY)
  const run = freshRun(seed, setup.config.readMode, watch)
  const leaders = new Set<string>()
  const history = new History()
  const simulation = new Simulation<Raft>(lab, { setup, commands: [] }, undefined, {
    wants: watch.wants | eventSet(['noted', 'completed', 'crashed', 'invoked']),
    observe(event, world) {
      watch.observe(event, world)
      history.add(event)
      tally(run, leaders, event)
      tallyMembership(run.membership, event)
    },
  })
  driftClocks(simulation, new Random(stream(seed, 'clocks')), plan.driftPpm ?? 40_000)
  if (plan.quiet !== true) wreck(simulation, seed, random, plan)
  simulation.advanceTo(LENGTH)
  const undecided = watch.undecided().filter((why) => why !== null)
  const verdict = plan.judged === false ? undefined : judge(history)
  const { records: operations } = history
  return { ...run, operations, undecided, history: verdict, fingerprint: simulation.fingerprint() }
}

/** The most operations that the search tries on one history of some hundred operations. */
const MAX_STEPS = 1_000_000

function judge({ records }: History): Verdict {
  const { operations } = readRecords(reader, records)
  return checkHistory(reader.model, operations, { maxSteps: MAX_STEPS }).verdict
}

function freshRun(seed: number, reads: ReadMode, { violations }: Watch<Raft>): ChaosRun {
  return {
    seed,
    reads,
    violations,
    leaderChange: false,
    truncated: false,
    unsyncedLoss: false,
    completed: 0,
    otherReads: 0,
    transfers: 0,
    preVotes: 0,
    membership: noMembership(),
    operations: [],
    undecided: [],
    history: undefined,
    fingerprint: '',
  }
}

function driftClocks(simulation: Simulation<Raft>, random: Random, most: number): void {
  if (most === 0) return
  for (const process of simulation.ids('server'))
    simulation.apply({ type: 'clock', process, driftPpm: random.int(2 * most) - most })
}

/** Things go wrong, and in the end all of it comes right again. */
function wreck(simulation: Simulation<Raft>, seed: number, random: Random, plan: ChaosPlan): void {
  const membership = new Random(stream(seed, 'membership'))
  const clocks = new Random(stream(seed, 'slow clocks'))
  const changes = membership.chance(0.5) ? 0.4 : 0
  const { min, max } = plan.gap ?? GAP
  for (let at = ms(400); at < LENGTH - 2 * SECOND; at += min + random.int(max - min)) {
    simulation.advanceTo(at)
    if (plan.slowLeaderPpm !== undefined) slowLeader(simulation, clocks, plan.slowLeaderPpm)
    for (const command of nextFaults(random, simulation, plan)) simulation.apply(command)
    const change = membership.chance(plan.changes ?? changes) ? membershipFault(membership, simulation) : null
    if (change !== null) simulation.apply(change)
  }
  simulation.apply({ type: 'mend', links: simulation.cuts() })
  for (const id of simulation.ids('server')) {
    simulation.apply({ type: 'restart', process: id })
    simulation.apply({ type: 'resume', process: id })
  }
}

/** The leader's clock runs slow for a while, and all others run right. */
function slowLeader(simulation: Simulation<Raft>, random: Random, ppm: number): void {
  const leader = currentLeader(simulation)
  if (leader === null || !random.chance(0.3)) return
  for (const process of simulation.ids('server'))
    simulation.apply({ type: 'clock', process, driftPpm: process === leader ? -ppm : 0 })
}

/** What a run must not be, in words; null if it is none of it. */
export function faultOf({ violations: [violation], history }: ChaosRun): string | null {
  if (violation !== undefined) return `${violation.monitor}: ${violation.text}`
  return history === 'illegal' ? 'no order of all operations explains what clients were told' : null
}

/** What makes a run worth having; at least half of all runs must show each of the first, and some runs each of the others. */
export const WORTH: Readonly<Record<string, { least: number; of(run: ChaosRun): boolean }>> = {
  'leader change': { least: 0.5, of: (run) => run.leaderChange },
  'truncated log': { least: 0.5, of: (run) => run.truncated },
  'un-synced loss': { least: 0.5, of: (run) => run.unsyncedLoss },
  '20 operations': { least: 0.5, of: (run) => run.completed >= 20 },
  'reads beside the log': { least: 0.4, of: (run) => run.otherReads >= 10 },
  transfer: { least: 0.4, of: (run) => run.transfers > 0 },
  'pre-vote': { least: 0.3, of: (run) => run.preVotes > 0 },
  'snapshot sent': { least: 0.3, of: ({ membership }) => membership.snapshotsInstalled > 0 },
  'joint entered': { least: 0.2, of: ({ membership }) => membership.jointEntered > 0 },
  'joint left': { least: 0.15, of: ({ membership }) => membership.jointLeft > 0 },
  promotion: { least: 0.08, of: ({ membership }) => membership.promoted > 0 },
  'lease reads': { least: 0.04, of: (run) => run.reads === 'lease' && run.otherReads >= 10 },
}

/** The command that replays a failing seed. */
export const replayHint = (seed: number): string => `replay it with: npx tsx scripts/chaos.ts raft ${seed}`

function tally(run: ChaosRun, leaders: Set<string>, event: Event<Raft>): void {
  if (event.type === 'crashed' && event.unsynced > 0) run.unsyncedLoss = true
  if (event.type === 'completed' && event.outcome.type === 'ok') {
    run.completed++
    if (event.outcome.served.mode !== 'log') run.otherReads++
  }
  if (event.type !== 'noted') return
  if (event.note.type === 'truncated') run.truncated = true
  if (event.note.type === 'transferBegun') run.transfers++
  if (event.note.type === 'becamePreCandidate') run.preVotes++
  if (event.note.type === 'becameLeader') {
    leaders.add(`${event.process} ${event.note.term}`)
    run.leaderChange = leaders.size > 1
  }
}

/** A slow disk, so that crashes find writes under way, and latencies wide enough for messages to overtake each other. */
function chaosSetup(
  seed: number,
  servers: number,
  random: Random,
  { config, workload, latency }: ChaosPlan,
  mistake: Partial<RaftConfig>,
): Setup<Raft> {
  const base = defaultSetup(lab, seed, servers)
  const drawn = {
    ...drawnSwitches(new Random(stream(seed, 'switches'))),
    ...membershipSwitches(new Random(stream(seed, 'membership switches')), servers),
  }
  return {
    ...base,
    config: { ...base.config, clientTimeout: ms(800), clientRetry: ms(120), ...drawn, ...config, ...mistake },
    network: {
      latency: { type: 'uniform', min: ms(1), max: latency ?? ms(random.pick([10, 25, 60])) },
      loss: random.pick([0, 0.02, 0.1]),
      duplication: random.pick([0, 0.05]),
      fifo: random.chance(0.3),
      bandwidth: 0,
    },
    disk: { sync: { type: 'uniform', min: ms(1), max: ms(random.pick([5, 20, 40])) }, lying: false },
    workload: { rate: 30, readShare: 0.3, keys: 3, distribution: 'uniform', ...workload },
  }
}

/** Every choice that a right cluster may make, in any combination. */
function drawnSwitches(random: Random): Partial<RaftConfig> {
  const checkQuorum = random.chance(0.5)
  return {
    preVote: random.chance(0.5),
    checkQuorum,
    readMode: random.pick(['log', 'log', 'readIndex', 'followerRead', checkQuorum ? 'lease' : 'readIndex']),
    notLeader: random.pick(['redirect', 'redirect', 'forward']),
    leaderSendsBeforeSync: random.chance(0.7),
    maxInFlight: random.pick([1, 4, 256]),
    maxEntriesPerMessage: random.pick([1, 64]),
    backtracking: random.pick(BACKTRACKING),
  }
}

function nextFaults(random: Random, world: World<Raft>, plan: ChaosPlan): Command<Raft>[] {
  if (plan.hasty) return hastyChange(random, world)
  return [plan.churn ? churn(random, world) : fault(random, world)]
}

/** The next thing to go wrong, or to come right again. */
function fault(random: Random, world: World<Raft>): Command<Raft> {
  const servers = world.ids('server')
  const target = (random.chance(0.6) ? currentLeader(world) : null) ?? random.pick(servers)
  const cuts = world.cuts()
  const down = servers.filter((id) => world.status(id) === 'down')
  const still = servers.filter((id) => world.status(id) === 'paused')
  const dice = random.unit()
  const leader = currentLeader(world)
  if (leader !== null && random.chance(0.1)) {
    const to = random.pick(servers)
    return { type: 'act', process: leader, action: { type: 'transfer', to } }
  }
  if (down.length > 0 && dice < 0.35) return { type: 'restart', process: random.pick(down) }
  if (still.length > 0 && dice < 0.5) return { type: 'resume', process: random.pick(still) }
  if (cuts.length > 0 && dice < 0.6) return { type: 'mend', links: cuts }
  if (dice < 0.75) return { type: 'crash', process: target }
  if (dice < 0.82) return { type: 'pause', process: target }
  return { type: 'cut', links: cutAround(random, target, servers, world) }
}

/** A leader crashes, if a majority is left; else one that is down comes back. */
function churn(random: Random, world: World<Raft>): Command<Raft> {
  const servers = world.ids('server')
  const down = servers.filter((id) => world.status(id) === 'down')
  const leader = currentLeader(world)
  if (leader !== null && down.length * 2 + 2 < servers.length && random.chance(0.5))
    return { type: 'crash', process: leader }
  return { type: 'restart', process: down.length > 0 ? random.pick(down) : random.pick(servers) }
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
