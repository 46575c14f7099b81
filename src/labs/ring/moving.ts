import type { Env, ProcessId } from '../../kernel/types.ts'
import { save } from './disk.ts'
import { spread } from './gossip.ts'
import { dispatch } from './dispatch.ts'
import { placementOf } from './placement.ts'
import type { ServerState } from './state.ts'
import { type Item, items } from './store/shelf.ts'
import { type Member, type MemberStatus, tokensFor } from './store/view.ts'
import type { Ring } from './types.ts'

/**
 * Joining and leaving. The ring hears of it first, so that writes go to old and coming owners; then the ranges stream; then
 * the owners change. Who joins waits for every present member, because whoever gives a range up may be the only one with a
 * write that was acknowledged elsewhere.
 */

/** A server with an empty disk that comes when the ring is already turning. */
export function beginJoin(self: ServerState, env: Env<Ring>): void {
  self.moving = { type: 'join', waitsFor: [], settled: false, keys: 0 }
  env.note({ type: 'joining' })
  spread(self, env)
  env.setTimer('settle', settling(env))
}

export function beginLeave(self: ServerState, env: Env<Ring>): void {
  setStatus(self, 'leaving', env)
  self.moving = { type: 'leave', waitsFor: [], settled: false, keys: 0 }
  env.note({ type: 'leaving' })
  spread(self, env)
  env.setTimer('settle', settling(env))
}

/** The ring has had time to hear of it: now, and again for whoever has not answered. */
export function onSettle(self: ServerState, env: Env<Ring>): void {
  const { moving } = self
  if (moving === null) return
  env.setTimer('settle', settling(env))
  if (moving.type === 'join') {
    if (!moving.settled) moving.waitsFor = presentMembers(self, env)
    // It has heard of nobody yet.
    if (moving.waitsFor.length === 0) return spread(self, env)
    if (moving.settled) env.note({ type: 'waitsFor', servers: moving.waitsFor.slice() })
    for (const id of moving.waitsFor)
      env.send(id, { type: 'StreamRequest', request: `${self.life}-${++self.requests}` })
  } else if (!moving.settled || moving.waitsFor.length > 0) {
    sendRanges(self, env)
  }
  moving.settled = true
}

/** Who is asked by a newcomer sends what the newcomer will own and it gives up, or what it is first to own if nobody does. */
export function onStreamRequest(self: ServerState, from: ProcessId, env: Env<Ring>): void {
  if (self.disk.view[from]?.status !== 'joining') return
  dispatch(
    self,
    from,
    [...items(self.disk.shelf)].filter((item) => gives(self, item, from, env)),
    null,
    env,
  )
}

/** A parcel has come: of a join's streams, or of any other. */
export function arrived(self: ServerState, from: ProcessId, keys: number, last: boolean, env: Env<Ring>): void {
  const { moving } = self
  if (moving?.type !== 'join' || !moving.settled) return
  moving.keys += keys
  if (!last) return
  moving.waitsFor = moving.waitsFor.filter((id) => id !== from)
  if (moving.waitsFor.length === 0) finish(self, 'normal', env)
}

/** A server has all that it gets from this one. */
export function sentAll(self: ServerState, to: ProcessId, env: Env<Ring>): void {
  const { moving } = self
  if (moving?.type !== 'leave') return
  moving.waitsFor = moving.waitsFor.filter((id) => id !== to)
  if (moving.waitsFor.length === 0) finish(self, 'left', env)
}

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

/** Who leaves sends each item to the servers that will own it and do not own it yet. */
function sendRanges(self: ServerState, env: Env<Ring>): void {
  const parcels = new Map<ProcessId, Item[]>()
  for (const item of items(self.disk.shelf)) {
    const { owners, coming } = placementOf(env, self.disk.view, item.key, item.place)
    for (const id of coming ?? []) if (!owners.includes(id)) parcels.set(id, [...(parcels.get(id) ?? []), item])
  }
  const { moving } = self
  if (moving === null) return
  const due = moving.settled ? moving.waitsFor : [...parcels.keys()]
  moving.waitsFor = due.slice()
  if (due.length === 0) return finish(self, 'left', env)
  for (const id of due) dispatch(self, id, parcels.get(id) ?? [], null, env)
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
