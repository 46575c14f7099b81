import type { Env, ProcessId } from '../../kernel/types.ts'
import { isMajority } from './quorum.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'

/** What these functions ask of the world. */
type Place = Pick<Env<Raft>, 'config'>

/** Whether the servers of which `has` is true are a quorum: a majority of the voters, and of the outgoing ones if joint (thesis §4.3). */
export function hasQuorum(self: ServerState, env: Place, has: (id: ProcessId) => boolean): boolean {
  const { voters, outgoing } = self.config
  return majorityOf(voters, has, env) && (outgoing.length === 0 || majorityOf(outgoing, has, env))
}

/** The highest value that a quorum has reached; −Infinity for no voters. */
export function quorumValue(self: ServerState, env: Place, valueOf: (id: ProcessId) => number): number {
  const { voters, outgoing } = self.config
  let best = Number.NEGATIVE_INFINITY
  for (const set of [voters, outgoing]) {
    for (const id of set) {
      const value = valueOf(id)
      if (value > best && hasQuorum(self, env, (other) => valueOf(other) >= value)) best = value
    }
  }
  return best
}

/** Who is asked for a vote: the voters of both sets, each once. */
export function votersOf({ config: { voters, outgoing } }: ServerState): readonly ProcessId[] {
  return outgoing.length === 0 ? voters : [...voters, ...outgoing.filter((id) => !voters.includes(id))]
}

function majorityOf(ids: readonly ProcessId[], has: (id: ProcessId) => boolean, env: Place): boolean {
  let count = 0
  for (const id of ids) if (has(id)) count++
  return env.config.mistakes.halfQuorum ? count * 2 >= ids.length : isMajority(count, ids.length)
}
