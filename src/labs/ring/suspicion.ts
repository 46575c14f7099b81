import type { Env, ProcessId } from '../../kernel/types.ts'
import type { ServerState } from './state.ts'
import type { Ring } from './types.ts'

/**
 * A local notion of failure (Dynamo §4.8.3): a server counts as unreachable for whoever it did not answer, for a while.
 * Nobody is told, and the next answer ends it.
 */
export function suspect(self: ServerState, server: ProcessId, env: Env<Ring>): void {
  if (!isSuspected(self, server, env)) env.note({ type: 'suspects', server })
  self.suspects.set(server, env.elapsed() + env.config.suspectFor)
}

export function clear(self: ServerState, server: ProcessId): void {
  self.suspects.delete(server)
}

export const isSuspected = (self: ServerState, server: ProcessId, env: Env<Ring>): boolean =>
  (self.suspects.get(server) ?? -1) > env.elapsed()
