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
  const value = majorityValue(voters, env, valueOf)
  return outgoing.length === 0 ? value : Math.min(value, majorityValue(outgoing, env, valueOf))
}

/** Who is asked for a vote: the voters of both sets, each once. */
export function votersOf({ config: { voters, outgoing } }: ServerState): readonly ProcessId[] {
  return outgoing.length === 0 ? voters : [...voters, ...outgoing.filter((id) => !voters.includes(id))]
}

function majorityValue(ids: readonly ProcessId[], env: Place, valueOf: (id: ProcessId) => number): number {
  let best = Number.NEGATIVE_INFINITY
  for (const id of ids) {
    const value = valueOf(id)
    if (value <= best) continue
    let count = 0
    for (const other of ids) if (valueOf(other) >= value) count++
    if (isEnough(count, ids.length, env)) best = value
  }
  return best
}

const isEnough = (count: number, of: number, { config }: Place): boolean =>
  config.mistakes.halfQuorum ? count * 2 >= of : isMajority(count, of)

function majorityOf(ids: readonly ProcessId[], has: (id: ProcessId) => boolean, env: Place): boolean {
  let count = 0
  for (const id of ids) if (has(id)) count++
  return isEnough(count, ids.length, env)
}
