import { type Micros, SECOND } from '../../base/units.ts'
import type { World } from '../../kernel/types.ts'
import type { ServerState } from './state.ts'
import type { Gossip } from './types.ts'

/** In the last full second of a server's clock. */
export interface Sent {
  messages: number
  bytes: number
}

/** Per second, of the servers that run: the means, and the most bytes that one sends. */
export interface Traffic extends Sent {
  mostBytes: number
}

export function sentBy(state: ServerState, now: Micros): Sent {
  const { second, messagesNow, messagesBefore, bytesNow, bytesBefore } = state
  const since = Math.floor(now / SECOND) - second
  if (since === 0) return { messages: messagesBefore, bytes: bytesBefore }
  return since === 1 ? { messages: messagesNow, bytes: bytesNow } : { messages: 0, bytes: 0 }
}

export function trafficOf({ now }: World<Gossip>, states: readonly (ServerState | null)[]): Traffic {
  const traffic = { messages: 0, bytes: 0, mostBytes: 0 }
  let running = 0
  for (const state of states) {
    if (state === null || state.phase === 'left') continue
    const { messages, bytes } = sentBy(state, now)
    running++
    traffic.messages += messages
    traffic.bytes += bytes
    traffic.mostBytes = Math.max(traffic.mostBytes, bytes)
  }
  traffic.messages /= Math.max(1, running)
  traffic.bytes /= Math.max(1, running)
  return traffic
}
