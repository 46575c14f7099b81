import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import type { Answered } from './client.ts'
import type { ClusterConfig } from './conf-change.ts'
import { isVoter } from './config-entry.ts'
import { type Entry, EntryLog, lastIndex, lastTerm } from './entry.ts'
import { type MembershipView, membershipOf } from './membership-view.ts'
import type { ReadMode } from './messages.ts'
import type { ProgressMode } from './progress.ts'
import type { Role, ServerState } from './state.ts'
import { commandText, resultText } from './store.ts'
import type { Raft } from './types.ts'
import { operationText } from './words.ts'

/** What the screen needs of a cluster: bounded by the number of servers and by the window on their logs. */
export interface RaftView {
  servers: readonly ServerView[]
  clients: readonly ClientView[]
  /** Leader of the highest term that has one. */
  leader: ProcessId | null
  /** First log index that the window shows. */
  firstIndex: number
  /** Length of the longest log. */
  lastIndex: number
  settings: { electionTimeoutMax: number; heartbeatInterval: number; readMode: ReadMode }
  /** What the leader can be asked about who takes part; null while nobody leads. */
  membership: MembershipView | null
}

export interface ServerView {
  id: ProcessId
  status: Status
  /** Null while the server is down. */
  role: Role | null
  /** A leader that another, of a later term, has replaced without its knowing. */
  stale: boolean
  term: number
  votedFor: ProcessId | null
  leaderId: ProcessId | null
  votesGranted: readonly ProcessId[]
  votesRefused: readonly ProcessId[]
  commitIndex: number
  lastApplied: number
  lastIndex: number
  lastTerm: number
  /** The part of the log that the window shows; of what the disk kept, while the server is down. */
  entries: readonly EntryView[]
  /** What a crash now would leave. */
  disk: DiskView
  /** As a leader: for each other server. */
  followers: readonly FollowerView[]
  /** The configuration that it goes by; null while it is down. */
  configuration: ConfigurationView | null
  /** What takes the place of its first entries, and of how many of them; null without a snapshot. */
  snapshot: SnapshotView | null
  store: readonly (readonly [string, string])[]
  /** The last request of each client that it has applied. */
  sessions: readonly SessionView[]
}

export interface DiskView {
  term: number
  votedFor: ProcessId | null
  lastIndex: number
  /** The last entry in its snapshot; 0 without one. */
  snapshotIndex: number
  /** Writes that a crash now would lose. */
  unsynced: number
}

export interface SessionView {
  client: ProcessId
  serial: number
  index: number
  result: string
}

/** What a leader knows of another server's log. */
export interface FollowerView {
  id: ProcessId
  nextIndex: number
  matchIndex: number
  mode: ProgressMode
  /** Messages with entries that are sent and not answered. */
  inFlight: number
  /** As `snapshot`: how much of it has come, in characters of all. */
  sending: { index: number; done: number; of: number } | null
  /** It takes the log and has no vote. */
  learner: boolean
}

/** Two sets of voters while it is joint. */
export interface ConfigurationView extends ClusterConfig {
  /** The entry that holds it; 0 for the one that the cluster began with. */
  index: number
  committed: boolean
}

export interface SnapshotView {
  index: number
  term: number
  bytes: number
  /** The entries up to here are gone from the log. */
  compactedTo: number
}

export interface EntryView {
  index: number
  term: number
  text: string
  committed: boolean
  applied: boolean
  /** On this server's disk. */
  synced: boolean
}

export interface ClientView {
  id: ProcessId
  /** The server that it is waiting for, and what it asked. */
  asking: ProcessId | null
  text: string | null
  waiting: number
  /** The last answer that it had, and where it came from. */
  last: AnswerView | null
}

export interface AnswerView {
  text: string
  result: string
  from: ProcessId
  mode: ReadMode
  /** The last log index that the answer takes in, and the term of the server that gave it. */
  index: number
  term: number
}

/** Most entries that a window shows, and most keys or sessions of a store. */
const MAX_ENTRIES = 400
const MAX_KEYS = 40

/** `firstIndex` and `entries` of the window say which part of the logs is on screen; left out, their end. */
export function observe(world: World<Raft>, window: Window): RaftView {
  const ids = world.ids('server')
  const longest = Math.max(0, ...ids.map((id) => lastIndex(logOf(world, id))))
  const count = Math.min(MAX_ENTRIES, window['entries'] ?? 12)
  const firstIndex = Math.max(1, window['firstIndex'] ?? longest - count + 1)
  const leader = currentLeader(world)
  const { electionTimeoutMax, heartbeatInterval, readMode } = world.config
  const leading = leader === null ? null : serverState(world, leader)
  return {
    servers: ids.map((id) => viewServer(world, id, leading?.currentTerm ?? 0, firstIndex, count)),
    clients: world.ids('client').map((id) => viewClient(world, id)),
    leader,
    firstIndex,
    lastIndex: longest,
    settings: { electionTimeoutMax, heartbeatInterval, readMode },
    membership: leader === null || leading === null ? null : membershipOf(world, leader, leading),
  }
}

