import type { Env, ProcessId, WriteId } from '../../kernel/types.ts'
import { conflictIn, nextAfter } from './backtracking.ts'
import { type Entry, entryAt, type EntryLog, lastIndex, termAt } from './entry.ts'
import { goByConfig, onConfigLogged, onConfigsCut } from './configuration.ts'
import type { AppendEntries, AppendEntriesReply } from './messages.ts'
import { acknowledge, maySend, type Progress, reject, sent } from './progress.ts'
import { answerApplied } from './answers.ts'
import { heardFromLeader, nextRound } from './contact.ts'
import { becomeFollower, resetElectionTimer, wordOf } from './role.ts'
import { beginSnapshot, sendChunkAgain, takeSnapshotIfDue } from './snapshot.ts'
import { type ServerState, stableOf } from './state.ts'
import { apply, commandText } from './store.ts'
import type { Raft } from './types.ts'
import { hasQuorum } from './voters.ts'

/** Puts an entry at the end of a leader's own log. */
export function append(self: ServerState, entry: Entry, env: Env<Raft>): void {
  self.log.append(entry)
  const write = env.persist(stableOf(self))
  self.writing.push({ write, lastIndex: entry.index })
}

/** A leader's own disk has come so far; now it may count itself (thesis §10.2.1). */
export function onLeaderSync(self: ServerState, write: WriteId, env: Env<Raft>): void {
  const { writing } = self
  let done = 0
  while (done < writing.length && (writing[done] as { write: WriteId }).write <= write) done++
  if (done === 0) return
  self.syncedIndex = (writing[done - 1] as { lastIndex: number }).lastIndex
  self.writing = writing.slice(done)
  advanceCommit(self, self.syncedIndex, env)
}

/** To each follower what it lacks, as far as its window allows. The next heartbeat is put off if all have heard. */
export function broadcastEntries(self: ServerState, env: Env<Raft>): void {
  nextRound(self, env)
  let all = true
  for (const [peer, progress] of self.progress) if (!sendEntries(self, peer, progress, env)) all = false
  if (all) env.setTimer('heartbeat', env.config.heartbeatInterval)
}

/** To each follower what it lacks, or a message without entries; and the same again after an interval. */
export function broadcastHeartbeat(self: ServerState, env: Env<Raft>): void {
  nextRound(self, env)
  for (const [peer, progress] of self.progress) sendHeartbeat(self, peer, progress, env)
  env.setTimer('heartbeat', env.config.heartbeatInterval)
}

/** Sends from `nextIndex` on, unless the follower has to answer first. Whether anything was sent. */
function sendEntries(self: ServerState, to: ProcessId, progress: Progress, env: Env<Raft>): boolean {
  if (!maySend(progress, env.config.maxInFlight)) return false
  if (progress.next <= self.log.first) beginSnapshot(self, to, progress, env)
  else transmit(self, to, progress, batchEnd(self.log, progress.next, env), env)
  return true
}

/** A heartbeat goes out whatever the window, and lets a probe that was not answered be sent again. */
function sendHeartbeat(self: ServerState, to: ProcessId, progress: Progress, env: Env<Raft>): void {
  if (progress.mode === 'snapshot') return sendChunkAgain(self, to, progress, env)
  progress.paused = false
  if (progress.next <= self.log.first) beginSnapshot(self, to, progress, env)
  else if (!sendEntries(self, to, progress, env)) transmit(self, to, progress, progress.next - 1, env)
}

/** All that the window allows, in as many messages as it takes. */
export function sendAll(self: ServerState, to: ProcessId, progress: Progress, env: Env<Raft>): void {
  while (progress.next <= lastIndex(self.log) && sendEntries(self, to, progress, env));
}

function transmit(self: ServerState, to: ProcessId, progress: Progress, until: number, env: Env<Raft>): void {
  const prevLogIndex = progress.next - 1
  const request: AppendEntries = {
    type: 'AppendEntries',
    term: self.currentTerm,
    leaderId: env.self,
    prevLogIndex,
    prevLogTerm: termAt(self.log, prevLogIndex),
    entries: until > prevLogIndex ? self.log.slice(prevLogIndex, until) : NO_ENTRIES,
    leaderCommit: self.commitIndex,
    round: self.round,
  }
  sent(progress, until)
  env.send(to, request, env.config.leaderSendsBeforeSync ? BEFORE_SYNC : undefined)
}

/** The last index of a message that begins at `next`: one entry, and as many more as entries and bytes allow. */
function batchEnd(log: EntryLog, next: number, env: Env<Raft>): number {
  const { maxEntriesPerMessage, maxBytesPerMessage } = env.config
  const limit = Math.min(lastIndex(log), next - 1 + maxEntriesPerMessage)
  if (limit <= next) return limit
  let bytes = 0
  for (let index = next; index <= limit; index++) {
    bytes += (entryAt(log, index) as Entry).bytes
    if (bytes > maxBytesPerMessage && index > next) return index - 1
  }
  return limit
}

