import type { Env, ProcessId } from '../../kernel/types.ts'
import { dropHints, takeIn } from './disk.ts'
import { dispatch } from './dispatch.ts'
import type { ReplicaMessage } from './messages.ts'
import { tellRing } from './gossip.ts'
import { arrived, kept, takesNoMore } from './moving.ts'
import { placementOf } from './placement.ts'
import type { Errand, ServerState } from './state.ts'
import { type Item, items } from './store/shelf.ts'
import { isSuspected } from './suspicion.ts'
import type { Ring } from './types.ts'

/** Copies on their way to the server that shall keep them: hints that go home, ranges that move. */

type HandOff = Extract<ReplicaMessage, { type: 'HandOff' }>

/** Hands hints back to servers that can be reached again (Dynamo §4.6). */
export function handHintsBack(self: ServerState, env: Env<Ring>): void {
  forgetLate(self, env)
  for (const id in self.disk.hints) {
    const shelf = self.disk.hints[id]
    const underWay = [...self.parcels.values()].some(({ errand }) => isHintFor(errand, id))
    if (shelf === undefined || underWay) continue
    if (self.disk.view[id]?.status === 'left') handOn(self, id, [...items(shelf)], env)
    else if (!isSuspected(self, id, env)) dispatch(self, id, [...items(shelf)], { why: 'hint', hintFor: id }, env)
  }
}

/** A parcel that nobody has confirmed may have died with its receiver; its content goes again. */
function forgetLate(self: ServerState, env: Env<Ring>): void {
  for (const [request, { sentAt }] of self.parcels) {
    if (env.elapsed() - sentAt > env.config.requestTimeout) self.parcels.delete(request)
  }
}

/** What was kept for a server that has left goes to an owner of today; anti-entropy takes it to the others. */
function handOn(self: ServerState, id: ProcessId, all: readonly Item[], env: Env<Ring>): void {
  const parcels = new Map<ProcessId, Item[]>()
  for (const item of all) {
    const { owners } = placementOf(env, self.disk.view, item.key, item.place)
    const owner = owners.find((server) => !isSuspected(self, server, env))
    if (owner !== undefined) parcels.set(owner, [...(parcels.get(owner) ?? []), item])
  }
  for (const [owner, part] of parcels) {
    if (owner !== env.self) dispatch(self, owner, part, { why: 'hint', hintFor: id }, env)
    else {
      takeIn(self, part, env)
      dropHints(self, id, part, env)
    }
  }
}

export function onHandOff(self: ServerState, from: ProcessId, message: HandOff, env: Env<Ring>): void {
  if (takesNoMore(self, env)) return tellRing(self, from, env)
  const changed = takeIn(self, message.items, env)
  env.send(from, { type: 'HandOffStored', request: message.request }, { channel: 'stream' })
  if (message.why === 'join') arrived(self, from, changed.length, message.last, env)
}

export function onHandOffStored(self: ServerState, request: string, env: Env<Ring>): void {
  const parcel = self.parcels.get(request)
  if (parcel === undefined) return
  self.parcels.delete(request)
  const { to, rest, errand } = parcel
  const keys = parcel.items.map(({ key }) => key)
  if (errand.why === 'hint') {
    dropHints(self, errand.hintFor, parcel.items, env)
    env.note({ type: 'handedBack', to, keys })
  } else if (keys.length > 0) {
    env.note({ type: 'streamed', to, keys })
  }
  if (rest.length > 0) dispatch(self, to, rest, errand, env)
  if (errand.why === 'leave') kept(self, to, keys, rest.length === 0, env)
}

/** The stream to a server broke: what was on it goes again later. */
export function loseParcels(self: ServerState, peer: ProcessId): void {
  for (const [request, { to }] of self.parcels) if (to === peer) self.parcels.delete(request)
}

const isHintFor = (errand: Errand, id: ProcessId): boolean => errand.why === 'hint' && errand.hintFor === id
