import type { Env, ProcessId } from '../../kernel/types.ts'
import { save } from './disk.ts'
import { spread } from './gossip.ts'
import { dispatch } from './dispatch.ts'
import { placementOf } from './placement.ts'
import type { Moving, ServerState } from './state.ts'
import { type Item, items } from './store/shelf.ts'
import { comingCircle, type Member, type MemberStatus, tokensFor } from './store/view.ts'
import { isSuspected } from './suspicion.ts'
import type { Ring } from './types.ts'

/**
 * Joining and leaving. The ring hears of it first, so that writes go to old and coming owners; then the ranges stream; then
 * the owners change. Who joins waits for every present member, because whoever gives a range up may be the only one with a
 * write that was acknowledged elsewhere. Who leaves waits until those that come after it keep all that it held when the
 * ring had heard; what is written later has to be acknowledged by W of them anyway.
 */

/** A server with an empty disk that comes when the ring is already turning. */
export function beginJoin(self: ServerState, env: Env<Ring>): void {
  self.moving = beginning('join')
  env.note({ type: 'joining' })
  spread(self, env)
  env.setTimer('settle', settling(env))
}

export function beginLeave(self: ServerState, env: Env<Ring>): void {
  setStatus(self, 'leaving', env)
  self.moving = beginning('leave')
  env.note({ type: 'leaving' })
  spread(self, env)
  env.setTimer('settle', settling(env))
}

/** The ring has had time to hear of it: now, and again for whoever has not answered. */
export function onSettle(self: ServerState, env: Env<Ring>): void {
  const { moving } = self
  if (moving === null) return
  env.setTimer('settle', settling(env))
  if (moving.type === 'join') return askForRanges(self, moving, env)
  if (!moving.settled) moving.leaves = new Set(Array.from(items(self.disk.shelf), ({ key }) => key))
  moving.settled = true
  sendRanges(self, env)
}

/** Who is asked by a newcomer sends what the newcomer will own and it gives up, or what it is first to own if nobody does. */
export function onStreamRequest(self: ServerState, from: ProcessId, env: Env<Ring>): void {
  if (self.disk.view[from]?.status !== 'joining') return
  dispatch(
    self,
    from,
    [...items(self.disk.shelf)].filter((item) => gives(self, item, from, env)),
    { why: 'join' },
    env,
  )
}

/** A parcel has come to who joins, from a server that it asked. */
export function arrived(self: ServerState, from: ProcessId, keys: number, last: boolean, env: Env<Ring>): void {
  const { moving } = self
  if (moving?.type !== 'join' || !moving.settled) return
  moving.keys += keys
  if (!last) return
  moving.waitsFor = moving.waitsFor.filter((id) => id !== from)
  if (moving.waitsFor.length === 0) finish(self, 'normal', env)
}

/** A server keeps these keys from who leaves; `last` if it was to get no more. */
export function kept(self: ServerState, to: ProcessId, keys: readonly string[], last: boolean, env: Env<Ring>): void {
  const { moving } = self
  if (moving?.type !== 'leave') return
  moving.kept.set(to, new Set([...(moving.kept.get(to) ?? []), ...keys]))
  if (!last) return
  moving.waitsFor = moving.waitsFor.filter((id) => id !== to)
  // The ring may have changed meanwhile, and with it who comes after.
  if (moving.waitsFor.length === 0) sendRanges(self, env)
}

/** Whether it belongs to the ring no longer: nothing that is left with it would be found again. */
export const hasLeft = ({ disk }: ServerState, { self, config }: Env<Ring>): boolean =>
  config.layout === 'ring' && disk.view[self]?.status === 'left'

/** Whether it has left, or has made the list of what it leaves behind: what comes now would go with it. */
export const takesNoMore = (self: ServerState, env: Env<Ring>): boolean =>
  hasLeft(self, env) || (self.moving?.type === 'leave' && self.moving.settled)

export function setMember(self: ServerState, id: ProcessId, change: Partial<Member>, env: Env<Ring>): void {
  const member = self.disk.view[id]
  if (member === undefined) return
  save(self, { view: { ...self.disk.view, [id]: { ...member, ...change, version: member.version + 1 } } }, env)
}

