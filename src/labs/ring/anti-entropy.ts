import { mix } from '../../base/hash.ts'
import { type Micros, SECOND } from '../../base/units.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import { heals, type RingConfig } from './config.ts'
import { takeIn } from './disk.ts'
import type { RingMessage } from './messages.ts'
import { placement } from './placement.ts'
import type { Durable, ServerState } from './state.ts'
import type { Item, Segment, Shelf } from './store/shelf.ts'
import { isSuspected } from './suspicion.ts'
import type { Ring } from './types.ts'

/**
 * Anti-entropy with Merkle trees (Dynamo §4.7): two replicas compare the hashes of the keys that both should hold, from the
 * root down, and exchange only the leaves that differ. A tree has 64 leaves, the segments of the circle, and four children
 * to a node.
 */
type Tree = Extract<RingMessage, { type: 'Tree' }>
type Exchange = Extract<RingMessage, { type: 'Exchange' }>

export const LEAF_DEPTH = 3

/** Compares with the next server of the ring that can be reached. */
export function antiEntropy(self: ServerState, env: Env<Ring>): void {
  env.setTimer('antiEntropy', untilComparing(env))
  if (env.config.antiEntropyInterval === 0 || !heals(env.config)) return
  if (env.config.layout !== 'ring' && env.config.layout !== 'replicas') return
  const { view } = self.disk
  const members = Object.keys(view).filter((id) => view[id]?.status !== 'left')
  members.sort()
  const from = members.indexOf(self.comparedWith ?? env.self)
  const around = members.map((_, i) => members[(from + 1 + i) % members.length] as ProcessId)
  const peer = around.find((id) => id !== env.self && !isSuspected(self, id, env))
  if (peer === undefined) return
  self.comparedWith = peer
  compareWith(self, peer, env)
}

/** While trees are never compared, it looks every second whether that has changed. */
export const untilComparing = ({ config }: Env<Ring>): Micros => config.antiEntropyInterval || SECOND

export function compareWith(self: ServerState, peer: ProcessId, env: Env<Ring>): void {
  sendTree(self, peer, `${self.life}-${++self.requests}`, 0, [0], env)
}

/** Goes down where the hashes differ; the leaves that do are sent. */
export function onTree(
  self: ServerState,
  from: ProcessId,
  { request, depth, nodes, hashes }: Tree,
  env: Env<Ring>,
): void {
  const leaves = leavesOf(self, from, env)
  const different = nodes.filter((node, i) => hashOf(leaves, depth, node) !== hashes[i])
  if (different.length === 0) return
  if (depth < LEAF_DEPTH) {
    const children = different.flatMap((node) => [0, 1, 2, 3].map((child) => node * 4 + child))
    sendTree(self, from, request, depth + 1, children, env)
  } else {
    sendItems(from, request, different, leaves, false, env)
  }
}

export function onExchange(self: ServerState, from: ProcessId, message: Exchange, env: Env<Ring>): void {
  const leaves = leavesOf(self, from, env)
  if (!message.answer) sendItems(from, message.request, message.leaves, leaves, true, env)
  const keys = takeIn(self, message.items, env)
  if (keys.length > 0) env.note({ type: 'healed', from, keys })
}

function sendTree(
  self: ServerState,
  to: ProcessId,
  request: string,
  depth: number,
  nodes: readonly number[],
  env: Env<Ring>,
): void {
  const leaves = leavesOf(self, to, env)
  env.send(to, { type: 'Tree', request, depth, nodes, hashes: nodes.map((node) => hashOf(leaves, depth, node)) })
}

function sendItems(
  to: ProcessId,
  request: string,
  leaves: readonly number[],
  all: readonly Segment[],
  answer: boolean,
  env: Env<Ring>,
): void {
  const items = leaves.flatMap((leaf) => all[leaf] as Segment)
  env.send(to, { type: 'Exchange', request, leaves, items, answer })
}

/** Per segment, what a server's disk holds of the keys that both it and the other should, by its own ring. */
export function sharedLeaves(
  config: RingConfig,
  { view, shelf }: Pick<Durable, 'view' | 'shelf'>,
  servers: readonly ProcessId[],
  self: ProcessId,
  peer: ProcessId,
): Segment[] {
  const isShared = ({ key, place }: Item): boolean => {
    const { owners, coming } = placement(config, view, servers, key, place)
    const all = coming === null ? owners : [...owners, ...coming]
    return all.includes(peer) && all.includes(self)
  }
  return shelf.segments.map((segment) => segment.filter(isShared))
}

const leavesOf = (self: ServerState, peer: ProcessId, env: Env<Ring>): Segment[] =>
  sharedLeaves(env.config, self.disk, env.peers('server'), env.self, peer)

/** A leaf's hash is that of its items, a node's that of its children. */
export function hashOf(leaves: readonly Segment[], depth: number, node: number): number {
  if (depth === LEAF_DEPTH) return (leaves[node] as Segment).reduce((hash, item) => mix(hash, item.digest), 0)
  let hash = 0
  for (let child = 0; child < 4; child++) hash = mix(hash, hashOf(leaves, depth + 1, node * 4 + child))
  return hash
}

/** The root of the tree over everything on a shelf. A shelf never changes, so its root is known once it has been computed. */
export function rootOf(shelf: Shelf): number {
  const known = roots.get(shelf)
  if (known !== undefined) return known
  const root = hashOf(shelf.segments, 0, 0)
  roots.set(shelf, root)
  return root
}

const roots = new WeakMap<Shelf, number>()
