import type { Env, ProcessId } from '../../kernel/types.ts'
import { onConfigRestored } from './configuration.ts'
import { heardFromLeader } from './contact.ts'
import { lastIndex, termAt } from './entry.ts'
import type { InstallSnapshot, InstallSnapshotReply } from './messages.ts'
import { acknowledge } from './progress.ts'
import { advanceCommit, applyCommitted, sendAll } from './replication.ts'
import { becomeFollower, resetElectionTimer, wordOf } from './role.ts'
import { decode, type PartialSnapshot, type Snapshot } from './snapshot-value.ts'
import { sendChunk } from './snapshot.ts'
import { type ServerState, stableOf } from './state.ts'
import type { Raft } from './types.ts'

/** A chunk of the leader's snapshot (paper Figure 13). The answer says how much has come, or that all of it is on disk. */
export function onInstallSnapshot(self: ServerState, from: ProcessId, chunk: InstallSnapshot, env: Env<Raft>): void {
  if (chunk.term < self.currentTerm) return reply(self, from, chunk, 0, 0, env)
  becomeFollower(self, from, env)
  self.leaderId = chunk.leaderId
  heardFromLeader(self, env)
  resetElectionTimer(env, wordOf(self.leaderId))
  if (chunk.lastIncludedIndex <= self.commitIndex) {
    self.arriving = null
    return reply(self, from, chunk, 0, self.commitIndex, env)
  }
  self.arriving = withChunk(self.arriving, from, chunk)
  const { arriving } = self
  if (!chunk.done || arriving.data.length !== chunk.offset + chunk.data.length)
    return reply(self, from, chunk, arriving.data.length, 0, env)
  self.arriving = null
  install(self, arriving, from, env)
  reply(self, from, chunk, arriving.data.length, arriving.index, env)
}

/** Another chunk is wanted, or the follower has it all and takes entries again. */
export function onInstallSnapshotReply(
  self: ServerState,
  from: ProcessId,
  { term, lastIncludedIndex, offset, matchIndex }: InstallSnapshotReply,
  env: Env<Raft>,
): void {
  const progress = self.progress.get(from)
  if (self.role !== 'leader' || term !== self.currentTerm || progress === undefined) return
  if (matchIndex > 0) {
    if (acknowledge(progress, matchIndex)) advanceCommit(self, matchIndex, env)
    sendAll(self, from, progress, env)
  } else if (progress.snapshot?.index === lastIncludedIndex && progress.snapshotOffset !== offset) {
    progress.snapshotOffset = offset
    sendChunk(self, from, progress, env)
  }
}

/** A log that holds the snapshot's last entry keeps all (step 6): it only learns that so much is committed. */
function install(self: ServerState, snapshot: Snapshot, from: ProcessId, env: Env<Raft>): void {
  const { index, term } = snapshot
  if (index <= lastIndex(self.log) && termAt(self.log, index) === term) {
    self.commitIndex = index
    return applyCommitted(self, env)
  }
  const { data } = snapshot
  const { store, config } = decode(data)
  env.note({ type: 'installedSnapshot', index, term, from, dropped: Math.max(0, lastIndex(self.log) - self.log.first) })
  self.log.beginBehind(index, term)
  self.snapshot = { index, term, data }
  self.compaction = null
  self.store = store
  self.commitIndex = index
  self.lastApplied = index
  onConfigRestored(self, { index, config }, env)
  env.persist(stableOf(self))
}

/** With this chunk at its end, if it follows on; what does not fit is left, and the leader hears where to go on. */
function withChunk(before: PartialSnapshot | null, from: ProcessId, chunk: InstallSnapshot): PartialSnapshot {
  const { lastIncludedIndex: index, lastIncludedTerm: term, offset, data } = chunk
  const goesOn = before?.from === from && before.index === index && before.term === term
  const arriving = goesOn ? before : { from, index, term, data: '' }
  return offset === arriving.data.length ? { ...arriving, data: arriving.data + data } : arriving
}

function reply(
  self: ServerState,
  to: ProcessId,
  { lastIncludedIndex, round }: InstallSnapshot,
  offset: number,
  matchIndex: number,
  env: Env<Raft>,
): void {
  const { currentTerm: term } = self
  env.send(to, { type: 'InstallSnapshotReply', term, lastIncludedIndex, offset, matchIndex, round })
}
