import type { Env, ProcessId } from '../../kernel/types.ts'
import { isMajority } from './quorum.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'

/** What these functions ask of the world. */
type Place = Pick<Env<Raft>, 'peers' | 'config'>

/** Whether the servers of which `has` is true are a quorum of those that count for this server. */
export function hasQuorum(_self: ServerState, env: Place, has: (id: ProcessId) => boolean): boolean {
  const servers = env.peers('server')
  let count = 0
  for (const id of servers) if (has(id)) count++
  return env.config.mistakes.halfQuorum ? count * 2 >= servers.length : isMajority(count, servers.length)
}

/** The highest value that a quorum has reached. */
export function quorumValue(self: ServerState, env: Place, valueOf: (id: ProcessId) => number): number {
  const values = env.peers('server').map(valueOf)
  let best = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > best && hasQuorum(self, env, (id) => valueOf(id) >= value)) best = value
  return best
}
