import type { Micros } from '../../base/units.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import { becomeFollower } from './role.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { quorumValue } from './voters.ts'

/*
 * Who has heard from whom, and when. Every AppendEntries carries its round: the leader's own clock when it sent to all.
 * The answer brings it back, so that the leader knows since when a quorum has followed it, whatever the network did.
 */

/** The number of a new round: the server's clock, but never the same twice. */
export function nextRound(self: ServerState, env: Env<Raft>): Micros {
  self.round = Math.max(env.elapsed(), self.round + 1)
  return self.round
}

/** A follower has answered what the leader sent in this round: then it took it for the leader of its term. */
export function onAnswered(self: ServerState, from: ProcessId, term: number, round: Micros): void {
  if (self.role === 'leader' && term === self.currentTerm && round > (self.answered[from] ?? 0))
    self.answered[from] = round
}

/** The latest round that a quorum has answered; the leader itself needs no message. */
export function quorumRound(self: ServerState, env: Env<Raft>): Micros {
  return quorumValue(self, env, (id) => (id === env.self ? Number.POSITIVE_INFINITY : (self.answered[id] ?? 0)))
}

/** A follower has heard from the leader of its term: for the least election timeout it wants no other (thesis §4.2.3). */
export function heardFromLeader(self: ServerState, env: Env<Raft>): void {
  self.leaderCurrentUntil = env.elapsed() + env.config.electionTimeoutMin
}

/** Whether this server has a leader that it may not desert: it leads itself, or heard from a leader a short while ago. */
export function leaderIsCurrent(self: ServerState, env: Env<Raft>): boolean {
  return self.role === 'leader' || env.elapsed() < self.leaderCurrentUntil
}

/** “A leader steps down if an election timeout elapses without a successful round of heartbeats to a majority” (thesis §6.2). */
export function checkQuorum(self: ServerState, env: Env<Raft>): void {
  if (!env.config.checkQuorum || self.role !== 'leader') return
  if (env.elapsed() - Math.max(quorumRound(self, env), self.ledSince) <= env.config.electionTimeoutMax) return
  self.leaderId = null
  becomeFollower(self, env.self, env)
}

/**
 * Whether the leader may answer reads by its lease (thesis §6.4.1): a quorum answered a round that began less than the least
 * election timeout ago, and until then votes for nobody else; shortened by what the clocks may drift. Void from the moment
 * when the leadership is handed over, since that election does not wait (§3.10).
 */
export function holdsLease(self: ServerState, env: Env<Raft>): boolean {
  const { config } = env
  if (!config.checkQuorum || self.transfer !== null || self.leaseVoid) return false
  const drift = config.mistakes.leaseIgnoresDrift ? 0 : config.clockDriftBound
  const length = Math.floor((config.electionTimeoutMin * 100) / (100 + drift))
  return env.elapsed() < quorumRound(self, env) + length
}
