import type { Awaited, Env, ProcessId } from '../../kernel/types.ts'
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
  resetElectionTimer(env, wordOf(null))
  env.cancelTimer('heartbeat')
  env.cancelTimer('transfer')
  self.transfer = null
  self.reads = []
}

/** Waits for a time drawn anew each time, so that split votes are rare and short (§5.2). */
export function resetElectionTimer(env: Env<Raft>, awaits: Awaited): void {
  const { electionTimeoutMin: min, electionTimeoutMax: max } = env.config
  const spread = env.config.mistakes.identicalTimeouts ? 1 : Math.max(1, max - min)
  const timeout = min + Math.floor(env.random() * spread)
  env.setTimer('election', timeout, awaits)
}

/** What an election timer's expiry will mean was missing: word of this leader, or candidate; or of anybody. */
export function wordOf(leader: ProcessId | null): Awaited {
  if (leader === null) return WORD_OF_ANYBODY
  const known = words.get(leader)
  if (known !== undefined) return known
  const word = Object.freeze({ from: leader, types: LEADERS_WORDS })
  words.set(leader, word)
  return word
}

/** What a candidate waits for. */
export const VOTES: Awaited = Object.freeze({
  types: ['RequestVoteReply', 'PreVoteReply'],
  asked: ['RequestVote', 'PreVote'],
})

const LEADERS_WORDS = ['AppendEntries', 'InstallSnapshot']
const WORD_OF_ANYBODY: Awaited = Object.freeze({ types: [...LEADERS_WORDS, 'RequestVote'] })
/** One for each leader, made once: the timer is set anew with every message. */
const words = new Map<ProcessId, Awaited>()
