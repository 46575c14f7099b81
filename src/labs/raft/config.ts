import { ms, type Micros } from '../../base/units.ts'
import type { Backtracking } from './backtracking.ts'
import type { ReadMode } from './messages.ts'

/** All times are microseconds of a server's own clock. */
export interface RaftConfig {
  /** A follower waits for a time drawn uniformly from [min, max) before it campaigns. */
  electionTimeoutMin: Micros
  electionTimeoutMax: Micros
  heartbeatInterval: Micros
  /** Most entries in one AppendEntries. */
  maxEntriesPerMessage: number
  /** Most bytes of entries in one AppendEntries; a single entry goes whatever its size. */
  maxBytesPerMessage: number
  /** Most messages with entries that may be on their way to one follower without an answer. */
  maxInFlight: number
  /** How the place is found where a follower's log agrees. */
  backtracking: Backtracking
  /** A server takes a snapshot after so many applied entries. 0: never. */
  snapshotThreshold: number
  /** So many entries before a snapshot stay in the log, for followers that are a little behind. */
  trailingEntries: number
  /** Most bytes of a snapshot in one InstallSnapshot. */
  snapshotChunkBytes: number
  /** How many of the first servers form the first configuration; the rest wait to be taken in. 0 for all. */
  initialVoters: number
  /** When a server begins to go by a configuration. */
  configTakesEffect: 'append' | 'apply'
  /** A new voter is a learner until it holds what is committed. */
  catchUpFirst: boolean
  /** The leader sends before its own sync is done, and counts itself only after it (thesis §10.2.1). */
  leaderSendsBeforeSync: boolean
  /** A server asks whether it could win before it raises its term (thesis §9.6). */
  preVote: boolean
  /** A leader that hears from no quorum steps down, and servers that hear a leader vote for no other (thesis §6.2, §4.2.3). */
  checkQuorum: boolean
  /** How a `get` is answered, if the client does not say. */
  readMode: ReadMode
  /** By how many per cent two clocks may drift apart; leases are that much shorter. */
  clockDriftBound: number
  /** What a server that does not lead does with a request. */
  notLeader: 'redirect' | 'forward'
  /** A client asks again after this long without an answer. */
  clientRetry: Micros
  /** A client gives up after this long; what became of the operation is then unknown. */
  clientTimeout: Micros
  mistakes: Readonly<Record<MistakeName, boolean>>
}

/** What can be wrong on purpose; `mistakes.ts` says what each breaks and what catches it. */
export const MISTAKES = [
  'voteTwice',
  'leaderOverwrites',
  'skipConsistencyCheck',
  'ignoreUpToDate',
  'applyUncommitted',
  'voteBeforeSync',
  'acknowledgeBeforeSync',
  'countBeforeSync',
  'commitEarlierTerms',
  'halfQuorum',
  'emptyDisk',
  'adoptOlderTerm',
  'answerBeforeCommit',
  'leaseIgnoresDrift',
  'readIndexTooEarly',
  'noDeduplication',
  'readLocalClock',
  'identicalTimeouts',
  'skipPreVote',
  'changeBeforeOwnTerm',
  'overlappingChanges',
] as const
export type MistakeName = (typeof MISTAKES)[number]

export const noMistakes = Object.fromEntries(MISTAKES.map((name) => [name, false])) as Record<MistakeName, boolean>

export const DEFAULT_CONFIG: RaftConfig = {
  electionTimeoutMin: ms(150),
  electionTimeoutMax: ms(300),
  heartbeatInterval: ms(60),
  maxEntriesPerMessage: 64,
  maxBytesPerMessage: 1_048_576,
  maxInFlight: 256,
  backtracking: 'conflict-term',
  snapshotThreshold: 0,
  trailingEntries: 0,
  snapshotChunkBytes: 4_096,
  initialVoters: 0,
  configTakesEffect: 'append',
  catchUpFirst: true,
  leaderSendsBeforeSync: true,
  preVote: false,
  checkQuorum: false,
  readMode: 'log',
  clockDriftBound: 10,
  notLeader: 'redirect',
  clientRetry: ms(250),
  clientTimeout: ms(600),
  mistakes: noMistakes,
}
