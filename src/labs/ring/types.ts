import type { ProcessId } from '../../kernel/types.ts'
import type { Operation, Outcome } from './client.ts'
import type { RingConfig } from './config.ts'
import type { Message, RequestId } from './messages.ts'
import type { RingLabView } from './observe.ts'
import type { ClientState, Durable, ServerState } from './state.ts'
import type { Dot, Version, VersionVector } from './store/versions.ts'

/** The types of this lab, under one name. */
export type Ring = {
  config: RingConfig
  state: ServerState | ClientState
  durable: Durable
  message: Message
  timer: Timer
  operation: Operation
  outcome: Outcome
  action: Action
  note: Note
  view: RingLabView
}

export type Timer =
  | 'gossip'
  | 'gossipAnswer'
  | 'handoff'
  | 'antiEntropy'
  /** Who joins or leaves lets the ring hear of it before its ranges move, and asks again for what has not come. */
  | 'settle'
  /** A replica has not answered, or nobody has. */
  | `replica ${RequestId}`
  | `request ${RequestId}`
  /** A client waits no longer. */
  | `patience ${string}`

/** A hand on a server. */
export type Action =
  | { readonly type: 'leave' }
  /** Takes a server that is down out of the ring, as an operator does. */
  | { readonly type: 'remove'; readonly server: ProcessId }
  /** Puts one of its tokens elsewhere on the circle. */
  | { readonly type: 'moveToken'; readonly token: number; readonly to: number }
  /** Compares its Merkle trees with this server's now. */
  | { readonly type: 'compareWith'; readonly server: ProcessId }

/** Narration as data; `story.ts` has the words. */
export type Note =
  | {
      readonly type: 'wrote'
      readonly key: string
      readonly version: Version
      /** What its client had seen. */
      readonly context: VersionVector
      readonly owners: readonly ProcessId[]
      readonly beside: number
      readonly strict: boolean
    }
  | { readonly type: 'passedOn'; readonly key: string; readonly to: ProcessId }
  | { readonly type: 'suspects'; readonly server: ProcessId }
  | { readonly type: 'keepsHint'; readonly key: string; readonly server: ProcessId }
  | { readonly type: 'handedBack'; readonly to: ProcessId; readonly keys: readonly string[] }
  /** Part of a range has arrived at the server that it moves to. */
  | { readonly type: 'streamed'; readonly to: ProcessId; readonly keys: readonly string[] }
  | { readonly type: 'repaired'; readonly key: string; readonly servers: readonly ProcessId[] }
  | { readonly type: 'healed'; readonly from: ProcessId; readonly keys: readonly string[] }
  /** A version went because the other had a later stamp, though neither client had seen the other's. */
  | { readonly type: 'overruled'; readonly key: string; readonly lost: Version; readonly by: Version }
  | { readonly type: 'joining' }
  | { readonly type: 'joined'; readonly keys: number }
  | { readonly type: 'waitsFor'; readonly servers: readonly ProcessId[] }
  | { readonly type: 'leaving' }
  | { readonly type: 'left' }
  | { readonly type: 'removed'; readonly server: ProcessId }
  | { readonly type: 'movedToken'; readonly from: number; readonly to: number }

export type { Dot }
