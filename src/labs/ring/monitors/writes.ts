import type { Event } from '../../../kernel/event.ts'
import { covers, type Dot, dotText, sameDot, type Version, type VersionVector } from '../store/versions.ts'
import type { Ring } from '../types.ts'

/** What the monitors know of every write: the version it made, and what its client had seen. */
export interface KnownWrite {
  readonly version: Version
  readonly context: VersionVector
}

/** Writes by key and dot. */
export type Writes = Map<string, Map<string, KnownWrite>>

export const copyWrites = (writes: Writes): Writes => new Map(Array.from(writes, ([key, all]) => [key, new Map(all)]))

/** Takes in what a server notes when it coordinates a write. */
export function learn(writes: Writes, event: Event<Ring>): void {
  if (event.type !== 'noted' || event.note.type !== 'wrote') return
  const { key, version, context } = event.note
  const all = writes.get(key)
  if (all) all.set(dotText(version.dot), { version, context })
  else writes.set(key, new Map([[dotText(version.dot), { version, context }]]))
}

/** Whether the client that wrote `later` had seen `dot`, or wrote it. */
export function follows(writes: Writes, key: string, later: Dot, dot: Dot): boolean {
  if (sameDot(later, dot)) return true
  const known = writes.get(key)?.get(dotText(later))
  return known !== undefined && covers(known.context, dot)
}
