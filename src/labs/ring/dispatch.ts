import type { Env, ProcessId } from '../../kernel/types.ts'
import type { Errand, ServerState } from './state.ts'
import type { Item } from './store/shelf.ts'
import type { Ring } from './types.ts'

/** Sends items in parcels of a few keys, the next when the last has been kept. */
export function dispatch(self: ServerState, to: ProcessId, all: readonly Item[], errand: Errand, env: Env<Ring>): void {
  const items = all.slice(0, env.config.streamBatch)
  const rest = all.slice(env.config.streamBatch)
  const request = `${self.life}-${++self.requests}`
  self.parcels.set(request, { to, items, rest, errand, sentAt: env.elapsed() })
  env.send(to, { type: 'HandOff', request, why: errand.why, items, last: rest.length === 0 }, { channel: 'stream' })
}
