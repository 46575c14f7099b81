import type { Event } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'

/** The server whose handler has just run and what it knows now; null for a client's event or a server that is down. */
export function actor(event: Event<Raft>, world: World<Raft>): { id: ProcessId; state: ServerState } | null {
  if (!('process' in event)) return null
  const state = world.state(event.process)
  return state !== null && state.kind === 'server' ? { id: event.process, state } : null
}
