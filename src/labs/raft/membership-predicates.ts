import type { ProcessId, World } from '../../kernel/types.ts'
import type { Predicate } from '../../lab/definition.ts'
import type { ClusterConfig } from './conf-change.ts'
import { isVoter, membersOf } from './config-entry.ts'
import { currentLeader, serverState } from './observe.ts'
import type { Raft } from './types.ts'

/** What a scenario may state of configurations and snapshots. Who takes part is what the leader goes by. */
export const membershipPredicates: readonly Predicate<Raft>[] = [
  {
    pattern: 'SERVER is a voter',
    says: 'The leader’s configuration has it as a voter, in either set.',
    holds: (world, [id]) => ofLeader(world, (config) => isVoter(config, id as string)),
  },
  {
    pattern: 'SERVER is a learner',
    says: 'The leader’s configuration has it as a learner.',
    holds: (world, [id]) => ofLeader(world, (config) => config.learners.includes(id as string)),
  },
  {
    pattern: 'SERVER is no member',
    says: 'The leader’s configuration does not have it.',
    holds: (world, [id]) => ofLeader(world, (config) => !membersOf(config).includes(id as string)),
  },
  {
    pattern: 'the configuration is joint',
    says: 'The leader’s configuration has two sets of voters.',
    holds: (world) => ofLeader(world, ({ outgoing }) => outgoing.length > 0),
  },
  {
    pattern: 'the configuration is settled',
    says: 'The leader’s configuration is committed and not joint.',
    holds: (world) => {
      const leader = leaderState(world)
      const last = leader?.configs.at(-1)
      if (!leader || !last) return false
      return last.config === leader.config && last.index <= leader.commitIndex && last.config.outgoing.length === 0
    },
  },
  {
    pattern: 'SERVER has compacted NUMBER entries',
    says: 'At least so many entries are gone from its log, and a snapshot stands for them.',
    holds: (world, [id, count]) => (serverState(world, id as ProcessId)?.log.first ?? -1) >= Number(count),
  },
]

function leaderState(world: World<Raft>) {
  const leader = currentLeader(world)
  return leader === null ? null : serverState(world, leader)
}

function ofLeader(world: World<Raft>, holds: (config: ClusterConfig) => boolean): boolean {
  const leader = leaderState(world)
  return leader !== null && holds(leader.config)
}