/** This server as it joins. */
export const newcomer = (env: Env<Ring>): Member => ({
  tokens: tokensFor(env.self, env.config.tokens, env.config.hash),
  status: 'joining',
  rack: rackOf(env.peers('server').indexOf(env.self), env),
  version: 1,
})

/** Servers are dealt to the racks in turn. */
export const rackOf = (index: number, { config }: Env<Ring>): string | null =>
  config.racks > 0 ? `rack ${(index % config.racks) + 1}` : null

function finish(self: ServerState, status: MemberStatus, env: Env<Ring>): void {
  const keys = self.moving?.keys ?? 0
  self.moving = null
  env.cancelTimer('settle')
  setStatus(self, status, env)
  env.note(status === 'normal' ? { type: 'joined', keys } : { type: 'left' })
  spread(self, env)
}

const setStatus = (self: ServerState, status: MemberStatus, env: Env<Ring>): void =>
  setMember(self, env.self, { status }, env)

function askForRanges(self: ServerState, moving: Moving, env: Env<Ring>): void {
  if (!moving.settled) moving.waitsFor = presentMembers(self, env)
  // It has heard of nobody yet.
  if (moving.waitsFor.length === 0) return spread(self, env)
  if (moving.settled) env.note({ type: 'waitsFor', servers: moving.waitsFor.slice() })
  for (const id of moving.waitsFor) env.send(id, { type: 'StreamRequest', request: `${self.life}-${++self.requests}` })
  moving.settled = true
}

const beginning = (type: Moving['type']): Moving => ({
  type,
  waitsFor: [],
  settled: false,
  keys: 0,
  leaves: new Set(),
  kept: new Map(),
})

/** Who leaves sends on what nobody who comes after it has said to keep. */
function sendRanges(self: ServerState, env: Env<Ring>): void {
  const { moving } = self
  // While nobody would be left to keep anything, it stays.
  if (moving === null || comingCircle(self.disk.view).servers.length === 0) return
  const parcels = new Map<ProcessId, Item[]>()
  for (const item of items(self.disk.shelf)) {
    if (!moving.leaves.has(item.key)) continue
    for (const id of heirs(self, moving, item, env)) parcels.set(id, [...(parcels.get(id) ?? []), item])
  }
  moving.waitsFor = [...parcels.keys()]
  if (parcels.size === 0) return finish(self, 'left', env)
  for (const [id, part] of parcels) dispatch(self, id, part, { why: 'leave' }, env)
}

/**
 * Who has to keep an item before its owner leaves: those that will own it and do not yet. Where there are none, because the
 * ring has no more servers than copies, all that stay, since the leaver may be the only one that has it; and one of them for
 * what the leaver does not own itself, because a token was moved or the range went to a newcomer. Who has said that it keeps
 * it needs no more.
 */
function heirs(self: ServerState, { kept }: Moving, { key, place }: Item, env: Env<Ring>): ProcessId[] {
  const { owners, coming } = placementOf(env, self.disk.view, key, place)
  const next = coming ?? owners
  const keeps = (id: ProcessId): boolean => kept.get(id)?.has(key) === true
  const fresh = next.filter((id) => !owners.includes(id))
  if (fresh.length > 0) return fresh.filter((id) => !keeps(id))
  if (owners.includes(env.self)) return next.filter((id) => !keeps(id))
  if (next.some(keeps)) return []
  return [next.find((id) => !isSuspected(self, id, env)) ?? (next[0] as ProcessId)]
}

function gives(self: ServerState, item: Item, to: ProcessId, env: Env<Ring>): boolean {
  const { owners, coming } = placementOf(env, self.disk.view, item.key, item.place)
  if (coming === null || !coming.includes(to) || !owners.includes(env.self)) return false
  const givenUp = owners.filter((id) => !coming.includes(id))
  return givenUp.length > 0 ? givenUp.includes(env.self) : true
}

function presentMembers(self: ServerState, env: Env<Ring>): ProcessId[] {
  const ids = Object.keys(self.disk.view).toSorted()
  return ids.filter((id) => id !== env.self && ['normal', 'leaving'].includes(self.disk.view[id]?.status ?? ''))
}

/** Long enough for gossip to reach everybody in a small ring: four rounds. */
const settling = ({ config }: Env<Ring>): number => 4 * config.gossipInterval
