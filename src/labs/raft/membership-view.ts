import type { ProcessId, World } from '../../kernel/types.ts'
import type { ClusterConfig, ConfigChange, ConfigRequest } from './conf-change.ts'
import type { PlacedConfig } from './config-entry.ts'
import { changeRefusal } from './membership.ts'
import type { ServerState } from './state.ts'
import { transferRefusal } from './transfer.ts'
import type { Raft } from './types.ts'

/** What can be asked of a leader now about who takes part: for each deed why not, in words, or null. */
export interface MembershipView {
  leader: ProcessId
  /** The latest configuration of its log, which a change starts from. */
  config: ClusterConfig
  /** Who is told of as a learner that becomes a voter once it has caught up. */
  promoting: readonly ProcessId[]
  servers: Readonly<Record<ProcessId, Refusals>>
  /** Any joint change; which servers it names is seen when it is asked for. */
  enterJoint: string | null
  leaveJoint: string | null
}

export interface Refusals extends Readonly<Record<ConfigChange['type'], string | null>> {
  /** Hands the leadership to this server. */
  readonly transfer: string | null
}

/** Asks the leader's own rules (`membership.ts`, `transfer.ts`), as the command itself will. */
export function membershipOf(world: World<Raft>, leader: ProcessId, state: ServerState): MembershipView {
  const place = { self: leader, config: world.configOf(leader), peers: (role: string) => world.ids(role) }
  const why = (request: ConfigRequest): string | null => changeRefusal(state, request, place)
  const one = (type: ConfigChange['type'], id: ProcessId) => why({ op: 'simple', changes: [{ type, id }] })
  return {
    leader,
    config: (state.configs.at(-1) as PlacedConfig).config,
    promoting: state.promoting,
    servers: Object.fromEntries(
      world.ids('server').map((id) => [
        id,
        {
          addVoter: one('addVoter', id),
          addLearner: one('addLearner', id),
          remove: one('remove', id),
          transfer: transferRefusal(state, id),
        },
      ]),
    ),
    enterJoint: why({ op: 'enterJoint', changes: [] }),
    leaveJoint: why({ op: 'leaveJoint' }),
  }
}
