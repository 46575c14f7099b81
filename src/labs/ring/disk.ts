import type { Env, ProcessId } from '../../kernel/types.ts'
import { isLastWrite } from './config.ts'
import { keyPlace } from './placement.ts'
import type { Durable, ServerState } from './state.ts'
import { EMPTY_SHELF, type Item, lookUp, put, remove, type Shelf } from './store/shelf.ts'
import {
  isLater,
  merge,
  mergeLast,
  NOTHING,
  sameDot,
  sameVersions,
  type Version,
  type Versions,
} from './store/versions.ts'
import type { Ring } from './types.ts'

/** Everything that a server writes goes through here: state and disk change together. */
export function save(self: ServerState, change: Partial<Durable>, env: Env<Ring>): void {
  self.disk = { ...self.disk, ...change }
  env.persist(self.disk)
}

/** What it holds of a key, its own copy and what it keeps for others. */
export function held(self: ServerState, key: string, place: number, env: Env<Ring>): Versions {
  let versions = lookUp(self.disk.shelf, key, place) ?? NOTHING
  for (const id in self.disk.hints) {
    const hint = lookUp(self.disk.hints[id] as Shelf, key, place)
    if (hint !== null) versions = reconcile(versions, hint, env)
  }
  return versions
}

/** Two states of an object as one, by the rule that the cluster runs. */
export const reconcile = (a: Versions, b: Versions, env: Env<Ring>): Versions =>
  isLastWrite(env.config) ? mergeLast(a, b) : merge(a, b)

/** Takes in copies of its own; returns the keys that this changed. */
export function takeIn(
  self: ServerState,
  items: readonly { key: string; versions: Versions }[],
  env: Env<Ring>,
): string[] {
  let { shelf } = self.disk
  const changed: string[] = []
  for (const { key, versions } of items) {
    const place = keyPlace(env.config, key)
    const before = lookUp(shelf, key, place) ?? NOTHING
    const after = reconcile(before, versions, env)
    if (sameVersions(before, after)) continue
    noteOverruled(key, before, versions, after, env)
    shelf = put(shelf, key, place, after)
    changed.push(key)
  }
  if (changed.length > 0) save(self, { shelf }, env)
  return changed
}

/** Keeps a copy for a server that could not be reached. */
export function keepHint(self: ServerState, server: ProcessId, key: string, versions: Versions, env: Env<Ring>): void {
  const place = keyPlace(env.config, key)
  const shelf = self.disk.hints[server] ?? EMPTY_SHELF
  const before = lookUp(shelf, key, place) ?? NOTHING
  const hints = { ...self.disk.hints, [server]: put(shelf, key, place, reconcile(before, versions, env)) }
  save(self, { hints }, env)
  env.note({ type: 'keepsHint', key, server })
}

/** Hints that have been handed back; one that has changed meanwhile stays. */
export function dropHints(self: ServerState, server: ProcessId, items: readonly Item[], env: Env<Ring>): void {
  let shelf = self.disk.hints[server]
  if (shelf === undefined) return
  for (const { key, place, versions } of items) {
    const now = lookUp(shelf, key, place)
    if (now !== null && sameVersions(now, versions)) shelf = remove(shelf, key, place)
  }
  const { [server]: _, ...others } = self.disk.hints
  save(self, { hints: shelf.size === 0 ? others : { ...self.disk.hints, [server]: shelf } }, env)
}

/** The mistake of keeping no tombstone: the key goes as if it had never been. */
export function erase(self: ServerState, key: string, env: Env<Ring>): void {
  save(self, { shelf: remove(self.disk.shelf, key, keyPlace(env.config, key)) }, env)
}

/** Says so when a version goes because of its stamp alone. */
function noteOverruled(key: string, before: Versions, incoming: Versions, after: Versions, env: Env<Ring>): void {
  if (!isLastWrite(env.config)) return
  const winner = after.siblings[0]
  if (winner === undefined) return
  const losers = [...before.siblings, ...incoming.siblings].filter((v) => !sameDot(v.dot, winner.dot))
  for (const lost of losers)
    if (isConcurrent(lost, before, incoming)) env.note({ type: 'overruled', key, lost, by: winner })
}

/** A version that one side holds and the other has never seen. */
function isConcurrent(lost: Version, a: Versions, b: Versions): boolean {
  const inA = a.siblings.some((v) => sameDot(v.dot, lost.dot))
  const [holder, other] = inA ? [a, b] : [b, a]
  const unseen = (other.clock[lost.dot.by] ?? 0) < lost.dot.n
  const winner = other.siblings[0]
  return unseen && winner !== undefined && (holder.clock[winner.dot.by] ?? 0) < winner.dot.n && isLater(winner, lost)
}
