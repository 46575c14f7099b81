import { hashName, mix, mixString } from '../../base/hash.ts'
import { unreachable } from '../../base/assert.ts'
import type { OperationId, ProcessId } from '../../kernel/types.ts'
import type { Entry } from './entry.ts'
import { type Conflict, digestConflict } from './backtracking.ts'
import { type Command, digestCommand, type Result, digestResult } from './store.ts'

/** The messages of the Raft paper, Figure 2, by the paper's names; and those between a client and a server. */
export type Message =
  | RequestVote
  | RequestVoteReply
  | AppendEntries
  | AppendEntriesReply
  | ClientRequest
  | ClientReply
  | NotLeader

export interface RequestVote {
  readonly type: 'RequestVote'
  readonly term: number
  readonly candidateId: ProcessId
  readonly lastLogIndex: number
  readonly lastLogTerm: number
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
}

export interface AppendEntriesReply {
  readonly type: 'AppendEntriesReply'
  readonly term: number
  readonly success: boolean
  /** On success: the last index that is known to agree with the leader. */
  readonly matchIndex: number
  /** On refusal: the prevLogIndex that was refused, and where the logs may agree. */
  readonly conflict: Conflict | null
}

export interface ClientRequest {
  readonly type: 'ClientRequest'
  readonly operation: OperationId
  readonly serial: number
  readonly command: Command
}

export interface ClientReply {
  readonly type: 'ClientReply'
  readonly serial: number
  readonly result: Result
}

export interface NotLeader {
  readonly type: 'NotLeader'
  readonly serial: number
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
      return 40
    case 'RequestVoteReply':
      return 24
    case 'ClientRequest':
      return 48
    case 'ClientReply':
    case 'NotLeader':
      return 32
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
        message.leaderCommit,
      )
      for (const entry of message.entries) h = mix(h, entry.digest)
      return h
    }
    case 'AppendEntriesReply': {
      const h = mix(mix(mix(2, message.term), message.success ? 1 : 0), message.matchIndex)
      return message.conflict === null ? h : mix(h, digestConflict(message.conflict))
    }
    case 'RequestVote':
      return mix(
        mix(mix(mix(3, message.term), hashName(message.candidateId)), message.lastLogIndex),
        message.lastLogTerm,
      )
    case 'RequestVoteReply':
      return mix(mix(4, message.term), message.voteGranted ? 1 : 0)
    case 'ClientRequest':
      return mix(mix(mixString(5, message.operation), message.serial), digestCommand(message.command))
    case 'ClientReply':
      return mix(mix(6, message.serial), digestResult(message.result))
    case 'NotLeader':
      return mix(mix(7, message.serial), message.leaderHint === null ? 0 : hashName(message.leaderHint))
    default:
      return unreachable(message)
  }
}
