import type { ClientState, Operation, Outcome } from './client.ts'
import type { PingConfig } from './config.ts'
import type { Message } from './messages.ts'
import type { PingView } from './observe.ts'
import type { ServerState } from './server.ts'

/** The types of this lab, under one name. */
export type Ping = {
  config: PingConfig
  state: ServerState | ClientState
  durable: Stable
  message: Message
  timer: Timer
  operation: Operation
  outcome: Outcome
  action: Action
  note: Note
  view: PingView
}

/** What a client keeps on disk; a server keeps nothing. */
export interface Stable {
  readonly requests: number
}

/** A server pings at every `interval` and waits for `timeout`; a client gives up on its n-th request. */
export type Timer = 'interval' | 'timeout' | `giveUp ${number}`

/** A hand on a server: ping at once. */
export type Action = { readonly type: 'pingNow' }

/** Narration as data; `story.ts` has the words. */
export type Note =
  | { readonly type: 'answered'; readonly by: string; readonly took: number }
  | { readonly type: 'missed'; readonly by: string }
  | { readonly type: 'restored'; readonly requests: number }
