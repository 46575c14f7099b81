import { hashName, mix } from '../../base/hash.ts'
import type { ProcessId } from '../../kernel/types.ts'

/** The servers that a cluster began with. Never changed, and shared by all of them, so that ten thousand need it once. */
export interface Roster {
  readonly names: readonly ProcessId[]
  readonly has: ReadonlySet<ProcessId>
  /** Sum of what each name adds to the fingerprint of a member list in which all are as they began. */
  readonly print: number
}

export const NOBODY: Roster = { names: [], has: new Set(), print: 0 }

/** The roster of these servers. Cached by their list, which is one for all servers of a run. */
export function rosterOf(names: readonly ProcessId[]): Roster {
  const known = rosters.get(names)
  if (known !== undefined && known.names.length === names.length) return known
  const roster = {
    names: names.slice(),
    has: new Set(names),
    print: names.reduce((sum, name) => sum + first(name), 0) | 0,
  }
  rosters.set(names, roster)
  return roster
}

/** A cache of a pure function: no run can tell that it is there. */
const rosters = new WeakMap<readonly ProcessId[], Roster>()

const first = (name: ProcessId): number => printOf(name, 'alive', FIRST_INCARNATION)

/** What one member adds to the fingerprint of a member list. Its time is its holder's own affair and never travels. */
export function printOf(name: ProcessId, standing: Standing, incarnation: number): number {
  return mix(mix(hashName(name), STANDINGS.indexOf(standing)), incarnation)
}

/** memberlist numbers the first life of a server 1 (`state.go`, nextIncarnation). */
export const FIRST_INCARNATION = 1

const STANDINGS = ['alive', 'suspect', 'dead', 'left'] as const
export type Standing = (typeof STANDINGS)[number]
