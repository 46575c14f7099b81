import type { Random } from '../../base/random.ts'
import type { Command } from '../../kernel/command.ts'
import type { Event } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import type { ConfigChange, ConfigRequest } from './conf-change.ts'
import { membersOf } from './config-entry.ts'
import type { RaftConfig } from './config.ts'
import { isNewInTerm } from './hunt.ts'
import { currentLeader, serverState } from './observe.ts'
import type { Raft } from './types.ts'

/** What runs with snapshots and changes of the configuration came to. */
export interface MembershipTally {
  snapshotsTaken: number
  snapshotsInstalled: number
  configsCommitted: number
  jointEntered: number
  jointLeft: number
  promoted: number
}

export const noMembership = (): MembershipTally => ({
  snapshotsTaken: 0,
  snapshotsInstalled: 0,
  configsCommitted: 0,
  jointEntered: 0,
  jointLeft: 0,
  promoted: 0,
})

export function tallyMembership(tally: MembershipTally, event: Event<Raft>): void {
  if (event.type !== 'noted') return
  const { note } = event
  if (note.type === 'tookSnapshot') tally.snapshotsTaken++
  else if (note.type === 'installedSnapshot') tally.snapshotsInstalled++
  else if (note.type === 'configCommitted') {
    tally.configsCommitted++
    if (note.config.outgoing.length > 0) tally.jointEntered++
  } else if (note.type === 'configProposed') {
    if (note.op === 'leaveJoint') tally.jointLeft++
    else if (note.op === 'simple' && note.changes[0]?.type === 'addVoter') tally.promoted++
  }
}

/** The switches of compaction and membership, drawn. */
export function membershipSwitches(random: Random, servers: number): Partial<RaftConfig> {
  return {
    snapshotThreshold: random.pick([0, 6, 12, 30]),
    trailingEntries: random.pick([0, 0, 3, 10]),
    snapshotChunkBytes: random.pick([60, 250, 4_096]),
    maxBytesPerMessage: random.pick([60, 1_048_576]),
    configTakesEffect: random.pick(['append', 'apply'] as const),
    catchUpFirst: random.chance(0.5),
    initialVoters: random.pick([0, 0, 0, Math.max(2, servers - 2)]),
  }
}

/** A change of the configuration that somebody may ask of whoever leads now; or null if nobody does. */
export function membershipFault(random: Random, world: World<Raft>): Command<Raft> | null {
  const process = currentLeader(world)
  const config = process === null ? null : (serverState(world, process)?.configs.at(-1)?.config ?? null)
  if (process === null || config === null) return null
  const strangers = world.ids('server').filter((id) => !membersOf(config).includes(id))
  if (config.outgoing.length > 0 && random.chance(0.8)) return change(process, { op: 'leaveJoint' })
  const dice = random.unit()
  if (dice < 0.15 && strangers.length > 0) {
    const asker = random.pick(strangers)
    if (world.status(asker) === 'up')
      return { type: 'act', process: asker, action: { type: 'askToJoin', as: random.pick(['voter', 'learner']) } }
  }
  const several = drawnChanges(random, world, config.voters, 3)
  if (dice < 0.4) return change(process, { op: 'enterJoint', changes: several, autoLeave: random.chance(0.5) })
  return change(process, { op: 'simple', changes: several.slice(0, 1) })
}

/**
 * Whoever leads and has not committed anything in its term is cut off with few others and changes the configuration; else
 * the network falls into two in another way, or somebody campaigns.
 */
export function hastyChange(random: Random, world: World<Raft>): Command<Raft>[] {
  const servers = world.ids('server')
  const hasty = servers.find((id) => isNewInTerm(world, id))
  if (hasty === undefined || random.chance(0.2)) {
    const campaigns = random.chance(0.6)
    if (campaigns) return [{ type: 'act', process: random.pick(servers), action: { type: 'campaign' } }]
    return fallApart(random, world, [])
  }
  const voters = serverState(world, hasty)?.configs.at(-1)?.config.voters ?? []
  const stranger = servers.find((id) => !voters.includes(id))
  const one: ConfigChange =
    stranger === undefined ? { type: 'remove', id: random.pick(voters) } : { type: 'addVoter', id: stranger }
  return [...fallApart(random, world, [hasty]), change(hasty, { op: 'simple', changes: [one] })]
}

/** In two, and in no other way than that; these are on one side. */
function fallApart(random: Random, world: World<Raft>, together: readonly ProcessId[]): Command<Raft>[] {
  const servers = world.ids('server')
  const side = servers.filter((id) => together.includes(id) || random.chance(0.4))
  const rest = servers.filter((id) => !side.includes(id))
  return [
    { type: 'mend', links: world.cuts() },
    { type: 'cut', links: linksBetween(side, rest, world) },
  ]
}

/** Voters go and others come, but so that two voters stay. */
function drawnChanges(random: Random, world: World<Raft>, voters: readonly ProcessId[], most: number): ConfigChange[] {
  const changes: ConfigChange[] = []
  let left = voters.length
  for (const id of world.ids('server')) {
    if (changes.length >= most || random.chance(0.5)) continue
    if (!voters.includes(id)) changes.push({ type: random.pick(['addVoter', 'addVoter', 'addLearner']), id })
    else if (left > 2) {
      changes.push({ type: random.pick(['remove', 'addLearner']), id })
      left--
    }
  }
  return changes
}

const change = (process: ProcessId, request: ConfigRequest): Command<Raft> => ({
  type: 'act',
  process,
  action: { type: 'changeConfig', ...request },
})
