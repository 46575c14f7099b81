import type { Env, ProcessId } from '../../kernel/types.ts'
import { leaderIsCurrent, nextRound } from './contact.ts'
import { isAtLeastAsUpToDate, lastIndex, lastTerm } from './entry.ts'
import { startElection } from './election.ts'
import type { PreVote, PreVoteReply } from './messages.ts'
import type { Why } from './notes.ts'
import { resetElectionTimer, VOTES } from './role.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { hasQuorum, votersOf } from './voters.ts'

/** Asks whether a majority would vote for it before it raises its term (thesis §9.6). Nothing is written, no term changes. */
export function startPreVote(self: ServerState, env: Env<Raft>): void {
  self.role = 'preCandidate'
  self.leaderId = null
  self.votesGranted = [env.self]
  self.votesRefused = []
  const nextTerm = self.currentTerm + 1
  env.note({ type: 'becamePreCandidate', term: nextTerm })
  resetElectionTimer(env, VOTES)
  const request: PreVote = {
    type: 'PreVote',
    nextTerm,
    candidateId: env.self,
    lastLogIndex: lastIndex(self.log),
    lastLogTerm: lastTerm(self.log),
    round: nextRound(self, env),
  }
  for (const peer of votersOf(self)) if (peer !== env.self) env.send(peer, request)
  tallyPreVotes(self, env)
}

export function onPreVote(self: ServerState, from: ProcessId, request: PreVote, env: Env<Raft>): void {
  const why = refusal(self, request, env)
  const { currentTerm: term, votedFor } = self
  if (why !== null) env.note({ type: 'refusedVote', term, candidate: from, why, votedFor, pre: true })
  env.send(from, { type: 'PreVoteReply', term, voteGranted: why === null, round: request.round })
}

export function onPreVoteReply(self: ServerState, from: ProcessId, reply: PreVoteReply, env: Env<Raft>): void {
  if (self.role !== 'preCandidate' || reply.round !== self.round) return
  const list = reply.voteGranted ? self.votesGranted : self.votesRefused
  if (!list.includes(from)) list.push(from)
  tallyPreVotes(self, env)
}

function tallyPreVotes(self: ServerState, env: Env<Raft>): void {
  if (hasQuorum(self, env, (id) => self.votesGranted.includes(id))) startElection(self, env, 'preVotes')
}

function refusal(self: ServerState, request: PreVote, env: Env<Raft>): Why | null {
  if (request.nextTerm <= self.currentTerm) return 'oldTerm'
  if (leaderIsCurrent(self, env)) return 'leaderCurrent'
  if (env.config.mistakes.ignoreUpToDate) return null
  return isAtLeastAsUpToDate(self.log, request.lastLogIndex, request.lastLogTerm) ? null : 'notUpToDate'
}
