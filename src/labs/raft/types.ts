import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { ClientState, Operation, Outcome } from './client.ts'
import type { ConfigRequest } from './conf-change.ts'
import type { RaftConfig } from './config.ts'
import type { Message } from './messages.ts'
import type { Note } from './notes.ts'
import type { JoinAs, ServerState, Stable } from './state.ts'
import type { RaftView } from './observe.ts'
import type { Command } from './store.ts'

export type Timer = 'election' | 'heartbeat' | 'transfer' | 'retry' | 'timeout' | 'join'

/** A hand on a server. */
export type Action =
  /** Hands a command straight to a leader, as a test or a script does. */
  | { type: 'propose'; command: Command; client: ProcessId; serial: number }
  /** Lets the election timer expire so much later, on the server's own clock, whatever it was set to. `so` says what for. */
  | { type: 'setElectionTimer'; after: Micros; so: 'aligned' | 'spread' }
  /** Campaigns now, as if its election timer had expired. */
  | { type: 'campaign' }
  /** A leader hands over to this follower. */
  | { type: 'transfer'; to: ProcessId }
  /** A change of the configuration, asked of a leader. */
  | ({ type: 'changeConfig' } & ConfigRequest)
  /** A server that is not in the configuration asks to be taken in. */
  | { type: 'askToJoin'; as: JoinAs }

/** The types of this lab, under one name. */
export type Raft = {
  config: RaftConfig
  state: ServerState | ClientState
  durable: Stable
  message: Message
  timer: Timer
  operation: Operation
  outcome: Outcome
  action: Action
  note: Note
  view: RaftView
}
