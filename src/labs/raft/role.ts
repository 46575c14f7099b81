import type { Env, ProcessId } from '../../kernel/types.ts'
import { type ServerState, stableOf } from './state.ts'
import type { Raft } from './types.ts'

/** A server that meets a later term adopts it and is a follower (§5.1). */
export function adoptTerm(self: ServerState, term: number, because: ProcessId, env: Env<Raft>): void {
  self.currentTerm = term
  self.votedFor = null
  self.leaderId = null
  env.persist(stableOf(self))
  becomeFollower(self, because, env)
}

/**
 * `because` of whom, or of a configuration that leaves it out: null. A candidate's election timer runs on: only a leader's
 * AppendEntries and a vote that is granted set it anew (Figure 2).
 */
export function becomeFollower(self: ServerState, because: ProcessId | null, env: Env<Raft>): void {
  if (self.role === 'follower') return
  env.note({ type: 'steppedDown', term: self.currentTerm, was: self.role, because })
  if (self.role === 'leader') resign(self, env)
  self.role = 'follower'
}

/** What only a leader has ends with its leadership; whoever waits for a read asks again. */
function resign(self: ServerState, env: Env<Raft>): void {
  resetElectionTimer(env)
  env.cancelTimer('heartbeat')
  env.cancelTimer('transfer')
  self.transfer = null
  self.reads = []
}

/** Waits for a time drawn anew each time, so that split votes are rare and short (§5.2). */
export function resetElectionTimer(env: Env<Raft>): void {
  const { electionTimeoutMin: min, electionTimeoutMax: max } = env.config
  const spread = env.config.mistakes.identicalTimeouts ? 1 : Math.max(1, max - min)
  const timeout = min + Math.floor(env.random() * spread)
  env.setTimer('election', timeout, HEARD_FROM_A_LEADER)
}

/** What its expiry will mean was missing. */
export const HEARD_FROM_A_LEADER = { types: ['AppendEntries', 'RequestVote'] } as const
