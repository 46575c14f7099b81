import type { Env, ProcessId } from '../../kernel/types.ts'
import { answerApplied } from './answers.ts'
import { lastIndex, makeEntry } from './entry.ts'
import type { ClientRequest } from './messages.ts'
import { onRead } from './reads.ts'
import { append, broadcastEntries } from './replication.ts'
import type { ServerState } from './state.ts'
import type { Command } from './store.ts'
import type { Raft } from './types.ts'

/** A request of a client, or one that another server forwards: the leader logs it and answers when it is applied. */
export function onClientRequest(self: ServerState, from: ProcessId, request: ClientRequest, env: Env<Raft>): void {
  const { client, serial, command } = request
  if (command.type === 'get' && request.read !== 'log' && request.read !== null) {
    if (!onRead(self, request, command.key, env)) refuse(self, client, serial, env)
    return
  }
  if (from === client) {
    const known = self.role === 'leader' || env.config.notLeader === 'forward'
    if (known && answerFromSession(self, client, serial, env)) return
    if (self.role !== 'leader') return passOn(self, request, env)
    if (self.transfer !== null) return refuse(self, client, serial, env)
    self.owed.set(client, serial)
  }
  if (self.role !== 'leader' || self.transfer !== null) return
  const seen = (self.proposed.get(client) ?? 0) >= serial
  if (!seen || env.config.mistakes.noDeduplication) propose(self, client, serial, command, env)
}

/** Puts a command in the leader's log and sends it out. */
export function propose(self: ServerState, client: ProcessId, serial: number, command: Command, env: Env<Raft>): void {
  self.proposed.set(client, serial)
  const entry = makeEntry(lastIndex(self.log) + 1, self.currentTerm, command, client, serial)
  append(self, entry, env)
  broadcastEntries(self, env)
  if (env.config.mistakes.answerBeforeCommit && self.owed.get(client) === serial)
    answerApplied(self, entry, { type: 'done' }, env)
}

/** A request that was applied before has the answer that it had then (thesis §6.3). */
function answerFromSession(self: ServerState, client: ProcessId, serial: number, env: Env<Raft>): boolean {
  const session = self.store.sessions.get(client)
  if (session === undefined || serial > session.serial || env.config.mistakes.noDeduplication) return false
  const { result, index } = session
  env.send(client, { type: 'ClientReply', serial, result, served: { mode: 'log', index, term: self.currentTerm } })
  return true
}

/** To the leader, if that is how it is done and one is known; else the client is told who leads, as far as this server knows. */
function passOn(self: ServerState, request: ClientRequest, env: Env<Raft>): void {
  const { client, serial } = request
  const { leaderId } = self
  if (env.config.notLeader === 'redirect' || leaderId === null) return refuse(self, client, serial, env)
  self.owed.set(client, serial)
  env.note({ type: 'forwarded', client, to: leaderId })
  env.send(leaderId, request)
}

/** A leader that hands over takes nothing, and does not know yet who will (thesis §3.10). */
function refuse(self: ServerState, client: ProcessId, serial: number, env: Env<Raft>): void {
  const leaderHint = self.role === 'leader' ? null : self.leaderId
  env.send(client, { type: 'NotLeader', serial, leaderHint })
}
