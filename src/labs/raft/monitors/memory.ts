import type { Event } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { isMajority } from '../quorum.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'

/** A server and what it knows. */
export interface Actor {
  id: ProcessId
  state: ServerState
}

/** What the process knows now whose handler has just run; null if it is no server, or down. */
export function stateAfter(event: Event<Raft>, world: World<Raft>): ServerState | null {
  const state = 'process' in event ? world.state(event.process) : null
  return state !== null && state.kind === 'server' ? state : null
}

/** The server whose handler has just run and what it knows now; null for a client's event or a server that is down. */
export function actor(event: Event<Raft>, world: World<Raft>): Actor | null {
  if (event !== asked.event || world !== asked.world) {
    asked.event = event
    asked.world = world
    asked.actor = find(event, world)
  }
  return asked.actor
}

function find(event: Event<Raft>, world: World<Raft>): Actor | null {
  const state = stateAfter(event, world)
  return state !== null && 'process' in event ? { id: event.process, state } : null
}

/** Whether the servers of which `has` is true are a majority of the voters, and of the outgoing ones if there are any. */
export function isQuorum({ config }: Pick<ServerState, 'config'>, has: (id: ProcessId) => boolean): boolean {
  const { voters, outgoing } = config
  if (!isMajority(voters.filter(has).length, voters.length)) return false
  return outgoing.length === 0 || isMajority(outgoing.filter(has).length, outgoing.length)
}

/** All monitors ask of the same event one after the other: the answer is found once. */
const asked: { event: Event<Raft> | null; world: World<Raft> | null; actor: Actor | null } = {
  event: null,
  world: null,
  actor: null,
}
