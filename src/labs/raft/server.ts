import { assert, unreachable } from '../../base/assert.ts'
import type { Env, Process, ProcessId, WriteId } from '../../kernel/types.ts'
import type { ClientState } from './client.ts'
import { countOwnVote, onRequestVote, onRequestVoteReply, startElection } from './election.ts'
import { lastIndex, makeEntry } from './entry.ts'
import type { ClientRequest, Message } from './messages.ts'
import {
  append,
  broadcastEntries,
  broadcastHeartbeat,
  onAppendEntries,
  onAppendEntriesReply,
  onLeaderSync,
} from './replication.ts'
import { adoptTerm, HEARD_FROM_A_LEADER, resetElectionTimer } from './role.ts'
import { copyState, freshState, type ServerState, type Stable } from './state.ts'
import type { Action, Raft, Timer } from './types.ts'

/** A Raft server: “Rules for Servers” of Figure 2. */
export const server: Process<Raft> = {
  start(durable: Stable | null, env: Env<Raft>): ServerState {
    const self = freshState(durable)
    if (durable !== null) env.note({ type: 'restored', term: self.currentTerm, entries: lastIndex(self.log) })
    resetElectionTimer(env)
    return self
  },

  receive(state, from: ProcessId, message: Message, env: Env<Raft>): void {
    const self = asServer(state)
    if ('term' in message && message.term > self.currentTerm) adoptTerm(self, message.term, from, env)
    switch (message.type) {
      case 'AppendEntries':
        return onAppendEntries(self, from, message, env)
      case 'AppendEntriesReply':
        return onAppendEntriesReply(self, from, message, env)
      case 'RequestVote':
        return onRequestVote(self, from, message, env)
      case 'RequestVoteReply':
        return onRequestVoteReply(self, from, message, env)
      case 'ClientRequest':
        return onClientRequest(self, from, message, env)
      case 'ClientReply':
      case 'NotLeader':
        return
      default:
        unreachable(message)
    }
  },

  expire(state, timer: Timer, env: Env<Raft>): void {
    const self = asServer(state)
    if (timer === 'heartbeat' && self.role === 'leader') broadcastHeartbeat(self, env)
    else if (timer === 'election' && self.role !== 'leader') startElection(self, env)
  },

  synced(state, write: WriteId, env: Env<Raft>): void {
    const self = asServer(state)
    if (self.role === 'leader') onLeaderSync(self, write, env)
    else if (self.role === 'candidate' && write >= self.ownVote) countOwnVote(self, env)
  },

  act(state, action: Action, env: Env<Raft>): void {
    const self = asServer(state)
    if (action.type === 'propose') propose(self, action.client, action.serial, action.command, env)
    else env.setTimer('election', action.after, HEARD_FROM_A_LEADER)
  },

  refusal(state, action: Action): string | null {
    const leads = asServer(state).role === 'leader'
    if (action.type === 'propose') return leads ? null : 'only a leader takes proposals'
    return leads ? 'a leader has no election timer' : null
  },

  copy: (state) => copyState(asServer(state)),
}

/** A server that does not lead says who does, as far as it knows; the leader logs the request and answers when it is applied. */
function onClientRequest(self: ServerState, from: ProcessId, request: ClientRequest, env: Env<Raft>): void {
  const { serial } = request
  if (self.role !== 'leader') {
    env.send(from, { type: 'NotLeader', serial, leaderHint: self.leaderId })
    return
  }
  const session = self.store.sessions.get(from)
  if (session !== undefined && serial <= session.serial) {
    env.send(from, { type: 'ClientReply', serial, result: session.result })
    return
  }
  if ((self.proposed.get(from) ?? 0) >= serial) return
  propose(self, from, serial, request.command, env)
}

function propose(
  self: ServerState,
  client: ProcessId,
  serial: number,
  command: ClientRequest['command'],
  env: Env<Raft>,
): void {
  self.proposed.set(client, serial)
  append(self, makeEntry(lastIndex(self.log) + 1, self.currentTerm, command, client, serial), env)
  broadcastEntries(self, env)
}

function asServer(state: ServerState | ClientState): ServerState {
  assert(state.kind === 'server', 'a server is handed the state of a client')
  return state
}
