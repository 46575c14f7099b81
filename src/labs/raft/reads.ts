import type { Micros } from '../../base/units.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import { holdsLease, quorumRound } from './contact.ts'
import type { ClientRequest, ReadIndex, ReadIndexReply, ReadMode } from './messages.ts'
import { broadcastHeartbeat } from './replication.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'

/** A read that a leader has taken and may not answer yet (thesis §6.4). A value. */
export interface PendingRead {
  /** Where the answer goes: to the client, or to the server that asked on its behalf. */
  readonly origin: ProcessId
  readonly client: ProcessId
  readonly serial: number
  /** Null if only the index is wanted. */
  readonly key: string | null
  readonly mode: ReadMode
  /** The commitIndex that the answer must include; null until the leader has committed an entry of its own term. */
  readonly index: number | null
  /** The round that a quorum must answer first. */
  readonly round: Micros
}

/** A read that a follower answers itself, as soon as it has applied as much as the leader had committed. A value. */
export interface ParkedRead {
  readonly client: ProcessId
  readonly serial: number
  readonly key: string
  /** Null until the leader has named it. */
  readonly index: number | null
}

/** A read that does not go through the log. True if this server takes it, false if only a leader can. */
export function onRead(self: ServerState, request: ClientRequest, key: string, env: Env<Raft>): boolean {
  const { client, serial } = request
  const mode = request.read as ReadMode
  if (mode === 'dirty') {
    answerRead(self, client, serial, key, mode, env)
    return true
  }
  if (self.role === 'leader') {
    takeRead(self, { origin: client, client, serial, key, mode, index: null, round: 0 }, env)
    return true
  }
  const asksLeader = mode === 'followerRead' || env.config.notLeader === 'forward'
  if (!asksLeader || self.leaderId === null) return false
  self.parked = [...self.parked.filter((read) => read.client !== client), { client, serial, key, index: null }]
  env.send(self.leaderId, { type: 'ReadIndex', term: self.currentTerm, client, serial, lease: mode === 'lease' })
  return true
}

/** A follower asks how far it must have applied; if this server does not lead, the client asks again. */
export function onReadIndex(self: ServerState, from: ProcessId, request: ReadIndex, env: Env<Raft>): void {
  if (self.role !== 'leader') return
  const { client, serial } = request
  const mode = request.lease ? 'lease' : 'readIndex'
  takeRead(self, { origin: from, client, serial, key: null, mode, index: null, round: 0 }, env)
}

export function onReadIndexReply(self: ServerState, reply: ReadIndexReply, env: Env<Raft>): void {
  const { client, serial, index } = reply
  self.parked = self.parked.map((read) =>
    read.client === client && read.serial === serial && read.index === null ? { ...read, index } : read,
  )
  answerParked(self, env)
}

/** Answers what may be answered by now. Called whenever a round was answered or something was committed. */
export function answerReads(self: ServerState, env: Env<Raft>): void {
  if (self.role !== 'leader') return
  if (self.reads.some((read) => read.index === null) && knowsCommitted(self, env)) confirmFrom(self, env)
  const confirmed = quorumRound(self, env)
  const ready = self.reads.filter((read) => read.index !== null && read.round <= confirmed)
  if (ready.length === 0) return
  self.reads = self.reads.filter((read) => !ready.includes(read))
  for (const read of ready) answer(self, read, env)
}

/** Answers the reads for which this follower has applied enough. */
export function answerParked(self: ServerState, env: Env<Raft>): void {
  const ready = self.parked.filter(({ index }) => index !== null && index <= self.lastApplied)
  if (ready.length === 0) return
  self.parked = self.parked.filter((read) => !ready.includes(read))
  for (const { client, serial, key } of ready) answerRead(self, client, serial, key, 'followerRead', env)
}

function takeRead(self: ServerState, read: PendingRead, env: Env<Raft>): void {
  const index = self.commitIndex
  if (knowsCommitted(self, env)) {
    if (read.mode === 'lease' && holdsLease(self, env)) return answer(self, { ...read, index }, env)
    broadcastHeartbeat(self, env)
    self.reads = [...self.reads, { ...read, mode: asConfirmed(read.mode), index, round: self.round }]
  } else self.reads = [...self.reads, { ...read, mode: asConfirmed(read.mode) }]
  answerReads(self, env)
}

/** Without a valid lease a lease read is confirmed by a round, like any other; a leader is nobody's follower. */
const asConfirmed = (mode: ReadMode): ReadMode => (mode === 'lease' || mode === 'followerRead' ? 'readIndex' : mode)

/**
 * “The leader … may not know which entries are committed until it has committed an entry from its term” (thesis §6.4): its
 * commitIndex may be behind what an earlier leader has told clients.
 */
function knowsCommitted(self: ServerState, env: Env<Raft>): boolean {
  return self.commitIndex >= self.noopIndex || env.config.mistakes.readIndexTooEarly
}

/** Reads that waited for the first commit of the term begin their round. */
function confirmFrom(self: ServerState, env: Env<Raft>): void {
  broadcastHeartbeat(self, env)
  const { commitIndex, round } = self
  self.reads = self.reads.map((read) => (read.index === null ? { ...read, index: commitIndex, round } : read))
  broadcastHeartbeat(self, env)
}

function answer(self: ServerState, read: PendingRead, env: Env<Raft>): void {
  const { origin, client, serial, key, mode } = read
  const index = read.index as number
  if (key === null) env.send(origin, { type: 'ReadIndexReply', term: self.currentTerm, client, serial, index })
  else answerRead(self, client, serial, key, mode, env)
}

function answerRead(
  self: ServerState,
  client: ProcessId,
  serial: number,
  key: string,
  mode: ReadMode,
  env: Env<Raft>,
): void {
  env.send(client, {
    type: 'ClientReply',
    serial,
    result: { type: 'value', value: self.store.values.get(key) ?? null },
    served: { mode, index: self.lastApplied, term: self.currentTerm },
  })
}
