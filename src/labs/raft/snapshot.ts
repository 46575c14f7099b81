import type { Env, ProcessId, WriteId } from '../../kernel/types.ts'
import type { PlacedConfig } from './config-entry.ts'
import { lastIndex, termAt } from './entry.ts'
import type { InstallSnapshot } from './messages.ts'
import { becomeSnapshot, type Progress } from './progress.ts'
import { encode } from './snapshot-value.ts'
import { type ServerState, stableOf } from './state.ts'
import type { Raft } from './types.ts'

/** Takes a snapshot when so many entries were applied since the last one. Its log shrinks when the disk has it. */
export function takeSnapshotIfDue(self: ServerState, env: Env<Raft>): void {
  const { snapshotThreshold, trailingEntries } = env.config
  const index = self.lastApplied
  if (snapshotThreshold === 0 || index - (self.snapshot?.index ?? 0) < snapshotThreshold) return
  const term = termAt(self.log, index)
  if (term === 0 || self.compaction !== null) return
  const configs = self.configs.filter((placed) => placed.index <= index)
  const { config } = configs.at(-1) as PlacedConfig
  self.snapshot = { index, term, data: encode(self.store, config) }
  self.configs = self.configs.slice(configs.length - 1)
  const write = env.persist(stableOf(self))
  self.compaction = { write, upTo: index - trailingEntries }
  env.note({ type: 'tookSnapshot', index, term, bytes: self.snapshot.data.length })
}

/**
 * The snapshot is on disk: now the entries in it may go, but for those that are kept for slow followers. A log that ends
 * before them has lost applied entries meanwhile, as only a mistake allows; then all of it may go.
 */
export function compactIfSynced(self: ServerState, write: WriteId): void {
  if (self.compaction === null || write < self.compaction.write) return
  self.log.compact(Math.min(self.compaction.upTo, lastIndex(self.log)))
  self.compaction = null
}

/** Begins to send the snapshot, since the entries that the follower lacks are gone. */
export function beginSnapshot(self: ServerState, to: ProcessId, progress: Progress, env: Env<Raft>): void {
  if (self.snapshot === null) return
  becomeSnapshot(progress, self.snapshot)
  env.note({ type: 'sendsSnapshot', to, index: self.snapshot.index, bytes: self.snapshot.data.length })
  sendChunk(self, to, progress, env)
}

/** The chunk that the follower lacks next (paper Figure 13); one at a time. */
export function sendChunk(self: ServerState, to: ProcessId, progress: Progress, env: Env<Raft>): void {
  progress.paused = true
  sendPart(self, to, progress, env.config.snapshotChunkBytes, env)
}

/** A heartbeat: one without data while the answer to a chunk may still come, and then the chunk again. */
export function sendChunkAgain(self: ServerState, to: ProcessId, progress: Progress, env: Env<Raft>): void {
  sendPart(self, to, progress, progress.paused ? 0 : env.config.snapshotChunkBytes, env)
  progress.paused = !progress.paused
}

function sendPart(self: ServerState, to: ProcessId, progress: Progress, bytes: number, env: Env<Raft>): void {
  const { snapshot, snapshotOffset: offset } = progress
  if (snapshot === null) return
  const data = snapshot.data.slice(offset, offset + bytes)
  const chunk: InstallSnapshot = {
    type: 'InstallSnapshot',
    term: self.currentTerm,
    leaderId: env.self,
    lastIncludedIndex: snapshot.index,
    lastIncludedTerm: snapshot.term,
    offset,
    data,
    done: bytes > 0 && offset + data.length >= snapshot.data.length,
    round: self.round,
  }
  env.send(to, chunk, { beforeSync: env.config.leaderSendsBeforeSync })
}
