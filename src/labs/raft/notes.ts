import type { ProcessId } from '../../kernel/types.ts'
import type { ClusterConfig, ConfigChange } from './conf-change.ts'
import type { ConfigCommand } from './config-entry.ts'
import type { JoinAs, Role } from './state.ts'

/** Why a vote or a pre-vote is refused. */
export type Why = 'alreadyVoted' | 'notUpToDate' | 'oldTerm' | 'leaderCurrent'

/** What a server says of itself while it happens: narration as data. */
export type Note =
  /** It timed out and asks whether it could win this term (pre-vote). */
  | { type: 'becamePreCandidate'; term: number }
  | { type: 'becameCandidate'; term: number; after: 'timeout' | 'preVotes' | 'transfer' }
  | { type: 'becameLeader'; term: number; votes: readonly ProcessId[] }
  /** Because of a server in a later term or one that leads; of itself, when it has lost touch with a majority. */
  | { type: 'steppedDown'; term: number; was: Exclude<Role, 'follower'>; because: ProcessId | null }
  | { type: 'voted'; term: number; candidate: ProcessId }
  | {
      type: 'refusedVote'
      term: number
      candidate: ProcessId
      why: Why
      votedFor: ProcessId | null
      /** Asked for a pre-vote. */
      pre: boolean
    }
  | { type: 'transferBegun' | 'transferAborted'; term: number; to: ProcessId }
  /** A request that a server passed on to the leader. */
  | { type: 'forwarded'; client: ProcessId; to: ProcessId }
  | { type: 'committed'; term: number; index: number; entries: number }
  /** Entries that no majority held, overwritten by the leader's. */
  | {
      type: 'truncated'
      from: number
      entries: readonly { index: number; term: number; text: string; client: ProcessId }[]
      leader: ProcessId
      term: number
    }
  /** A leader has logged a change of the configuration. */
  | {
      type: 'configProposed'
      term: number
      index: number
      op: ConfigCommand['op']
      changes: readonly ConfigChange[]
      config: ClusterConfig
    }
  | { type: 'configCommitted'; term: number; index: number; config: ClusterConfig }
  /** This server goes by another configuration from now on. */
  | { type: 'configInEffect'; term: number; config: ClusterConfig }
  | { type: 'asksToJoin'; as: JoinAs }
  /** A snapshot takes the place of the entries up to `index`. */
  | { type: 'tookSnapshot'; index: number; term: number; bytes: number }
  | { type: 'sendsSnapshot'; to: ProcessId; index: number; bytes: number }
  | { type: 'installedSnapshot'; index: number; term: number; from: ProcessId; dropped: number }
  | { type: 'restored'; term: number; entries: number; snapshot: number }
  /** A client that had no answer and asks the next server, with the same serial number. */
  | { type: 'askedAgain'; operation: string; text: string; from: ProcessId; to: ProcessId }
  /** A client that asked the wrong server and was told where to go. */
  | { type: 'redirected'; operation: string; from: ProcessId; to: ProcessId | null }
