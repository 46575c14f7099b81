import { formatDuration, ms, type Micros } from '../../base/units.ts'
import type { Setting } from '../../lab/definition.ts'
import { type Backtracking, BACKTRACKING } from './backtracking.ts'
import { READ_MODES, type ReadMode } from './messages.ts'
import type { Raft } from './types.ts'

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

export const SETTINGS: readonly Setting<Raft>[] = [
  {
    key: 'electionTimeoutMin',
    label: 'Election timeout, at least',
    says: 'A follower that hears nothing for a time between this and the next starts an election.',
    source: 'Raft paper §5.2; 150–300 ms',
    kind: { type: 'duration', min: ms(1), max: ms(60_000) },
    live: true,
    refusal: ({ electionTimeoutMin: min, electionTimeoutMax: max }) =>
      min > max ? `The least must not be above the most, ${formatDuration(max)}.` : null,
  },
  {
    key: 'electionTimeoutMax',
    label: 'Election timeout, at most',
    says: 'The spread keeps two servers from campaigning at once.',
    source: 'Raft paper §5.2, §9.3',
    kind: { type: 'duration', min: ms(1), max: ms(60_000) },
    live: true,
    refusal: ({ electionTimeoutMin: min, electionTimeoutMax: max }) =>
      max < min ? `The most must not be below the least, ${formatDuration(min)}.` : null,
  },
  {
    key: 'heartbeatInterval',
    label: 'Heartbeat every',
    says: 'The leader sends AppendEntries this often, with or without entries.',
    source: 'Raft paper §5.2',
    kind: { type: 'duration', min: ms(1), max: ms(60_000) },
    live: true,
  },
  {
    key: 'maxEntriesPerMessage',
    label: 'Entries per message',
    says: 'The most that one AppendEntries carries.',
    source: 'Raft paper §5.3 (“may send more than one for efficiency”)',
    kind: { type: 'count', min: 1, max: 1_000 },
    live: true,
  },
  {
    key: 'maxBytesPerMessage',
    label: 'Bytes per message',
    says: 'The most bytes of entries that one AppendEntries carries; one entry always goes. Default 1 MiB.',
    source: 'etcd raft, MaxSizePerMsg (1 MiB in etcd)',
    kind: { type: 'count', min: 1, max: 67_108_864 },
    live: true,
  },
  {
    key: 'maxInFlight',
    label: 'Messages in flight',
    says: 'The most messages with entries on their way to one follower without an answer; with 1, each waits for the last.',
    source: 'etcd raft, MaxInflightMsgs (256 in its example); pipelining: thesis §10.2.1',
    kind: { type: 'count', min: 1, max: 1_024 },
    live: true,
  },
  {
    key: 'backtracking',
    label: 'Backtracking',
    says: 'How the leader finds where a follower’s log agrees: an entry at a time, by the conflicting term, or by the follower’s hint.',
    source: 'Paper §5.3 (decrement); MIT 6.5840 (conflict-term); etcd raft, findConflictByTerm (hint)',
    kind: { type: 'choice', among: BACKTRACKING },
    live: true,
  },
  {
    key: 'snapshotThreshold',
    label: 'Snapshot after so many entries',
    says: 'After so many applied entries since the last snapshot a server takes another and shortens its log. 0: it never does.',
    source: 'Raft paper §7; 10,000 in etcd, 8,192 in hashicorp/raft',
    kind: { type: 'count', min: 0, max: 1_000_000 },
    live: true,
  },
  {
    key: 'trailingEntries',
    label: 'Entries kept before a snapshot',
    says: 'A follower that is behind by less takes entries, and no snapshot.',
    source: 'hashicorp/raft, TrailingLogs (10,240); etcd, 5,000',
    kind: { type: 'count', min: 0, max: 1_000_000 },
    live: true,
  },
  {
    key: 'snapshotChunkBytes',
    label: 'Bytes per chunk of a snapshot',
    says: 'The most that one InstallSnapshot carries; each chunk waits for the answer to the last.',
    source: 'Raft paper §7, Figure 13',
    kind: { type: 'count', min: 16, max: 1_048_576 },
    live: true,
  },
  {
    key: 'initialVoters',
    label: 'Servers in the first configuration',
    says: 'So many of the first servers begin as voters; the others wait to be taken in. 0 for all of them.',
    source: 'Raft thesis §4.1',
    kind: { type: 'count', min: 0, max: 9 },
    live: false,
  },
  {
    key: 'configTakesEffect',
    label: 'A configuration takes effect',
    says: 'When it is appended to a server’s log, or when it is applied.',
    source: 'Raft thesis §4.1 (append); etcd raft (apply)',
    kind: { type: 'choice', among: ['append', 'apply'] },
    live: false,
  },
  {
    key: 'catchUpFirst',
    label: 'New voters catch up first',
    says: 'A server that is added as a voter is a learner until it holds all that is committed.',
    source: 'Raft thesis §4.2.1; learners: etcd raft',
    kind: { type: 'switch' },
    live: true,
  },
  {
    key: 'leaderSendsBeforeSync',
    label: 'Leader sends before its own sync',
    says: 'Its disk works while the messages fly; it counts itself only when its disk is done.',
    source: 'Raft thesis §10.2.1',
    kind: { type: 'switch' },
    live: true,
  },
  {
    key: 'preVote',
    label: 'Pre-vote',
    says: 'Before it raises its term, a server asks whether a majority would vote for it.',
    source: 'Raft thesis §9.6',
    kind: { type: 'switch' },
    live: true,
  },
  {
    key: 'checkQuorum',
    label: 'Check-quorum',
    says: 'A leader that hears from no majority steps down; servers that hear a leader vote for no other.',
    source: 'Raft thesis §6.2, §4.2.3; etcd-io/raft CheckQuorum',
    kind: { type: 'switch' },
    live: true,
  },
  {
    key: 'readMode',
    label: 'Reads are answered',
    says: 'Through the log, by ReadIndex, by a lease (with check-quorum; else as ReadIndex), by a follower, or at once by whoever is asked (dirty).',
    source: 'Raft thesis §6.4',
    kind: { type: 'choice', among: READ_MODES },
    live: true,
    ofClients: true,
  },
  {
    key: 'clockDriftBound',
    label: 'Clock drift allowed, in per cent',
    says: 'A lease lasts so much shorter than the least election timeout.',
    source: 'Raft thesis §6.4.1',
    kind: { type: 'count', min: 0, max: 1_000 },
    live: true,
  },
  {
    key: 'notLeader',
    label: 'A server that does not lead',
    says: 'It names the leader that it knows, or forwards the request to it and answers itself.',
    source: 'Raft thesis §6.2',
    kind: { type: 'choice', among: ['redirect', 'forward'] },
    live: true,
  },
  {
    key: 'clientRetry',
    label: 'Client asks again after',
    says: 'Without an answer the client tries the next server, with the same serial number.',
    source: 'Raft thesis §6.2, §6.3',
    kind: { type: 'duration', min: ms(1), max: ms(600_000) },
    live: true,
    ofClients: true,
  },
  {
    key: 'clientTimeout',
    label: 'Client gives up after',
    says: 'The operation may or may not have happened: its outcome is unknown.',
    source: 'Raft thesis §6.3',
    kind: { type: 'duration', min: ms(1), max: ms(600_000) },
    live: true,
    ofClients: true,
  },
]
