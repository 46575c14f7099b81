import type { Env, ProcessId } from '../../kernel/types.ts'
import { startElection } from './election.ts'
import { lastIndex } from './entry.ts'
import type { TimeoutNow } from './messages.ts'
import { broadcastHeartbeat } from './replication.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { votersOf } from './voters.ts'

/**
 * Hands the leadership to `to` (thesis §3.10): no more proposals, the log brought up to date, then TimeoutNow. If nobody has
 * taken over within an election timeout, the leader goes on as before.
 */
export function startTransfer(self: ServerState, to: ProcessId, env: Env<Raft>): void {
  self.transfer = to
  self.timeoutNowSent = false
  env.note({ type: 'transferBegun', term: self.currentTerm, to })
  env.setTimer('transfer', env.config.electionTimeoutMax)
  if (!handOver(self, env)) broadcastHeartbeat(self, env)
}

/** Sends TimeoutNow as soon as the target holds the whole log; false while it does not. */
export function handOver(self: ServerState, env: Env<Raft>): boolean {
  const { transfer } = self
  if (transfer === null || self.timeoutNowSent || (self.progress.get(transfer)?.match ?? 0) < lastIndex(self.log))
    return false
  self.timeoutNowSent = true
  self.leaseVoid = true
  env.send(transfer, { type: 'TimeoutNow', term: self.currentTerm })
  return true
}

/** Nobody has taken over in time. The word may still be under way, so leases stay void in this term. */
export function abortTransfer(self: ServerState, env: Env<Raft>): void {
  if (self.role !== 'leader' || self.transfer === null) return
  env.note({ type: 'transferAborted', term: self.currentTerm, to: self.transfer })
  self.transfer = null
}

/** “The TimeoutNow request has the same effect as the target server’s election timer firing” (thesis §3.10), without pre-vote. */
export function onTimeoutNow(self: ServerState, message: TimeoutNow, env: Env<Raft>): void {
  if (message.term === self.currentTerm && self.role !== 'leader') startElection(self, env, 'transfer')
}

/** Why this leader cannot hand over to `to`, in words, or null. */
export function transferRefusal(self: ServerState, to: ProcessId): string | null {
  if (self.role !== 'leader') return 'only a leader can hand over its leadership'
  if (to === self.leaderId) return `${to} leads already`
  if (self.transfer !== null) return `it is handing over to ${self.transfer} already`
  return votersOf(self).includes(to) ? null : `${to} is no voter`
}
