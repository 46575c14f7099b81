import type { Env, ProcessId } from '../../kernel/types.ts'
import { applyHealth, hearAlive, hearSuspect } from './membership.ts'
import { HEAD, type Update } from './messages.ts'
import { shuffled, slotAt } from './probe-order.ts'
import { pick, piggyback, sendDatagram, sendStream, untilTick } from './sending.ts'
import { type Probe, type ServerState, toWrite } from './state.ts'
import type { Gossip } from './types.ts'

/**
 * Failure detection (SWIM §3.1, §4.1, §4.3; memberlist `state.go`, probeNode). One timer serves a probe's three waits: for
 * the answer, for the answers by way of others, and for the next tick.
 */
export function onProbeTimer(self: ServerState, env: Env<Gossip>): void {
  const { probe } = self
  if (probe === null) beginProbe(self, env)
  else if (probe.stage === 'direct') askOthers(self, probe, env)
  else if (probe.reliable) succeed(self, probe, env)
  else fail(self, probe, env)
}

/** Pings the next server that is not dead; without one it waits for the next tick. */
export function beginProbe(self: ServerState, env: Env<Gossip>): void {
  const { probeInterval, probeTimeout } = env.config
  const now = env.elapsed()
  const target = nextTarget(self, env)
  if (target === null) {
    env.setTimer('probe', untilTick(self.phaseOfProbe, probeInterval, now))
    return
  }
  const seq = nextSeq(self)
  // A server in doubt about itself gives more time (Lifeguard §IV-A).
  const deadline = now + probeInterval * (self.score + 1)
  self.probe = { target, seq, stage: 'direct', startedAt: now, deadline, helpers: 0, nacks: 0, reliable: false }
  self.probes++
  sendDatagram(
    self,
    target,
    { type: 'Ping', seq, updates: accusationOf(self, target, env) ?? piggyback(self, HEAD, env) },
    env,
  )
  env.setTimer('probe', probeTimeout, { from: target, types: ACKS, asked: PINGS })
}

export function onAck(self: ServerState, seq: number, env: Env<Gossip>): void {
  const relay = self.relays.get(seq)
  if (relay !== undefined) {
    self.relays.delete(seq)
    env.cancelTimer(`relay ${seq >>> 0}`)
    sendDatagram(self, relay.origin, { type: 'Ack', seq: relay.originSeq, updates: piggyback(self, HEAD, env) }, env)
  } else if (self.probe?.seq === seq) succeed(self, self.probe, env)
}

export function onNack(self: ServerState, seq: number): void {
  if (self.probe?.seq === seq) self.probe = { ...self.probe, nacks: self.probe.nacks + 1 }
}

/** The reliable channel is looked at when all else has failed, so that its answer saves the other without calling it well. */
export function onStreamAck(self: ServerState, seq: number): void {
  if (self.probe?.seq === seq) self.probe = { ...self.probe, reliable: true }
}

/** Pings on behalf of another, and tells what came of it. */
export function onIndirectPing(
  self: ServerState,
  origin: ProcessId,
  originSeq: number,
  target: ProcessId,
  env: Env<Gossip>,
): void {
  const seq = nextSeq(self)
  self.relays = toWrite(self.relays)
  self.relays.set(seq, { origin, originSeq })
  sendDatagram(self, target, { type: 'Ping', seq, updates: piggyback(self, HEAD, env) }, env)
  env.setTimer(`relay ${seq >>> 0}`, env.config.probeTimeout, { from: target, types: ACKS, asked: PINGS })
}

export function onRelayTimeout(self: ServerState, seq: number, env: Env<Gossip>): void {
  const relay = self.relays.get(seq)
  if (relay === undefined) return
  self.relays.delete(seq)
  sendDatagram(self, relay.origin, { type: 'Nack', seq: relay.originSeq, updates: piggyback(self, HEAD, env) }, env)
}

const ACKS = ['Ack', 'StreamAck']
const PINGS = ['Ping', 'StreamPing']

/**
 * Round-robin over a shuffled order, shuffled anew at its end, so that nobody waits longer than 2 n − 1 probes (SWIM §4.3).
 * At the end of a round the long dead are forgotten (memberlist `state.go`, resetNodes).
 */
function nextTarget(self: ServerState, env: Env<Gossip>): ProcessId | null {
  if (env.config.mistakes.probeAtRandom) return randomTarget(self, env)
  for (let tries = 2 * self.members.slots + 1; tries > 0; tries--) {
    if (self.place >= self.order.size) newRound(self, env)
    const name = self.members.at(nextSlot(self))
    if (isTarget(self, name, env)) return name
  }
  return null
}

