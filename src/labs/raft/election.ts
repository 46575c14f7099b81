import type { Env, ProcessId } from '../../kernel/types.ts'
import { isAtLeastAsUpToDate, lastIndex, lastTerm, makeEntry } from './entry.ts'
import type { RequestVote, RequestVoteReply } from './messages.ts'
import { alignProgress, onConfigsCut } from './configuration.ts'
import { leaderIsCurrent } from './contact.ts'
import type { Note, Why } from './notes.ts'
import { advanceCommit, append, broadcastHeartbeat } from './replication.ts'
import { resetElectionTimer, VOTES, wordOf } from './role.ts'
import { type ServerState, stableOf } from './state.ts'
import type { Raft } from './types.ts'
import { hasQuorum, votersOf } from './voters.ts'

/** “To begin an election, a follower increments its current term and transitions to candidate state” (§5.2). */
export function startElection(
  self: ServerState,
  env: Env<Raft>,
  after: Extract<Note, { type: 'becameCandidate' }>['after'],
): void {
  self.currentTerm++
  self.role = 'candidate'
  self.votedFor = env.self
  self.leaderId = null
  self.votesGranted = []
  self.votesRefused = []
  env.note({ type: 'becameCandidate', term: self.currentTerm, after })
  resetElectionTimer(env, VOTES)
  self.ownVote = env.persist(stableOf(self))
  const request: RequestVote = {
    type: 'RequestVote',
    term: self.currentTerm,
    candidateId: env.self,
    lastLogIndex: lastIndex(self.log),
    lastLogTerm: lastTerm(self.log),
    transfer: after === 'transfer',
  }
  for (const peer of votersOf(self)) if (peer !== env.self) env.send(peer, request)
}

/** A candidate's vote for itself counts like any other: when it is on disk. */
export function countOwnVote(self: ServerState, env: Env<Raft>): void {
  if (self.role === 'candidate' && !self.votesGranted.includes(env.self)) countVote(self, env.self, true, env)
}

export function onRequestVote(self: ServerState, from: ProcessId, request: RequestVote, env: Env<Raft>): void {
  const why = refusal(self, request, env)
  if (why === null) {
    self.votedFor = request.candidateId
    env.note({ type: 'voted', term: self.currentTerm, candidate: request.candidateId })
    resetElectionTimer(env, wordOf(request.candidateId))
    env.persist(stableOf(self))
  } else {
    const { currentTerm: term, votedFor } = self
    env.note({ type: 'refusedVote', term, candidate: request.candidateId, why, votedFor, pre: false })
  }
  const how = env.config.mistakes.voteBeforeSync ? BEFORE_SYNC : undefined
  env.send(from, { type: 'RequestVoteReply', term: self.currentTerm, voteGranted: why === null }, how)
}

/**
 * Whether a request for a vote is passed over, term and all, because this server has heard from a leader within the least
 * election timeout (thesis §4.2.3). An election that the leader asked for itself does not wait.
 */
export function ignoresVote(self: ServerState, request: RequestVote, env: Env<Raft>): boolean {
  if (!env.config.checkQuorum || request.transfer || request.term <= self.currentTerm) return false
  if (!leaderIsCurrent(self, env)) return false
  const { currentTerm: term, votedFor } = self
  const { candidateId: candidate } = request
  env.note({ type: 'refusedVote', term, candidate, why: 'leaderCurrent', votedFor, pre: false })
  return true
}

export function onRequestVoteReply(self: ServerState, from: ProcessId, reply: RequestVoteReply, env: Env<Raft>): void {
  if (self.role === 'candidate' && reply.term === self.currentTerm) countVote(self, from, reply.voteGranted, env)
}

/** “Each server will vote for at most one candidate in a given term” (§5.2), and for none whose log is behind (§5.4.1). */
function refusal(self: ServerState, request: RequestVote, env: Env<Raft>): Why | null {
  if (request.term < self.currentTerm) return 'oldTerm'
  const free = self.votedFor === null || self.votedFor === request.candidateId
  if (!free && !env.config.mistakes.voteTwice) return 'alreadyVoted'
  if (env.config.mistakes.ignoreUpToDate) return null
  return isAtLeastAsUpToDate(self.log, request.lastLogIndex, request.lastLogTerm) ? null : 'notUpToDate'
}

function countVote(self: ServerState, from: ProcessId, granted: boolean, env: Env<Raft>): void {
  const list = granted ? self.votesGranted : self.votesRefused
  if (!list.includes(from)) list.push(from)
  if (hasQuorum(self, env, (id) => self.votesGranted.includes(id))) becomeLeader(self, env)
}

/** A new leader knows nothing of the others' logs, and appends a no-op to find out what is committed (§8). */
function becomeLeader(self: ServerState, env: Env<Raft>): void {
  self.role = 'leader'
  self.leaderId = env.self
  env.note({ type: 'becameLeader', term: self.currentTerm, votes: self.votesGranted.slice() })
  env.cancelTimer('election')
  if (env.config.mistakes.leaderOverwrites) {
    self.log.truncate(Math.min(lastIndex(self.log), self.commitIndex))
    onConfigsCut(self, lastIndex(self.log) + 1, env)
  }
  const last = lastIndex(self.log)
  self.progress = new Map()
  alignProgress(self, env.self)
  self.promoting = []
  self.settledConfig = self.configs.findLast((placed) => placed.index <= self.commitIndex)?.index ?? 0
  self.syncedIndex = last
  self.writing = []
  self.proposed = new Map()
  self.parked = []
  self.answered = {}
  self.ledSince = env.elapsed()
  self.noopIndex = last + 1
  self.leaseVoid = false
  append(self, makeEntry(last + 1, self.currentTerm, { type: 'noop' }), env)
  broadcastHeartbeat(self, env)
  advanceCommit(self, self.syncedIndex, env)
}

const BEFORE_SYNC = { beforeSync: true } as const
