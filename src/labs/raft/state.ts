import type { ProcessId, WriteId } from '../../kernel/types.ts'
import { EntryLog } from './entry.ts'
import { copyProgress, type Progress } from './progress.ts'
import { copyStore, emptyStore, type Store } from './store.ts'

export type Role = 'follower' | 'candidate' | 'leader'

/** What a server keeps on disk (Figure 2, “persistent state”). A value. */
export interface Stable {
  readonly currentTerm: number
  readonly votedFor: ProcessId | null
  readonly log: EntryLog
}

/** A server's memory: Figure 2, field by field, and what the optimisations need. */
export interface ServerState {
  kind: 'server'
  role: Role
  currentTerm: number
  votedFor: ProcessId | null
  log: EntryLog
  commitIndex: number
  lastApplied: number
  store: Store
  /** Whom this server takes for the leader of its term. */
  leaderId: ProcessId | null
  /** As a candidate: who granted and who refused. */
  votesGranted: ProcessId[]
  votesRefused: ProcessId[]
  /** The write that holds the candidate's own vote; it counts when it is synced. */
  ownVote: WriteId
  /** As a leader, for each other server that it replicates to: nextIndex, matchIndex and what is under way. */
  progress: Map<ProcessId, Progress>
  /** As a leader: how far its own disk has come … */
  syncedIndex: number
  /** … and what is still to be synced. */
  writing: { write: WriteId; lastIndex: number }[]
  /** As a leader: the last request of each client that it has put in its log in this term. */
  proposed: Map<ProcessId, number>
}

export function freshState(stable: Stable | null): ServerState {
  return makeState({
    kind: 'server',
    role: 'follower',
    currentTerm: stable?.currentTerm ?? 0,
    votedFor: stable?.votedFor ?? null,
    log: stable?.log.copy() ?? new EntryLog(),
    commitIndex: 0,
    lastApplied: 0,
    store: emptyStore(),
    leaderId: null,
    votesGranted: [],
    votesRefused: [],
    ownVote: 0,
    progress: new Map(),
    syncedIndex: 0,
    writing: [],
    proposed: new Map(),
  })
}

export function copyState(self: ServerState): ServerState {
  const copy = makeState(self)
  copy.log = self.log.copy()
  copy.store = copyStore(self.store)
  copy.votesGranted = self.votesGranted.slice()
  copy.votesRefused = self.votesRefused.slice()
  copy.progress = copyProgress(self.progress)
  copy.writing = self.writing.slice()
  copy.proposed = new Map(self.proposed)
  return copy
}

/** New or copied, a state is made here: objects of one layout are the quickest to use. */
function makeState(of: ServerState): ServerState {
  return {
    kind: of.kind,
    role: of.role,
    currentTerm: of.currentTerm,
    votedFor: of.votedFor,
    log: of.log,
    commitIndex: of.commitIndex,
    lastApplied: of.lastApplied,
    store: of.store,
    leaderId: of.leaderId,
    votesGranted: of.votesGranted,
    votesRefused: of.votesRefused,
    ownVote: of.ownVote,
    progress: of.progress,
    syncedIndex: of.syncedIndex,
    writing: of.writing,
    proposed: of.proposed,
  }
}

export function stableOf(self: ServerState): Stable {
  return { currentTerm: self.currentTerm, votedFor: self.votedFor, log: self.log.copy() }
}
