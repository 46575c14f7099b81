import { ms, toMs } from '../../base/units.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import { withOneMore } from './probe-order.ts'
import type { Member, MemberList } from './member-list.ts'
import type { Update } from './messages.ts'
import type { Standing } from './roster.ts'
import { broadcast } from './sending.ts'
import { type ServerState, type Suspicion, toWrite } from './state.ts'
import { remainingSuspicionTime, suspicionTimeout } from './timing.ts'
import type { Gossip } from './types.ts'

/**
 * What a server makes of news about another, or about itself: the rules of SWIM §4.2 as memberlist's `state.go` has them.
 * alive(i) overrides anything older; suspect(i) overrides alive(≤ i); dead(i) overrides alive and suspect (≤ i). Whatever
 * changed a belief is told on.
 */
export function hear(self: ServerState, update: Exclude<Update, { type: 'rumour' }>, env: Env<Gossip>): void {
  switch (update.type) {
    case 'alive':
      return hearAlive(self, update.node, update.incarnation, env)
    case 'suspect':
      return hearSuspect(self, update.node, update.incarnation, update.from, env)
    case 'dead':
      return hearDead(self, update.node, update.incarnation, update.from, env)
  }
}

export function hearAlive(self: ServerState, node: ProcessId, incarnation: number, env: Env<Gossip>): void {
  if (node === env.self) {
    // Of an earlier life under this name, which this one has to outdo.
    if (incarnation > self.incarnation && isMember(self)) refute(self, incarnation, 'alive', node, env)
    return
  }
  const member = self.members.get(node)
  if (member !== undefined && !isNews(member, incarnation, env)) return
  dropSuspicion(self, node, env)
  broadcast(self, { type: 'alive', node, incarnation }, env)
  believe(self, node, 'alive', incarnation, env)
}

export function hearSuspect(
  self: ServerState,
  node: ProcessId,
  incarnation: number,
  from: ProcessId,
  env: Env<Gossip>,
): void {
  const member = self.members.get(node)
  if (member === undefined || incarnation < member.incarnation) return
  const suspicion = self.suspicions.get(node)
  if (suspicion !== undefined) {
    if (confirm(self, node, suspicion, from, env)) broadcast(self, { type: 'suspect', node, incarnation, from }, env)
    return
  }
  if (member.standing !== 'alive') return
  if (node === env.self) return refute(self, incarnation, 'suspect', from, env)
  broadcast(self, { type: 'suspect', node, incarnation, from }, env)
  believe(self, node, 'suspect', incarnation, env)
  suspect(self, node, from, env)
  self.tally.suspicions++
  env.note({ type: 'suspects', node, incarnation, by: from })
}

export function hearDead(
  self: ServerState,
  node: ProcessId,
  incarnation: number,
  from: ProcessId,
  env: Env<Gossip>,
): void {
  const member = self.members.get(node)
  if (member === undefined || incarnation < member.incarnation) return
  dropSuspicion(self, node, env)
  if (member.standing === 'dead' || member.standing === 'left') return
  if (node === env.self && self.phase !== 'leaving') return refute(self, incarnation, 'dead', from, env)
  broadcast(self, { type: 'dead', node, incarnation, from }, env)
  believe(self, node, from === node ? 'left' : 'dead', incarnation, env)
}

/**
 * Takes over what another believes. One that is dead to the other is only suspect here, so that it can refute; a leave is
 * its own word (memberlist `state.go`, mergeState).
 */
export function merge(self: ServerState, theirs: MemberList, env: Env<Gossip>): void {
  for (const [node, { standing, incarnation }] of self.members.news(theirs)) {
    if (standing === 'alive') hearAlive(self, node, incarnation, env)
    else if (standing === 'left') hearDead(self, node, incarnation, node, env)
    else if (standing === 'dead' && env.config.mistakes.pushPullKills) hearDead(self, node, incarnation, env.self, env)
    else hearSuspect(self, node, incarnation, env.self, env)
  }
}

/** Nobody has refuted in time. */
export function onSuspicionTimeout(self: ServerState, node: ProcessId, env: Env<Gossip>): void {
  const suspicion = self.suspicions.get(node)
  const member = self.members.get(node)
  if (suspicion === undefined || member?.standing !== 'suspect') return
  const { incarnation } = member
  const { confirmations, startedAt: since } = suspicion
  self.tally.deaths++
  env.note({ type: 'declares', node, incarnation, confirmations, since })
  hearDead(self, node, incarnation, env.self, env)
}

