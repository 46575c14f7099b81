import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { GossipConfig } from './config.ts'
import type { Message } from './messages.ts'
import type { GossipView } from './observe.ts'
import type { Standing } from './roster.ts'
import type { ServerState } from './state.ts'

/** The types of this lab, under one name. */
export type Gossip = {
  config: GossipConfig
  state: ServerState
  /** Nothing is on disk: a server that comes back knows its name and its seeds. */
  durable: { readonly nothing?: never }
  message: Message
  timer: Timer
  operation: Operation
  outcome: Outcome
  action: Action
  note: Note
  view: GossipView
}

export type Timer =
  | 'probe'
  | 'gossip'
  | 'pushPull'
  | 'join'
  | 'leave'
  | 'reconnect'
  | 'rumour'
  | `suspect ${ProcessId}`
  | `relay ${number}`

/** A user's event, told to one server, which spreads it. */
export interface Operation {
  readonly type: 'tell'
  readonly rumour: string
}
export interface Outcome {
  readonly type: 'told' | 'known'
}

/** A hand on a server. */
export type Action =
  | { readonly type: 'tell'; readonly rumour: string }
  | { readonly type: 'leave' }
  /** Exchanges all it knows with its seeds, or with one server; one that has left comes back. */
  | { readonly type: 'join'; readonly via?: ProcessId }
  | { readonly type: 'probeNow' }

/** Narration as data; `story.ts` has the words. */
export type Note =
  /** A probe of its own came to nothing: how many it asked for help, and how many of them said that they tried. */
  | {
      readonly type: 'probeFailed'
      readonly node: ProcessId
      readonly helpers: number
      readonly nacks: number
      readonly score: number
    }
  /** It suspects `node`, by a probe of its own (`by` is itself) or by what it heard. */
  | { readonly type: 'suspects'; readonly node: ProcessId; readonly incarnation: number; readonly by: ProcessId }
  | { readonly type: 'confirms'; readonly node: ProcessId; readonly by: ProcessId; readonly confirmations: number }
  /** Its own patience with a suspect is over. */
  | {
      readonly type: 'declares'
      readonly node: ProcessId
      readonly incarnation: number
      readonly confirmations: number
      /** When it began to suspect it, on its own clock. */
      readonly since: Micros
    }
  /** What it now believes of `node`, and what it believed before. */
  | {
      readonly type: 'believes'
      readonly node: ProcessId
      readonly standing: Standing
      readonly incarnation: number
      readonly before: Standing | 'unknown'
    }
  | {
      readonly type: 'refutes'
      readonly incarnation: number
      readonly accused: 'suspect' | 'dead' | 'alive'
      readonly by: ProcessId
    }
  | { readonly type: 'forgets'; readonly nodes: readonly ProcessId[] }
  | { readonly type: 'joins'; readonly seeds: readonly ProcessId[] }
  | { readonly type: 'joined'; readonly via: ProcessId; readonly known: number }
  | { readonly type: 'reconnects'; readonly to: ProcessId }
  | { readonly type: 'leaves' }
  | { readonly type: 'gone' }
  | { readonly type: 'tells'; readonly rumour: string }
  | { readonly type: 'hears'; readonly rumour: string; readonly from: ProcessId }
  | { readonly type: 'losesInterest'; readonly rumour: string }
