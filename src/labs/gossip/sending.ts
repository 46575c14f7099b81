import { SECOND } from '../../base/units.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import type { Member } from './member-list.ts'
import { COMPOUND, type Message, NO_UPDATES, size, sizeOf, type Update, type Updates } from './messages.ts'
import type { ServerState } from './state.ts'
import { retransmitLimit } from './timing.ts'
import type { Gossip } from './types.ts'

/** How messages leave a server: with what is still to be told on their back, and counted. */

export function sendDatagram(self: ServerState, to: ProcessId, message: Message, env: Env<Gossip>): void {
  count(self, message, env)
  env.send(to, message)
}

export function sendStream(self: ServerState, to: ProcessId, message: Message, env: Env<Gossip>): void {
  count(self, message, env)
  env.send(to, message, STREAM)
}

/** Something to tell. It rides on whatever is sent next, and on gossip. */
export function broadcast(self: ServerState, update: Update, env: Env<Gossip>): void {
  if (update.type === 'rumour') self.events.add(update)
  else self.news.add(update)
  if (self.gossiping) return
  self.gossiping = true
  env.setTimer('gossip', untilTick(self.phaseOfGossip, env.config.gossipInterval, env.elapsed()))
}

/** What fits on the back of a message that is `used` bytes long. News goes first; rumours have what room is left. */
export function piggyback(self: ServerState, used: number, env: Env<Gossip>): Updates {
  // As long as there is something to tell, it is gossiping; most of the time there is not, and nobody need look.
  if (!self.gossiping) return NO_UPDATES
  const limit = limitOf(self, env)
  const room = env.config.packet - used
  const news = self.news.take(room, limit)
  if (self.events.length === 0) return news
  const left = news.reduce((sum, update) => sum - sizeOf(update), room)
  return [...news, ...self.events.take(left, limit)]
}

/** At each tick of gossip some random servers are told, for as long as there is something to tell. */
export function onGossipTick(self: ServerState, env: Env<Gossip>): void {
  const { gossipNodes, gossipToTheDead, gossipInterval } = env.config
  const now = env.elapsed()
  const hears = ({ standing, since }: Member): boolean =>
    standing === 'alive' || standing === 'suspect' || (standing === 'dead' && now - since <= gossipToTheDead)
  for (const to of pick(self, gossipNodes, hears, env)) {
    const updates = piggyback(self, COMPOUND, env)
    if (updates.length === 0) break
    sendDatagram(self, to, { type: 'Gossip', updates }, env)
  }
  self.gossiping = self.news.length + self.events.length > 0
  if (self.gossiping) env.setTimer('gossip', untilTick(self.phaseOfGossip, gossipInterval, now))
}

/**
 * Up to `count` members that fit, none twice and never the server itself: drawn at random, at most 3 n times (memberlist
 * `util.go`, kRandomNodes). Where that finds too few, the slots are gone through one by one, so that in a small cluster
 * nobody is overlooked, as memberlist means it to be.
 */
export function pick(self: ServerState, count: number, fits: Fits, env: Env<Gossip>): ProcessId[] {
  const picked: ProcessId[] = []
  const { members } = self
  for (let tries = 3 * members.slots; tries > 0 && picked.length < count; tries--) {
    take(picked, members.at(Math.floor(env.random() * members.slots)), self, fits, env)
  }
  for (let slot = 0; slot < members.slots && picked.length < count; slot++) {
    take(picked, members.at(slot), self, fits, env)
  }
  return picked
}

type Fits = (member: Member, name: ProcessId) => boolean

function take(picked: ProcessId[], name: ProcessId, { members }: ServerState, fits: Fits, env: Env<Gossip>): void {
  if (name === env.self || picked.includes(name)) return
  const member = members.get(name)
  if (member !== undefined && fits(member, name)) picked.push(name)
}

/** How long it is until the next tick of a clock that ticks at `phase` and every `interval` from there; never now. */
export function untilTick(phase: number, interval: number, now: number): number {
  const since = (now - phase) % interval
  return since < 0 ? -since : interval - since
}

const STREAM = { channel: 'stream' } as const

function limitOf(self: ServerState, { config }: Env<Gossip>): number {
  if (config.mistakes.noRetransmitLimit) return Number.POSITIVE_INFINITY
  return retransmitLimit(config.retransmitMult, self.members.known)
}

function count(self: ServerState, message: Message, env: Env<Gossip>): void {
  const second = Math.floor(env.elapsed() / SECOND)
  if (second !== self.second) {
    const next = second === self.second + 1
    self.messagesBefore = next ? self.messagesNow : 0
    self.bytesBefore = next ? self.bytesNow : 0
    self.messagesNow = 0
    self.bytesNow = 0
    self.second = second
  }
  self.messagesNow++
  self.bytesNow += size(message)
}
