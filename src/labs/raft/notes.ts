import type { ProcessId } from '../../kernel/types.ts'

/** What a server says of itself while it happens: narration as data. */
export type Note =
  | { type: 'becameCandidate'; term: number }
  | { type: 'becameLeader'; term: number; votes: readonly ProcessId[] }
  | { type: 'steppedDown'; term: number; was: 'candidate' | 'leader'; because: ProcessId }
  | { type: 'voted'; term: number; candidate: ProcessId }
  | {
      type: 'refusedVote'
      term: number
      candidate: ProcessId
      why: 'alreadyVoted' | 'notUpToDate' | 'oldTerm'
      votedFor: ProcessId | null
    }
  | { type: 'committed'; term: number; index: number; entries: number }
  /** Entries that no majority held, overwritten by the leader's. */
  | {
      type: 'truncated'
      from: number
      entries: readonly { index: number; term: number; text: string; client: ProcessId }[]
      leader: ProcessId
      term: number
    }
  | { type: 'restored'; term: number; entries: number }
  /** A client that had no answer and asks the next server, with the same serial number. */
  | { type: 'askedAgain'; operation: string; text: string; from: ProcessId; to: ProcessId }
  /** A client that asked the wrong server and was told where to go. */
  | { type: 'redirected'; operation: string; from: ProcessId; to: ProcessId | null }
