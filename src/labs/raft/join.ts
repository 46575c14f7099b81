import type { Env, ProcessId } from '../../kernel/types.ts'
import { isVoter, membersOf } from './config-entry.ts'
import { changeConfig, changeRefusal } from './membership.ts'
import type { JoinReply, JoinRequest } from './messages.ts'
import type { JoinAs, ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { votersOf } from './voters.ts'

/** A server asks to be taken in, the leader if it knows one, else a voter; and again until it is. */
export function askToJoin(self: ServerState, as: JoinAs, env: Env<Raft>): void {
  self.joining = as
  env.note({ type: 'asksToJoin', as })
  ask(self, self.leaderId ?? anyVoter(self, env), env)
}

/** No answer, or a refusal: another voter may know better. */
export function askToJoinAgain(self: ServerState, env: Env<Raft>): void {
  if (self.joining === null) return
  if (isTakenIn(self, env.self, self.joining)) self.joining = null
  else ask(self, self.leaderId ?? anyVoter(self, env), env)
}

/** Only the leader takes servers in; another says who leads, as far as it knows. */
export function onJoinRequest(self: ServerState, from: ProcessId, { as }: JoinRequest, env: Env<Raft>): void {
  const there = isTakenIn(self, from, as) || self.promoting.includes(from)
  const type = as === 'voter' ? 'addVoter' : 'addLearner'
  const request = { op: 'simple', changes: [{ type, id: from }] } as const
  if (self.role === 'leader' && !there && changeRefusal(self, request, env) === null) changeConfig(self, request, env)
  const leaderHint = self.role === 'leader' ? null : self.leaderId
  env.send(from, { type: 'JoinReply', accepted: self.role === 'leader', leaderHint })
}

export function onJoinReply(self: ServerState, from: ProcessId, { leaderHint }: JoinReply, env: Env<Raft>): void {
  if (self.joining !== null && leaderHint !== null && leaderHint !== from) ask(self, leaderHint, env)
}

function ask(self: ServerState, whom: ProcessId, env: Env<Raft>): void {
  if (self.joining === null) return
  if (whom !== env.self) env.send(whom, { type: 'JoinRequest', as: self.joining })
  env.setTimer('join', env.config.clientRetry, { types: ['JoinReply'], asked: ['JoinRequest'] })
}

/** Drawn, so that a voter that is down is not asked for ever. */
function anyVoter(self: ServerState, env: Env<Raft>): ProcessId {
  const voters = votersOf(self)
  return voters[Math.floor(env.random() * voters.length)] as ProcessId
}

function isTakenIn({ config }: ServerState, id: ProcessId, as: JoinAs): boolean {
  return as === 'voter' ? isVoter(config, id) : membersOf(config).includes(id)
}
