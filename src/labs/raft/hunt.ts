import type { Random } from '../../base/random.ts'
import { ms, SECOND } from '../../base/units.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { HuntHints } from '../../lab/hunt.ts'
import type { ScriptCommand } from '../../lab/script.ts'
import { BACKTRACKING } from './backtracking.ts'
import { membersOf } from './config-entry.ts'
import { termAt } from './entry.ts'
import { currentLeader, serverState } from './observe.ts'
import type { Raft } from './types.ts'

/** Short elections, one after the other: votes that are not on disk yet meet crashes. */
const RESTLESS = {
  preVote: false,
  checkQuorum: false,
  electionTimeoutMin: '40ms',
  electionTimeoutMax: '60ms',
  heartbeatInterval: '30ms',
}

/** What a hunt should know of Raft. */
export const hints: HuntHints<Raft> = {
  servers: [3, 4, 5, 5, 5, 7],
  config: drawnConfig,
  act,
  settles: { condition: 'there is a leader', within: 5 * SECOND },
  mistakes: {
    voteTwice: { config: { preVote: false, checkQuorum: false } },
    halfQuorum: { servers: [4], faults: 'cuts' },
    voteBeforeSync: { servers: [5], faults: 'crashes', gap: ms(120), config: RESTLESS, network: { latency: '3ms' } },
    acknowledgeBeforeSync: { servers: [3, 5], faults: 'crashes', gap: ms(120) },
    countBeforeSync: { servers: [3, 5], config: { leaderSendsBeforeSync: true } },
    identicalTimeouts: { faults: 'quiet', config: { preVote: false } },
    shortTimeouts: { faults: 'quiet' },
    readIndexTooEarly: { config: { readMode: 'readIndex' }, workload: { rate: 200, readShare: 0.6, keys: 1 } },
    dirtyReads: { faults: 'cuts' },
    // Many leaders, each for a moment, and old entries that go out one by one.
    commitEarlierTerms: {
      servers: [3],
      faults: 'users',
      act: churn,
      faultsFor: 8 * SECOND,
      gap: ms(22),
      config: {
        ...RESTLESS,
        electionTimeoutMin: '30ms',
        heartbeatInterval: '10ms',
        maxEntriesPerMessage: 1,
        maxInFlight: 1,
        snapshotThreshold: 0,
        initialVoters: 0,
        clientTimeout: '60ms',
        clientRetry: '30ms',
      },
      network: { latency: { uniform: ['1ms', '10ms'] }, loss: 0.1 },
      workload: { rate: 300, readShare: 0, keys: 1 },
    },
    // A leader whose clock runs at a fifth of its speed, which a right cluster with this bound survives, is cut off.
    leaseIgnoresDrift: {
      faults: ['act', 'isolate', 'cut'],
      act: slowLeader,
      config: {
        readMode: 'lease',
        checkQuorum: true,
        preVote: false,
        clockDriftBound: 500,
        heartbeatInterval: '20ms',
      },
      network: { latency: { uniform: ['1ms', '5ms'] } },
      workload: { rate: 60, readShare: 0.9, keys: 1 },
    },
    // Two leaders each take a server out of four before they have committed anything, and hear of different halves.
    changeBeforeOwnTerm: {
      servers: [4],
      faults: ['act'],
      act: hastyChange,
      gap: ms(40),
      faultsFor: 5 * SECOND,
      config: { preVote: false, checkQuorum: false, snapshotThreshold: 0, configTakesEffect: 'append' },
      network: { latency: { uniform: ['5ms', '60ms'] } },
      workload: { rate: 1, readShare: 0.5, keys: 1 },
    },
    overlappingChanges: { faults: 'users', gap: ms(60) },
  },
}

/** Every choice that a right cluster may make, in any combination. */
function drawnConfig(random: Random): Record<string, unknown> {
  const checkQuorum = random.chance(0.5)
  return {
    preVote: random.chance(0.5),
    checkQuorum,
    readMode: random.pick(['log', 'log', 'readIndex', 'followerRead', checkQuorum ? 'lease' : 'readIndex']),
    notLeader: random.pick(['redirect', 'redirect', 'forward']),
    leaderSendsBeforeSync: random.chance(0.7),
    maxInFlight: random.pick([1, 4, 256]),
    backtracking: random.pick(BACKTRACKING),
    snapshotThreshold: random.pick([0, 6, 30]),
    trailingEntries: random.pick([0, 3]),
    configTakesEffect: random.pick(['append', 'apply']),
    catchUpFirst: random.chance(0.5),
    clientTimeout: '800ms',
    clientRetry: '120ms',
  }
}

