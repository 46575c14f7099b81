import type { Env, ProcessId } from '../../kernel/types.ts'
import { save } from './disk.ts'
import type { ServerState } from './state.ts'
import { type Member, mergeViews, type RingView } from './store/view.ts'
import { clear, suspect } from './suspicion.ts'
import type { Ring } from './types.ts'

/** The ring is spread by gossip (Dynamo §4.8.1): every so often each server tells one other, drawn at random, what it knows. */
export function gossip(self: ServerState, env: Env<Ring>): void {
  env.setTimer('gossip', env.config.gossipInterval)
  if (env.config.layout !== 'ring') return
  const others = known(self, env)
  if (others.length === 0) return
  const peer = others[Math.floor(env.random() * others.length)] as ProcessId
  self.gossipedTo = peer
  env.send(peer, { type: 'Gossip', view: self.disk.view, answer: false })
  env.setTimer('gossipAnswer', env.config.replicaTimeout, { from: peer, types: ['Gossip'], asked: ['Gossip'] })
}

/** Whether the ring that it knows has changed by this. */
export function onGossip(self: ServerState, from: ProcessId, view: RingView, answer: boolean, env: Env<Ring>): boolean {
  clear(self, from)
  if (answer && self.gossipedTo === from) {
    self.gossipedTo = null
    env.cancelTimer('gossipAnswer')
  }
  const isNews = learn(self, view, env)
  if (!answer) tellRing(self, from, env)
  return isNews
}

/** Takes in what another knows of the ring; says whether any of it was new. */
export function learn(self: ServerState, view: RingView, env: Env<Ring>): boolean {
  const merged = withOwn(self, mergeViews(self.disk.view, view), view[env.self], env)
  if (merged === self.disk.view) return false
  save(self, { view: merged }, env)
  return true
}

/** Tells one server what it knows of the ring, and asks for nothing. */
export const tellRing = (self: ServerState, to: ProcessId, env: Env<Ring>): void =>
  env.send(to, { type: 'Gossip', view: self.disk.view, answer: true })

export function onGossipTimeout(self: ServerState, env: Env<Ring>): void {
  if (self.gossipedTo !== null) suspect(self, self.gossipedTo, env)
  self.gossipedTo = null
}

/** Tells everybody at once what has changed about itself; who misses it hears by gossip. */
export function spread(self: ServerState, env: Env<Ring>): void {
  for (const id of known(self, env)) env.send(id, { type: 'Gossip', view: self.disk.view, answer: false })
}

/** Members, and for a newcomer that knows nobody the servers that began the cluster. */
function known(self: ServerState, env: Env<Ring>): ProcessId[] {
  const { view } = self.disk
  const members = Object.keys(view).filter((id) => id !== env.self && view[id]?.status !== 'left')
  return members.length > 0 ? members.toSorted() : env.peers('server').filter((id) => id !== env.self)
}

/** Its own entry is its own affair: an older life's may not stand against it. Only to have been taken out is heeded. */
function withOwn(self: ServerState, merged: RingView, heard: Member | undefined, env: Env<Ring>): RingView {
  const ours = self.disk.view[env.self]
  if (ours === undefined || heard === undefined || heard.version < ours.version) return merged
  if (heard.version === ours.version && heard.status === ours.status) return merged
  if (heard.status === 'left' && self.moving === null) return merged
  const renewed: Member = { ...ours, version: heard.version + 1 }
  return { ...merged, [env.self]: renewed }
}
