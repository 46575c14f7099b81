import { hashName, mix, mixString } from '../../base/hash.ts'
import { unreachable } from '../../base/assert.ts'
import type { OperationId, ProcessId } from '../../kernel/types.ts'
import type { Entry } from './entry.ts'
import { type Conflict, digestConflict } from './backtracking.ts'
import type { JoinAs } from './state.ts'
import { type Command, digestCommand, type Result, digestResult } from './store.ts'

/** The messages of the Raft paper, Figure 2, by the paper's names; and those between a client and a server. */
export type Message =
  | RequestVote
  | RequestVoteReply
  | AppendEntries
  | AppendEntriesReply
  | PreVote
  | PreVoteReply
  | TimeoutNow
  | ReadIndex
  | ReadIndexReply
  | ClientRequest
  | ClientReply
  | NotLeader
  | InstallSnapshot
  | InstallSnapshotReply
  | JoinRequest
  | JoinReply

/** How a read is answered; `log` is the way of every write. */
export const READ_MODES = ['log', 'readIndex', 'lease', 'followerRead', 'dirty'] as const
export type ReadMode = (typeof READ_MODES)[number]

export interface RequestVote {
  readonly type: 'RequestVote'
  readonly term: number
  readonly candidateId: ProcessId
  readonly lastLogIndex: number
  readonly lastLogTerm: number
  /** The leader has asked for this election: no server refuses because it has heard from that leader (thesis §4.2.3). */
  readonly transfer: boolean
}

export interface RequestVoteReply {
  readonly type: 'RequestVoteReply'
  readonly term: number
  readonly voteGranted: boolean
}

export interface AppendEntries {
  readonly type: 'AppendEntries'
  readonly term: number
  readonly leaderId: ProcessId
  readonly prevLogIndex: number
  readonly prevLogTerm: number
  readonly entries: readonly Entry[]
  readonly leaderCommit: number
  /** The leader's own clock when it sent to all; the answer brings it back. */
  readonly round: number
}

export interface AppendEntriesReply {
  readonly type: 'AppendEntriesReply'
  readonly term: number
  readonly success: boolean
  /** On success: the last index that is known to agree with the leader. */
  readonly matchIndex: number
  /** On refusal: the prevLogIndex that was refused, and where the logs may agree. */
  readonly conflict: Conflict | null
  /** The round of what it answers. */
  readonly round: number
}

/** “Would you vote for me?” (thesis §9.6). It names the term that it would begin, and begins none. */
export interface PreVote {
  readonly type: 'PreVote'
  readonly nextTerm: number
  readonly candidateId: ProcessId
  readonly lastLogIndex: number
  readonly lastLogTerm: number
  readonly round: number
}

export interface PreVoteReply {
  readonly type: 'PreVoteReply'
  readonly term: number
  readonly voteGranted: boolean
  /** The round of what it answers. */
  readonly round: number
}

/** The leader asks a follower to campaign at once (thesis §3.10). */
export interface TimeoutNow {
  readonly type: 'TimeoutNow'
  readonly term: number
}

/** A follower asks the leader how far it must have applied before it answers this read (thesis §6.4). */
export interface ReadIndex {
  readonly type: 'ReadIndex'
  readonly term: number
  readonly client: ProcessId
  readonly serial: number
  /** The leader may answer by its lease. */
  readonly lease: boolean
}

export interface ReadIndexReply {
  readonly type: 'ReadIndexReply'
  readonly term: number
  readonly client: ProcessId
  readonly serial: number
  readonly index: number
}

export interface ClientRequest {
  readonly type: 'ClientRequest'
  readonly operation: OperationId
  /** Who asks; a server that forwards the request sends it as it is. */
  readonly client: ProcessId
  readonly serial: number
  readonly command: Command
  /** How it wants to read; null for what is no read. */
  readonly read: ReadMode | null
}

export interface ClientReply {
  readonly type: 'ClientReply'
  readonly serial: number
  readonly result: Result
  readonly served: Served
}

/** Where an answer comes from. */
export interface Served {
  readonly mode: ReadMode
  /** The last log index that the answer takes in. */
  readonly index: number
  /** The term of the server that answered. */
  readonly term: number
}

export interface NotLeader {
  readonly type: 'NotLeader'
  readonly serial: number
  readonly leaderHint: ProcessId | null
}

/** A part of the leader's snapshot (paper Figure 13). */
export interface InstallSnapshot {
  readonly type: 'InstallSnapshot'
  readonly term: number
  readonly leaderId: ProcessId
  readonly lastIncludedIndex: number
  readonly lastIncludedTerm: number
  /** Where in the snapshot this chunk stands, in characters. */
  readonly offset: number
  readonly data: string
  /** The last chunk. */
  readonly done: boolean
  readonly round: number
}

