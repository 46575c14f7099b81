import type { Env, ProcessId, WriteId } from '../../kernel/types.ts'
import { type Entry, entryAt, firstIndexOfTerm, lastIndex, lastIndexOfTerm, termAt } from './entry.ts'
import type { AppendEntries, AppendEntriesReply } from './messages.ts'
import { isMajority } from './quorum.ts'
import { becomeFollower, resetElectionTimer } from './role.ts'
import { type ServerState, stableOf } from './state.ts'
import { apply, commandText } from './store.ts'
import type { Raft } from './types.ts'

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

/** To each follower what it lacks, or a heartbeat if it lacks nothing; and the same again after an interval. */
export function broadcastEntries(self: ServerState, env: Env<Raft>): void {
  for (const peer of env.peers('server')) if (peer !== env.self) sendEntries(self, peer, env)
  env.setTimer('heartbeat', env.config.heartbeatInterval)
}

/** Sends from `nextIndex` on, and goes on from there without waiting for the answer (pipelining, thesis §10.2.1). */
export function sendEntries(self: ServerState, to: ProcessId, env: Env<Raft>): void {
  const next = self.nextIndex[to] ?? lastIndex(self.log) + 1
  const prevLogIndex = next - 1
  const until = Math.min(lastIndex(self.log), prevLogIndex + env.config.maxEntriesPerMessage)
  const request: AppendEntries = {
    type: 'AppendEntries',
    term: self.currentTerm,
    leaderId: env.self,
    prevLogIndex,
    prevLogTerm: termAt(self.log, prevLogIndex),
    entries: until > prevLogIndex ? self.log.slice(prevLogIndex, until) : NO_ENTRIES,
    leaderCommit: self.commitIndex,
  }
  self.nextIndex[to] = until + 1
  env.send(to, request, env.config.leaderSendsBeforeSync ? BEFORE_SYNC : undefined)
}

export function onAppendEntries(self: ServerState, from: ProcessId, request: AppendEntries, env: Env<Raft>): void {
  if (request.term < self.currentTerm) {
    env.send(from, refusal(self, 0, 0))
    return
  }
  becomeFollower(self, from, env)
  self.leaderId = request.leaderId
  resetElectionTimer(env)
  const { prevLogIndex } = request
  if (!agreesAt(self, prevLogIndex, request.prevLogTerm, env)) {
    const xTerm = termAt(self.log, prevLogIndex)
    env.send(from, refusal(self, xTerm, xTerm === 0 ? 0 : firstIndexOfTerm(self.log, prevLogIndex, xTerm)))
    return
  }
  if (takeEntries(self, request, env)) env.persist(stableOf(self))
  // “If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)” (Figure 2).
  const lastNew = Math.min(prevLogIndex + request.entries.length, lastIndex(self.log))
  const known = Math.min(request.leaderCommit, lastNew)
  if (known > self.commitIndex) self.commitIndex = known
  applyCommitted(self, env)
  env.send(from, {
    type: 'AppendEntriesReply',
    term: self.currentTerm,
    success: true,
    matchIndex: lastNew,
    xTerm: 0,
    xIndex: 0,
    xLen: 0,
  })
}

export function onAppendEntriesReply(
  self: ServerState,
  from: ProcessId,
  reply: AppendEntriesReply,
  env: Env<Raft>,
): void {
  if (self.role !== 'leader' || reply.term !== self.currentTerm) return
  const match = self.matchIndex[from] ?? 0
  if (!reply.success) {
    self.nextIndex[from] = Math.max(match + 1, backtrack(self, reply))
    sendEntries(self, from, env)
    return
  }
  if (reply.matchIndex <= match) return
  self.matchIndex[from] = reply.matchIndex
  if ((self.nextIndex[from] ?? 0) <= reply.matchIndex) self.nextIndex[from] = reply.matchIndex + 1
  advanceCommit(self, reply.matchIndex, env)
  if (reply.matchIndex < lastIndex(self.log) && self.nextIndex[from] === reply.matchIndex + 1)
    sendEntries(self, from, env)
}

/** “Only log entries from the leader’s current term are committed by counting replicas” (§5.4.2); the earlier ones with them. */
export function advanceCommit(self: ServerState, index: number, env: Env<Raft>): void {
  if (self.role !== 'leader' || index <= self.commitIndex) return
  if (termAt(self.log, index) !== self.currentTerm) return
  let holders = self.syncedIndex >= index ? 1 : 0
  const servers = env.peers('server')
  for (const peer of servers) if (peer !== env.self && (self.matchIndex[peer] ?? 0) >= index) holders++
  if (!isMajority(holders, servers.length)) return
  const entries = index - self.commitIndex
  self.commitIndex = index
  env.note({ type: 'committed', term: self.currentTerm, index, entries })
  applyCommitted(self, env)
}

/** Applies what is committed, in order; a leader answers the clients whose requests it took in this term. */
export function applyCommitted(self: ServerState, env: Env<Raft>): void {
  const upTo = env.config.mistakes.applyUncommitted ? lastIndex(self.log) : self.commitIndex
  while (self.lastApplied < upTo) {
    const entry = entryAt(self.log, self.lastApplied + 1)
    if (entry === undefined) return
    self.lastApplied++
    const result = apply(self.store, entry.command, entry.client, entry.serial)
    if (self.role === 'leader' && entry.client !== '' && entry.term === self.currentTerm) {
      env.send(entry.client, { type: 'ClientReply', serial: entry.serial, result })
    }
  }
}

/** The consistency check (§5.3): does the entry before the new ones match? */
function agreesAt(self: ServerState, prevLogIndex: number, prevLogTerm: number, env: Env<Raft>): boolean {
  if (prevLogIndex === 0) return true
  if (env.config.mistakes.skipConsistencyCheck) return prevLogIndex <= lastIndex(self.log)
  return prevLogIndex <= lastIndex(self.log) && termAt(self.log, prevLogIndex) === prevLogTerm
}

/** “If an existing entry conflicts with a new one, delete the existing entry and all that follow it” (Figure 2). */
function takeEntries(self: ServerState, request: AppendEntries, env: Env<Raft>): boolean {
  let changed = false
  for (const entry of request.entries) {
    const existing = entryAt(self.log, entry.index)
    if (existing !== undefined && existing.term === entry.term) continue
    if (existing !== undefined) truncate(self, entry.index, request, env)
    self.log.append(entry)
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
}

/**
 * Where to try next, a term at a time: past our last entry of the follower's conflicting term if we have one, else before
 * its first entry of it; behind its end if it is too short (MIT 6.5840: XTerm, XIndex, XLen; §5.3 in outline).
 */
function backtrack(self: ServerState, reply: AppendEntriesReply): number {
  if (reply.xTerm === 0) return reply.xLen + 1
  const ours = lastIndexOfTerm(self.log, lastIndex(self.log), reply.xTerm)
  return ours > 0 ? ours + 1 : reply.xIndex
}

function refusal(self: ServerState, xTerm: number, xIndex: number): AppendEntriesReply {
  const { currentTerm: term } = self
  return { type: 'AppendEntriesReply', term, success: false, matchIndex: 0, xTerm, xIndex, xLen: lastIndex(self.log) }
}

const NO_ENTRIES: readonly Entry[] = Object.freeze([])
const BEFORE_SYNC = { beforeSync: true } as const
