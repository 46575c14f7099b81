import { create } from 'zustand'
import type { Found, Kept, QuarryNames } from '../../hunt/task.ts'

/** A hunt, under way or done. */
export interface Hunt {
  quarry: QuarryNames
  /** Seeds 1 to `count`. */
  count: number
  runs: number
  events: number
  /** Runs in which some property was too much to decide. */
  undecided: number
  found: readonly Found[]
  /** For each property that broke the smallest scenario so far. */
  kept: readonly Kept[]
  state: 'running' | 'paused' | 'done' | 'cancelled' | 'failed'
  /** For how long it has run, pauses left out. */
  seconds: number
  problem: string | null
}

/** The last hunt; null before the first. */
export const useHunt = create<{ hunt: Hunt | null }>()(() => ({ hunt: null }))

/** A property that broke: on how many seeds, how for the first time, and the scenario that shows it, once it is shrunk. */
export interface Broke {
  monitor: string
  seeds: number
  first: Found
  kept: Kept | null
}

export function brokenIn({ found, kept }: Pick<Hunt, 'found' | 'kept'>): Broke[] {
  const monitors = [...new Set(found.map(({ monitor }) => monitor))]
  return monitors.map((monitor) => {
    const all = found.filter((each) => each.monitor === monitor)
    return {
      monitor,
      seeds: all.length,
      first: all[0] as Found,
      kept: kept.find((each) => each.monitor === monitor) ?? null,
    }
  })
}