export interface InstallSnapshotReply {
  readonly type: 'InstallSnapshotReply'
  readonly term: number
  readonly lastIncludedIndex: number
  /** How much has come: the chunk that is wanted next begins there. */
  readonly offset: number
  /** Up to here the follower's log is known to agree, once all has come; 0 before. */
  readonly matchIndex: number
  /** The round of what it answers. */
  readonly round: number
}

/** A server asks to be taken into the configuration. */
export interface JoinRequest {
  readonly type: 'JoinRequest'
  readonly as: JoinAs
}

export interface JoinReply {
  readonly type: 'JoinReply'
  /** The leader has heard; the configuration says the rest. */
  readonly accepted: boolean
  readonly leaderHint: ProcessId | null
}

/** Bytes on the wire: fixed-width integers, ids and commands by their characters. */
export function size(message: Message): number {
  switch (message.type) {
    case 'AppendEntries':
      return 48 + message.entries.reduce((sum, entry) => sum + entry.bytes, 0)
    case 'AppendEntriesReply':
      return 48
    case 'RequestVote':
    case 'PreVote':
      return 40
    case 'RequestVoteReply':
    case 'PreVoteReply':
      return 24
    case 'TimeoutNow':
      return 16
    case 'ReadIndex':
    case 'ReadIndexReply':
      return 32
    case 'ClientRequest':
      return 48
    case 'ClientReply':
    case 'NotLeader':
      return 32
    case 'JoinRequest':
    case 'JoinReply':
      return 16
    case 'InstallSnapshot':
      return 56 + message.data.length
    case 'InstallSnapshotReply':
      return 40
    default:
      return unreachable(message)
  }
}

/** Every field, in its place. An entry brings its own digest along. */
export function digest(message: Message): number {
  switch (message.type) {
    case 'AppendEntries': {
      let h = mix(
        mix(mix(mix(mix(1, message.term), hashName(message.leaderId)), message.prevLogIndex), message.prevLogTerm),
        mix(message.leaderCommit, message.round),
      )
      for (const entry of message.entries) h = mix(h, entry.digest)
      return h
    }
    case 'AppendEntriesReply': {
      const h = mix(mix(mix(2, message.term), message.success ? 1 : 0), message.matchIndex)
      const answered = mix(h, message.round)
      return message.conflict === null ? answered : mix(answered, digestConflict(message.conflict))
    }
    case 'RequestVote':
      return mix(mix(digestCandidate(3, message.term, message), message.lastLogTerm), message.transfer ? 1 : 0)
    case 'RequestVoteReply':
      return mix(mix(4, message.term), message.voteGranted ? 1 : 0)
    case 'ClientRequest':
      return digestRequest(message)
    case 'ClientReply':
      return mix(mix(mix(6, message.serial), digestResult(message.result)), digestServed(message.served))
    case 'PreVote':
      return mix(mix(digestCandidate(8, message.nextTerm, message), message.lastLogTerm), message.round)
    case 'PreVoteReply':
      return mix(mix(mix(9, message.term), message.voteGranted ? 1 : 0), message.round)
    case 'TimeoutNow':
      return mix(10, message.term)
    case 'ReadIndex':
      return mix(mix(mix(mix(11, message.term), hashName(message.client)), message.serial), message.lease ? 1 : 0)
    case 'ReadIndexReply':
      return mix(mix(mix(mix(12, message.term), hashName(message.client)), message.serial), message.index)
    case 'NotLeader':
      return mix(mix(7, message.serial), message.leaderHint === null ? 0 : hashName(message.leaderHint))
    case 'InstallSnapshot': {
      const h = mix(mix(mix(33, message.term), hashName(message.leaderId)), message.lastIncludedIndex)
      const part = mixString(mix(mix(h, message.lastIncludedTerm), message.offset), message.data)
      return mix(mix(part, message.done ? 1 : 0), message.round)
    }
    case 'InstallSnapshotReply': {
      const h = mix(mix(mix(34, message.term), message.lastIncludedIndex), message.offset)
      return mix(mix(h, message.matchIndex), message.round)
    }
    case 'JoinRequest':
      return mixString(31, message.as)
    case 'JoinReply':
      return mix(mix(32, message.accepted ? 1 : 0), message.leaderHint === null ? 0 : hashName(message.leaderHint))
    default:
      return unreachable(message)
  }
}

function digestCandidate(kind: number, term: number, { candidateId, lastLogIndex }: RequestVote | PreVote): number {
  return mix(mix(mix(kind, term), hashName(candidateId)), lastLogIndex)
}

function digestRequest({ operation, client, serial, command, read }: ClientRequest): number {
  const h = mix(mix(mixString(5, operation), serial), digestCommand(command))
  return mix(mix(h, hashName(client)), read === null ? 0 : hashName(read))
}

function digestServed({ mode, index, term }: Served): number {
  return mix(mix(mix(13, hashName(mode)), index), term)
}
