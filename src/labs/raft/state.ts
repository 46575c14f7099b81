import type { Micros } from '../../base/units.ts'
import type { ProcessId, WriteId } from '../../kernel/types.ts'
import type { ClusterConfig } from './conf-change.ts'
import { type PlacedConfig, placedConfigs } from './config-entry.ts'
import { EntryLog } from './entry.ts'
import { copyProgress, type Progress } from './progress.ts'
import type { ParkedRead, PendingRead } from './reads.ts'
import { decode, type PartialSnapshot, type Snapshot } from './snapshot-value.ts'
import { copyStore, emptyStore, type Store } from './store.ts'

export type JoinAs = 'voter' | 'learner'
export type Role = 'follower' | 'preCandidate' | 'candidate' | 'leader'

/** What a server keeps on disk (Figure 2, “persistent state”). A value. */
export interface Stable {
  readonly currentTerm: number
  readonly votedFor: ProcessId | null
  readonly log: EntryLog
  readonly snapshot: Snapshot | null
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
  /** The last snapshot, its own or one that was sent to it … */
  snapshot: Snapshot | null
  /** … what has come of one that is being sent … */
  arriving: PartialSnapshot | null
  /** … and up to where the log shrinks when this write is synced. */
  compaction: { readonly write: WriteId; readonly upTo: number } | null
  /** The configuration that this server goes by … */
  config: ClusterConfig
  /** … and all of its log, the one before its first entry first. Replaced, never changed. */
  configs: readonly PlacedConfig[]
  /** Whom this server takes for the leader of its term. */
  leaderId: ProcessId | null
  /** As a candidate, or before as a pre-candidate: who granted and who refused. */
  votesGranted: ProcessId[]
  votesRefused: ProcessId[]
  /** The write that holds the candidate's own vote; it counts when it is synced. */
  ownVote: WriteId
  /** As a leader, for each other server that it replicates to: nextIndex, matchIndex and what is under way. */
  progress: Map<ProcessId, Progress>
  /** As a leader: learners that become voters when they have caught up. Replaced, never changed. */
  promoting: readonly ProcessId[]
  /** As a leader: the configuration may ask for something once it is committed … */
  unsettled: boolean
  /** … and the last of which it is known that it is. */
  settledConfig: number
  /** As a server that wants to take part: as what. */
  joining: JoinAs | null
  /** As a leader: how far its own disk has come … */
  syncedIndex: number
  /** … and what is still to be synced. */
  writing: { write: WriteId; lastIndex: number }[]
  /** As a leader: the last request of each client that it has put in its log in this term. */
  proposed: Map<ProcessId, number>
  /** Until when, on its own clock, it wants no other leader than the one that it heard from (thesis §4.2.3). */
  leaderCurrentUntil: Micros
  /** The last round that it began as a leader or pre-candidate: its own clock, and never the same twice. */
  round: Micros
  /** As a leader: since when, on its own clock … */
  ledSince: Micros
  /** … and where its no-op stands: what is committed from there on is of its own term. */
  noopIndex: number
  /** As a leader: the latest round that each follower has answered. */
  answered: Record<ProcessId, Micros>
  /** The last request of each client that this server has to answer when it is applied. */
  owed: Map<ProcessId, number>
  /** As a leader: reads that wait for a round or for the first commit of the term. A value. */
  reads: readonly PendingRead[]
  /** As a follower: reads that it will answer itself. A value. */
  parked: readonly ParkedRead[]
  /** As a leader: to whom it hands over. */
  transfer: ProcessId | null
  /** Whether that server has been told … */
  timeoutNowSent: boolean
  /** … and whether any has in this term: then no lease holds any more. */
  leaseVoid: boolean
}

/** What a server knows when it starts: what its disk kept, and the configuration that the cluster began with. */
export function freshState(stable: Stable | null, first: ClusterConfig): ServerState {
  const snapshot = stable?.snapshot ?? null
  const { store, config } = snapshot === null ? { store: emptyStore(), config: first } : decode(snapshot.data)
  const index = snapshot?.index ?? 0
  const configs = placedConfigs(stable?.log ?? null, { index, config })
  return makeState({
    kind: 'server',
    role: 'follower',
    currentTerm: stable?.currentTerm ?? 0,
    votedFor: stable?.votedFor ?? null,
    log: stable?.log.copy() ?? new EntryLog(),
    commitIndex: index,
    lastApplied: index,
    store,
    snapshot,
    arriving: null,
    compaction: null,
    config: (configs.at(-1) as PlacedConfig).config,
    configs,
    leaderId: null,
    votesGranted: [],
    votesRefused: [],
    ownVote: 0,
    progress: new Map(),
    promoting: [],
    unsettled: false,
    settledConfig: 0,
    joining: null,
    syncedIndex: 0,
    writing: [],
    proposed: new Map(),
    leaderCurrentUntil: 0,
    round: 0,
    ledSince: 0,
    noopIndex: 0,
    answered: {},
    owed: new Map(),
    reads: [],
    parked: [],
    transfer: null,
    timeoutNowSent: false,
    leaseVoid: false,
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
  copy.answered = { ...self.answered }
  copy.owed = new Map(self.owed)
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
    snapshot: of.snapshot,
    arriving: of.arriving,
    compaction: of.compaction,
    config: of.config,
    configs: of.configs,
    leaderId: of.leaderId,
    votesGranted: of.votesGranted,
    votesRefused: of.votesRefused,
    ownVote: of.ownVote,
    progress: of.progress,
    promoting: of.promoting,
    unsettled: of.unsettled,
    settledConfig: of.settledConfig,
    joining: of.joining,
    syncedIndex: of.syncedIndex,
    writing: of.writing,
    proposed: of.proposed,
    leaderCurrentUntil: of.leaderCurrentUntil,
    round: of.round,
    ledSince: of.ledSince,
    noopIndex: of.noopIndex,
    answered: of.answered,
    owed: of.owed,
    reads: of.reads,
    parked: of.parked,
    transfer: of.transfer,
    timeoutNowSent: of.timeoutNowSent,
    leaseVoid: of.leaseVoid,
  }
}

export function stableOf(self: ServerState): Stable {
  const { currentTerm, votedFor, snapshot } = self
  return { currentTerm, votedFor, log: self.log.copy(), snapshot }
}
