import { assert, unreachable } from '../../base/assert.ts'
import type { Env, Place, Process, ProcessId, WriteId } from '../../kernel/types.ts'
import type { ClientState } from './client.ts'
import { campaign } from './campaign.ts'
import { checkQuorum, heardFromLeader, onAnswered } from './contact.ts'
import { countOwnVote, ignoresVote, onRequestVote, onRequestVoteReply } from './election.ts'
import { firstConfig, goByConfig } from './configuration.ts'
import { lastIndex } from './entry.ts'
import { onInstallSnapshot, onInstallSnapshotReply } from './install.ts'
import { askToJoin, askToJoinAgain, onJoinReply, onJoinRequest } from './join.ts'
import { changeConfig, changeRefusal, tendConfig } from './membership.ts'
import type { Message } from './messages.ts'
import { onPreVote, onPreVoteReply } from './prevote.ts'
import { answerParked, answerReads, onReadIndex, onReadIndexReply } from './reads.ts'
import { broadcastHeartbeat, onAppendEntries, onAppendEntriesReply, onLeaderSync } from './replication.ts'
import { onClientRequest, propose } from './requests.ts'
import { compactIfSynced } from './snapshot.ts'
import { adoptTerm, resetElectionTimer, wordOf } from './role.ts'
import { copyState, freshState, type ServerState, type Stable, stableOf } from './state.ts'
import { abortTransfer, handOver, onTimeoutNow, startTransfer, transferRefusal } from './transfer.ts'
import type { Action, Raft, Timer } from './types.ts'

/** A Raft server: “Rules for Servers” of Figure 2. */
export const server: Process<Raft> = {
  start(durable: Stable | null, env: Env<Raft>): ServerState {
    const kept = env.config.mistakes.emptyDisk ? null : durable
    const self = freshState(kept, firstConfig(env))
    goByConfig(self, env)
    if (kept !== durable) env.persist(stableOf(self))
    // It may have promised a leader a lease just before it crashed (thesis §6.4.1).
    if (kept !== null && env.config.checkQuorum) heardFromLeader(self, env)
    if (kept !== null)
      env.note({ type: 'restored', term: self.currentTerm, entries: lastIndex(self.log), snapshot: self.lastApplied })
    resetElectionTimer(env, wordOf(null))
    return self
  },

  receive(state, from: ProcessId, message: Message, env: Env<Raft>): void {
    const self = asServer(state)
    if (message.type === 'RequestVote' && ignoresVote(self, message, env)) return
    if ('term' in message && isNewTerm(self, message.term, env)) adoptTerm(self, message.term, from, env)
    switch (message.type) {
      case 'AppendEntries':
        onAppendEntries(self, from, message, env)
        if (self.parked.length > 0) answerParked(self, env)
        return
      case 'AppendEntriesReply':
        onAnswered(self, from, message.term, message.round)
        onAppendEntriesReply(self, from, message, env)
        if (self.reads.length > 0) answerReads(self, env)
        if (self.transfer !== null) handOver(self, env)
        return tendConfig(self, env)
      case 'RequestVote':
        return onRequestVote(self, from, message, env)
      case 'RequestVoteReply':
        return onRequestVoteReply(self, from, message, env)
      case 'PreVote':
        return onPreVote(self, from, message, env)
      case 'PreVoteReply':
        return onPreVoteReply(self, from, message, env)
      case 'TimeoutNow':
        return onTimeoutNow(self, message, env)
      case 'ReadIndex':
        return onReadIndex(self, from, message, env)
      case 'ReadIndexReply':
        return onReadIndexReply(self, message, env)
      case 'ClientRequest':
        return onClientRequest(self, from, message, env)
      case 'InstallSnapshot':
        onInstallSnapshot(self, from, message, env)
        if (self.parked.length > 0) answerParked(self, env)
        return
      case 'InstallSnapshotReply':
        onAnswered(self, from, message.term, message.round)
        onInstallSnapshotReply(self, from, message, env)
        return tendConfig(self, env)
      case 'JoinRequest':
        return onJoinRequest(self, from, message, env)
      case 'JoinReply':
        return onJoinReply(self, from, message, env)
      case 'ClientReply':
      case 'NotLeader':
        return
      default:
        unreachable(message)
    }
  },

  expire(state, timer: Timer, env: Env<Raft>): void {
    const self = asServer(state)
    if (timer === 'election') return campaign(self, env)
    if (timer === 'transfer') return abortTransfer(self, env)
    if (timer === 'join') return askToJoinAgain(self, env)
    if (timer !== 'heartbeat' || self.role !== 'leader') return
    checkQuorum(self, env)
    if (self.role === 'leader') broadcastHeartbeat(self, env)
  },

  synced(state, write: WriteId, env: Env<Raft>): void {
    const self = asServer(state)
    compactIfSynced(self, write)
    if (self.role === 'leader') {
      onLeaderSync(self, write, env)
      if (self.reads.length > 0) answerReads(self, env)
      tendConfig(self, env)
    } else if (self.role === 'candidate' && write >= self.ownVote) countOwnVote(self, env)
  },

  act(state, action: Action, env: Env<Raft>): void {
    const self = asServer(state)
    switch (action.type) {
      case 'propose':
        return propose(self, action.client, action.serial, action.command, env)
      case 'campaign':
        return campaign(self, env)
      case 'transfer':
        return startTransfer(self, action.to, env)
      case 'changeConfig':
        return changeConfig(self, action, env)
      case 'askToJoin':
        return askToJoin(self, action.as, env)
      case 'setElectionTimer':
        return env.setTimer('election', action.after, wordOf(self.leaderId))
      default:
        unreachable(action)
    }
  },

  refusal(state, action: Action, place: Place<Raft>): string | null {
    const self = asServer(state)
    const leads = self.role === 'leader'
    if (action.type === 'changeConfig') return changeRefusal(self, action, place)
    if (action.type === 'askToJoin') return leads ? 'a leader is in the configuration' : null
    if (action.type === 'transfer') return transferRefusal(self, action.to)
    if (action.type === 'propose') {
      if (!leads) return 'only a leader takes proposals'
      return self.transfer === null ? null : `it hands over to ${self.transfer} and takes no proposals`
    }
    if (action.type === 'campaign') return leads ? 'it leads already' : null
    return leads ? 'a leader has no election timer' : null
  },

  copy: (state) => copyState(asServer(state)),
}

/** A later term is adopted; on purpose any other, too. */
function isNewTerm(self: ServerState, term: number, env: Env<Raft>): boolean {
  return term > self.currentTerm || (env.config.mistakes.adoptOlderTerm && term < self.currentTerm)
}

function asServer(state: ServerState | ClientState): ServerState {
  assert(state.kind === 'server', 'a server is handed the state of a client')
  return state
}