/** The leader of the highest term that has one. */
export function currentLeader(world: World<Raft>): ProcessId | null {
  let best: { id: ProcessId; term: number } | null = null
  for (const id of world.ids('server')) {
    const state = serverState(world, id)
    if (state?.role === 'leader' && (best === null || state.currentTerm > best.term))
      best = { id, term: state.currentTerm }
  }
  return best?.id ?? null
}

export function serverState(world: World<Raft>, id: ProcessId): ServerState | null {
  const state = world.state(id)
  return state !== null && state.kind === 'server' ? state : null
}

function viewServer(world: World<Raft>, id: ProcessId, latestTerm: number, first: number, count: number): ServerView {
  const state = serverState(world, id)
  const kept = world.durable(id)
  const log = logOf(world, id)
  const synced = state === null || kept === null ? lastIndex(log) : log.sharedPrefix(kept.log)
  const commitIndex = state?.commitIndex ?? 0
  const lastApplied = state?.lastApplied ?? 0
  return {
    id,
    status: world.status(id),
    role: state?.role ?? null,
    stale: state?.role === 'leader' && state.currentTerm < latestTerm,
    term: state?.currentTerm ?? kept?.currentTerm ?? 0,
    votedFor: state?.votedFor ?? (state === null ? (kept?.votedFor ?? null) : null),
    leaderId: state?.leaderId ?? null,
    votesGranted: asksForVotes(state) ? state.votesGranted.slice() : [],
    votesRefused: asksForVotes(state) ? state.votesRefused.slice() : [],
    commitIndex,
    lastApplied,
    lastIndex: lastIndex(log),
    lastTerm: lastTerm(log),
    entries: log.slice(first - 1, first - 1 + count).map((entry) => viewEntry(entry, commitIndex, lastApplied, synced)),
    disk: {
      term: kept?.currentTerm ?? 0,
      votedFor: kept?.votedFor ?? null,
      lastIndex: kept === null ? 0 : lastIndex(kept.log),
      snapshotIndex: kept?.snapshot?.index ?? 0,
      unsynced: world.unsynced(id),
    },
    followers: state?.role === 'leader' ? followersOf(state) : [],
    configuration: state === null ? null : configurationOf(state),
    snapshot: snapshotOf(state ?? kept, log),
    store: state === null ? [] : [...state.store.values].slice(0, MAX_KEYS),
    sessions: state === null ? [] : sessionsOf(state),
  }
}

function asksForVotes(state: ServerState | null): state is ServerState {
  return state !== null && (state.role === 'candidate' || state.role === 'preCandidate')
}

function viewEntry(entry: Entry, commitIndex: number, lastApplied: number, synced: number): EntryView {
  const { index, term } = entry
  return {
    index,
    term,
    text: commandText(entry.command),
    committed: index <= commitIndex,
    applied: index <= lastApplied,
    synced: index <= synced,
  }
}

function followersOf(state: ServerState): ServerView['followers'] {
  return [...state.progress].map(([id, { mode, next, match, inFlight, snapshot, snapshotOffset }]) => ({
    id,
    nextIndex: next,
    matchIndex: match,
    mode,
    inFlight: inFlight.length,
    sending: snapshot === null ? null : { index: snapshot.index, done: snapshotOffset, of: snapshot.data.length },
    learner: !isVoter(state.config, id),
  }))
}

function configurationOf({ config, configs, commitIndex }: ServerState): ConfigurationView {
  const index = configs.find((placed) => placed.config === config)?.index ?? 0
  return { ...config, index, committed: index <= commitIndex }
}

function snapshotOf(of: Pick<ServerState, 'snapshot'> | null, log: EntryLog): SnapshotView | null {
  if (!of?.snapshot) return null
  const { index, term, data } = of.snapshot
  return { index, term, bytes: data.length, compactedTo: log.first }
}

const sessionsOf = ({ store }: ServerState): SessionView[] =>
  [...store.sessions]
    .slice(0, MAX_KEYS)
    .map(([client, { serial, index, result }]) => ({ client, serial, index, result: resultText(result) }))

function viewClient(world: World<Raft>, id: ProcessId): ClientView {
  const state = world.state(id)
  if (state === null || state.kind !== 'client') return { id, asking: null, text: null, waiting: 0, last: null }
  const { current, waiting, last } = state
  return {
    id,
    asking: current?.asked ?? null,
    text: current === null ? null : operationText(current.what),
    waiting: waiting.length,
    last: last === null ? null : answerOf(last),
  }
}

const answerOf = ({ what, outcome: { result, from, served } }: Answered): AnswerView => ({
  text: operationText(what),
  result: resultText(result),
  from,
  ...served,
})

/** The log in memory, or what the disk kept of it while the server is down. */
function logOf(world: World<Raft>, id: ProcessId): EntryLog {
  return serverState(world, id)?.log ?? world.durable(id)?.log ?? NO_LOG
}

const NO_LOG = new EntryLog()
