import type { Env, ProcessId } from '../../kernel/types.ts'
import type { ServerState } from './state.ts'
import type { Item } from './store/shelf.ts'
import type { Ring } from './types.ts'

/** Sends items in parcels of a few keys, the next when the last has been kept. */
export function dispatch(
  self: ServerState,
  to: ProcessId,
  all: readonly Item[],
  hintFor: ProcessId | null,
  env: Env<Ring>,
): void {
  const batch = all.slice(0, env.config.streamBatch)
  const rest = all.slice(env.config.streamBatch)
  const request = `${self.life}-${++self.requests}`
  self.parcels.set(request, { to, items: batch, rest, hintFor, sentAt: env.elapsed() })
  env.send(to, { type: 'HandOff', request, items: batch, last: rest.length === 0 }, { channel: 'stream' })
}