/** The slot whose turn it is. The one after it is worked out at once, so that it is known whom the next probe will need. */
function nextSlot(self: ServerState): number {
  const slot = self.upcoming < 0 ? slotAt(self.order, self.place) : self.upcoming
  self.place++
  self.upcoming = self.place < self.order.size ? slotAt(self.order, self.place) : -1
  return slot
}

const randomTarget = (self: ServerState, env: Env<Gossip>): ProcessId | null =>
  pick(self, 1, (_, name) => isTarget(self, name, env), env)[0] ?? null

function isTarget({ members }: ServerState, name: ProcessId, env: Env<Gossip>): boolean {
  if (name === env.self) return false
  if (members.untouched) return true
  const standing = members.get(name)?.standing
  return standing === 'alive' || standing === 'suspect'
}

function newRound(self: ServerState, env: Env<Gossip>): void {
  const now = env.elapsed()
  const nodes: ProcessId[] = []
  for (const [name, { standing, since }] of self.members.changed()) {
    if ((standing === 'dead' || standing === 'left') && now - since > env.config.gossipToTheDead) nodes.push(name)
  }
  for (const name of nodes) self.members = self.members.without(name)
  if (nodes.length > 0) {
    self.touched = [...self.touched, ...nodes]
    env.note({ type: 'forgets', nodes })
  }
  self.order = shuffled(self.members.slots, () => env.random())
  self.place = 0
  self.upcoming = -1
}

/** A ping to a suspect carries the suspicion and nothing else, so that it can refute at once (Lifeguard §IV-C). */
function accusationOf(
  self: ServerState,
  target: ProcessId,
  { config, self: from }: Env<Gossip>,
): readonly Update[] | null {
  if (!config.buddySystem || self.members.untouched) return null
  const member = self.members.get(target)
  if (member?.standing !== 'suspect') return null
  return [{ type: 'suspect', node: target, incarnation: member.incarnation, from }]
}

/** No answer: some others are asked to ping, and the reliable channel is tried. */
function askOthers(self: ServerState, probe: Probe, env: Env<Gossip>): void {
  const { indirectChecks, streamProbe, mistakes } = env.config
  const { target, seq, deadline } = probe
  const now = env.elapsed()
  const helpers = mistakes.noIndirectProbes
    ? []
    : pick(self, indirectChecks, ({ standing }, name) => standing === 'alive' && name !== target, env)
  for (const helper of helpers) {
    const updates = piggyback(self, HEAD, env)
    sendDatagram(self, helper, { type: 'IndirectPing', seq, target, updates }, env)
  }
  if (streamProbe && !mistakes.noIndirectProbes) sendStream(self, target, { type: 'StreamPing', seq }, env)
  self.probe = { ...probe, stage: 'indirect', helpers: helpers.length }
  env.setTimer('probe', Math.max(0, deadline - now), { from: target, types: ACKS, asked: PINGS })
}

/** The next probe comes at the next tick; at once, if ticks have passed while this one was under way. */
function succeed(self: ServerState, probe: Probe, env: Env<Gossip>): void {
  const now = env.elapsed()
  const { probeInterval, mistakes } = env.config
  self.probe = null
  applyHealth(self, -1, env)
  // It is late if the next tick from now on is not the one that was next when it began.
  const next = now + untilTick(self.phaseOfProbe, probeInterval, now)
  const late = next - probe.startedAt > probeInterval
  env.setTimer('probe', late ? 0 : next - now)
  if (mistakes.raiseOthers) raise(self, probe.target, env)
}

/** The mistake: who has an answer of a suspect clears it, in an incarnation that the suspect has not begun. */
function raise(self: ServerState, target: ProcessId, env: Env<Gossip>): void {
  const member = self.members.get(target)
  if (member?.standing === 'suspect') hearAlive(self, target, member.incarnation + 1, env)
}

/** Nobody had an answer. It may be its own fault: so it counts how many of those whom it asked have not even said nack. */
function fail(self: ServerState, probe: Probe, env: Env<Gossip>): void {
  const { target, helpers, nacks } = probe
  self.probe = null
  self.tally.failedProbes++
  applyHealth(self, helpers > 0 ? Math.max(0, helpers - nacks) : 1, env)
  env.note({ type: 'probeFailed', node: target, helpers, nacks, score: self.score })
  const member = self.members.get(target)
  if (member !== undefined) hearSuspect(self, target, member.incarnation, env.self, env)
  beginProbe(self, env)
}

function nextSeq(self: ServerState): number {
  self.seq = (self.seq + 1) | 0
  return self.seq
}
