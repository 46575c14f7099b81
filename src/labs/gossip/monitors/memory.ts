import type { Event } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import type { ServerState } from '../state.ts'
import type { Gossip } from '../types.ts'

/** The process that an event has changed, and what it knows now; null where it knows nothing. */
export function changedBy(event: Event<Gossip>, world: World<Gossip>): { id: ProcessId; self: ServerState } | null {
  if (!('process' in event)) return null
  const self = world.state(event.process)
  return self === null ? null : { id: event.process, self }
}