export function onAppendEntries(self: ServerState, from: ProcessId, request: AppendEntries, env: Env<Raft>): void {
  if (request.term < self.currentTerm) {
    env.send(from, answer(self, request, false, 0, null))
    return
  }
  becomeFollower(self, from, env)
  self.leaderId = request.leaderId
  heardFromLeader(self, env)
  resetElectionTimer(env, wordOf(self.leaderId))
  const { prevLogIndex } = request
  if (!agreesAt(self, prevLogIndex, request.prevLogTerm, env)) {
    const conflict = conflictIn(self.log, env.config.backtracking, prevLogIndex, request.prevLogTerm)
    env.send(from, answer(self, request, false, 0, conflict))
    return
  }
  if (takeEntries(self, request, env)) env.persist(stableOf(self))
  // “If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)” (Figure 2).
  const lastNew = Math.max(self.log.first, Math.min(prevLogIndex + request.entries.length, lastIndex(self.log)))
  const known = Math.min(request.leaderCommit, lastNew)
  if (known > self.commitIndex) self.commitIndex = known
  applyCommitted(self, env)
  const how = env.config.mistakes.acknowledgeBeforeSync ? BEFORE_SYNC : undefined
  env.send(from, answer(self, request, true, lastNew, null), how)
}

export function onAppendEntriesReply(
  self: ServerState,
  from: ProcessId,
  reply: AppendEntriesReply,
  env: Env<Raft>,
): void {
  if (self.role !== 'leader' || reply.term !== self.currentTerm) return
  const progress = self.progress.get(from)
  if (progress === undefined) return
  if (!reply.success) {
    if (reply.conflict === null) return
    if (reject(progress, reply.conflict.rejected, nextAfter(self.log, reply.conflict)))
      sendEntries(self, from, progress, env)
    return
  }
  if (acknowledge(progress, reply.matchIndex)) advanceCommit(self, reply.matchIndex, env)
  sendAll(self, from, progress, env)
}

/** “Only log entries from the leader’s current term are committed by counting replicas” (§5.4.2); the earlier ones with them. */
export function advanceCommit(self: ServerState, index: number, env: Env<Raft>): void {
  if (self.role !== 'leader' || index <= self.commitIndex) return
  const { mistakes } = env.config
  if (termAt(self.log, index) !== self.currentTerm && !mistakes.commitEarlierTerms) return
  const own = mistakes.countBeforeSync ? lastIndex(self.log) : self.syncedIndex
  if (!hasQuorum(self, env, (id) => (id === env.self ? own : (self.progress.get(id)?.match ?? 0)) >= index)) return
  const entries = index - self.commitIndex
  self.commitIndex = index
  env.note({ type: 'committed', term: self.currentTerm, index, entries })
  applyCommitted(self, env)
}

/** Applies what is committed, in order, and answers the clients that wait for it here. */
export function applyCommitted(self: ServerState, env: Env<Raft>): void {
  const upTo = env.config.mistakes.applyUncommitted ? lastIndex(self.log) : self.commitIndex
  while (self.lastApplied < upTo) {
    const entry = entryAt(self.log, self.lastApplied + 1)
    if (entry === undefined) return
    self.lastApplied++
    if (entry.command.type === 'config') goByConfig(self, env)
    const result = apply(self.store, entry, env)
    if (self.owed.size > 0) answerApplied(self, entry, result, env)
  }
  takeSnapshotIfDue(self, env)
}

/** The consistency check (§5.3): does the entry before the new ones match? */
function agreesAt(self: ServerState, prevLogIndex: number, prevLogTerm: number, env: Env<Raft>): boolean {
  // What is compacted is committed, and no right leader has anything else there.
  if (prevLogIndex <= self.log.first) return true
  if (env.config.mistakes.skipConsistencyCheck) return prevLogIndex <= lastIndex(self.log)
  return prevLogIndex <= lastIndex(self.log) && termAt(self.log, prevLogIndex) === prevLogTerm
}

/** “If an existing entry conflicts with a new one, delete the existing entry and all that follow it” (Figure 2). */
function takeEntries(self: ServerState, request: AppendEntries, env: Env<Raft>): boolean {
  let changed = false
  for (const entry of request.entries) {
    if (entry.index <= self.log.first) continue
    const existing = entryAt(self.log, entry.index)
    if (existing !== undefined && existing.term === entry.term) continue
    if (existing !== undefined) truncate(self, entry.index, request, env)
    self.log.append(entry)
    if (entry.command.type === 'config') onConfigLogged(self, entry.index, entry.command.config, env)
    changed = true
  }
  return changed
}

function truncate(self: ServerState, from: number, request: AppendEntries, env: Env<Raft>): void {
  const entries = self.log.slice(from - 1).map(({ index, term, command, client }) => ({
    index,
    term,
    client,
    text: commandText(command),
  }))
  env.note({ type: 'truncated', from, entries, leader: request.leaderId, term: request.term })
  self.log.truncate(from - 1)
  onConfigsCut(self, from, env)
}

function answer(
  self: ServerState,
  { round }: AppendEntries,
  success: boolean,
  matchIndex: number,
  conflict: AppendEntriesReply['conflict'],
): AppendEntriesReply {
  return { type: 'AppendEntriesReply', term: self.currentTerm, success, matchIndex, conflict, round }
}

const NO_ENTRIES: readonly Entry[] = Object.freeze([])
const BEFORE_SYNC = { beforeSync: true } as const