/** Says that it is alive, in an incarnation that beats the accusation, and thinks the worse of its own health. */
export function refute(
  self: ServerState,
  accused: number,
  of: 'alive' | 'suspect' | 'dead',
  by: ProcessId,
  env: Env<Gossip>,
): void {
  if (env.config.mistakes.noRefutation) return
  self.incarnation = Math.max(self.incarnation, accused) + 1
  self.tally.refutations++
  applyHealth(self, 1, env)
  believe(self, env.self, 'alive', self.incarnation, env)
  env.note({ type: 'refutes', incarnation: self.incarnation, accused: of, by })
  broadcast(self, { type: 'alive', node: env.self, incarnation: self.incarnation }, env)
}

/** The score of local health stays from 0 to below its limit (memberlist `awareness.go`). */
export function applyHealth(self: ServerState, delta: number, { config }: Env<Gossip>): void {
  if (config.localHealth) self.score = Math.max(0, Math.min(config.maxHealth - 1, self.score + delta))
}

/** Writes down a belief. A member that is new has its place in the order of probing at once. */
export function believe(
  self: ServerState,
  node: ProcessId,
  standing: Standing,
  incarnation: number,
  env: Env<Gossip>,
): void {
  const before = self.members.get(node)
  const stays = before?.standing === standing
  const since = stays ? before.since : env.elapsed()
  const { slots } = self.members
  self.members = self.members.with(node, { standing, incarnation, since })
  if (self.members.slots > slots) {
    self.order = withOneMore(self.order, () => env.random())
    self.upcoming = -1
  }
  self.touched = [...self.touched, node]
  if (standing === 'dead') self.lost = self.lost.size === 0 ? new Set([node]) : self.lost.add(node)
  else if (standing !== 'suspect') self.lost.delete(node)
  if (stays || node === env.self) return
  env.note({ type: 'believes', node, standing, incarnation, before: before?.standing ?? 'unknown' })
}

export const isMember = (self: ServerState): boolean => self.phase === 'member' || self.phase === 'joining'

/** An alive message counts if it is of a later incarnation. */
function isNews({ incarnation }: Member, heard: number, { config }: Env<Gossip>): boolean {
  return config.mistakes.believeOldNews ? heard !== incarnation : heard > incarnation
}

/**
 * Starts the clock of a suspicion. k = mult − 2 confirmations are hoped for, none in a cluster too small for them; the time
 * goes from the most, while nobody confirms, to the least.
 */
function suspect(self: ServerState, node: ProcessId, from: ProcessId, env: Env<Gossip>): void {
  const { suspicionMult, suspicionMaxMult, probeInterval, dynamicSuspicion, mistakes } = env.config
  const { known } = self.members
  const wanted = Math.max(0, suspicionMult - 2)
  const hopedFor = dynamicSuspicion && known - 2 >= wanted ? wanted : 0
  const min = ms(suspicionTimeout(suspicionMult, known, toMs(probeInterval)))
  const max = suspicionMaxMult * min
  const startedAt = env.elapsed()
  self.suspicions = toWrite(self.suspicions)
  self.suspicions.set(node, { from: [from], confirmations: 0, hopedFor, startedAt, min, max })
  if (!mistakes.waitForConfirmation) env.setTimer(`suspect ${node}`, hopedFor === 0 ? min : max)
}

/** Somebody else says so too: true if that is new and was hoped for. The time shrinks. */
function confirm(self: ServerState, node: ProcessId, it: Suspicion, from: ProcessId, env: Env<Gossip>): boolean {
  if (it.confirmations >= it.hopedFor || it.from.includes(from)) return false
  const confirmations = it.confirmations + 1
  self.suspicions.set(node, { ...it, from: [...it.from, from], confirmations })
  const passed = toMs(env.elapsed() - it.startedAt)
  const left = ms(remainingSuspicionTime(confirmations, it.hopedFor, passed, toMs(it.min), toMs(it.max)))
  env.setTimer(`suspect ${node}`, Math.max(0, left))
  env.note({ type: 'confirms', node, by: from, confirmations })
  return true
}

function dropSuspicion(self: ServerState, node: ProcessId, env: Env<Gossip>): void {
  if (self.suspicions.delete(node)) env.cancelTimer(`suspect ${node}`)
}