/** A transfer, a change of the configuration, or an election out of turn. */
function act(random: Random, world: World<Raft>): ScriptCommand | null {
  const leader = currentLeader(world)
  const servers = world.ids('server')
  const up = servers.filter((id) => world.status(id) === 'up')
  if (up.length === 0) return null
  if (leader === null || random.chance(0.3)) return { timeout: random.pick(up) }
  const config = serverState(world, leader)?.configs.at(-1)?.config
  if (config === undefined || random.chance(0.3)) return { transfer: random.pick(servers) }
  if (config.outgoing.length > 0) return { leaveJoint: leader }
  return change(random, servers, config.voters, membersOf(config))
}

/** Voters go and others come, but so that two voters stay. */
function change(
  random: Random,
  servers: readonly ProcessId[],
  voters: readonly ProcessId[],
  members: readonly ProcessId[],
): ScriptCommand | null {
  const strangers = servers.filter((id) => !members.includes(id))
  if (strangers.length > 0 && random.chance(0.6)) return { addServer: random.pick(strangers) }
  if (voters.length <= 2) return null
  const leaves = random.pick(voters)
  if (strangers.length === 0 || random.chance(0.5)) return { removeServer: leaves }
  return { changeServers: `+${random.pick(strangers)} -${leaves}` }
}

/** A leader crashes, if a majority is left; else one that is down comes back. */
function churn(random: Random, world: World<Raft>): ScriptCommand | null {
  const servers = world.ids('server')
  const down = servers.filter((id) => world.status(id) === 'down')
  const leader = currentLeader(world)
  if (leader !== null && down.length * 2 + 2 < servers.length && random.chance(0.5)) return { crash: leader }
  return down.length > 0 ? { restart: random.pick(down) } : null
}

/** Whoever leads has the slow clock, and all others have right ones. */
function slowLeader(random: Random, world: World<Raft>): ScriptCommand | null {
  const leader = currentLeader(world)
  if (leader === null || random.chance(0.4)) return { clock: `${random.pick(world.ids('server'))} 0%` }
  return { clock: `${leader} -80%` }
}

/** Who has just won is cut off with few others and takes a server out; else the halves change, or somebody campaigns. */
function hastyChange(random: Random, world: World<Raft>): ScriptCommand | null {
  const servers = world.ids('server')
  const hasty = servers.find((id) => isNewInTerm(world, id))
  if (hasty !== undefined && random.chance(0.8)) {
    const isAlone = servers.filter((id) => world.isCut(hasty, id)).length * 2 >= servers.length
    if (!isAlone) return halves(random, servers, [hasty])
    const voters = serverState(world, hasty)?.configs.at(-1)?.config.voters ?? []
    const stranger = servers.find((id) => !voters.includes(id))
    if (stranger !== undefined) return { addServer: stranger, via: hasty }
    return { removeServer: random.pick(voters), via: hasty }
  }
  if (world.cuts().length === 0 && random.chance(0.6)) return halves(random, servers, [])
  return { timeout: random.pick(servers) }
}

function halves(random: Random, servers: readonly ProcessId[], together: readonly ProcessId[]): ScriptCommand | null {
  const side = servers.filter((id) => together.includes(id) || random.chance(0.4))
  const rest = servers.filter((id) => !side.includes(id))
  return side.length === 0 || rest.length === 0 ? null : { cut: `${side.join(' ')} | ${rest.join(' ')}` }
}

/** Whether it leads, has committed nothing in its term and changed nothing yet. */
export function isNewInTerm(world: World<Raft>, id: ProcessId): boolean {
  const state = serverState(world, id)
  if (state?.role !== 'leader' || termAt(state.log, state.commitIndex) === state.currentTerm) return false
  return (state.configs.at(-1)?.index ?? 0) <= state.commitIndex
}
