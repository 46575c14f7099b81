import type { Random } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type { LabTypes, World } from '../kernel/types.ts'
import type { ScriptCommand } from './script.ts'

/** A kind of thing that goes wrong. `act` stands for what only the lab's own users can do. */
export type FaultKind = 'crash' | 'pause' | 'stall' | 'isolate' | 'cut' | 'oneWay' | 'clock' | 'messages' | 'act'

/**
 * What a hunt should know of a lab beyond the lab itself: the lab's `hunt` loads it. All of it may be
 * left out; the house's own faults (crashes, cuts, pauses, clocks, loss) need none of it.
 */
export interface HuntHints<T extends LabTypes = LabTypes> {
  /** Numbers of servers to draw from. */
  servers?: readonly number[]
  /** Settings that are drawn anew with each seed, as a scenario's `setup.config` writes them. */
  config?(random: Random): Record<string, unknown>
  /** What only this lab's users can do, such as a change of membership; null if there is nothing to do now. */
  act?(random: Random, world: World<T>): ScriptCommand | null
  /** For how long things go wrong, and how far apart on average. */
  faultsFor?: Micros
  gap?: Micros
  /** A sentence that must come true after all is healed, and how long that may take. */
  settles?: { condition: string; within: Micros }
  /** What users do when all is healed, such as to join again. */
  afterHealing?(world: World<T>): readonly ScriptCommand[]
  /** What a mistake needs to do harm often, by its name. */
  mistakes?: Readonly<Record<string, MistakePlan<T>>>
}

/** How the runs that look for a mistake differ from the usual ones. */
export interface MistakePlan<T extends LabTypes = LabTypes> {
  /** The profile of faults, if none was asked for, or the very kinds. */
  faults?: string | readonly FaultKind[]
  /** What users do, in the place of what they usually do. */
  act?(random: Random, world: World<T>): ScriptCommand | null
  servers?: readonly number[]
  config?: Record<string, unknown>
  /** These three as a scenario's `setup` writes them. */
  network?: { latency?: WrittenTime; loss?: number; duplication?: number; fifo?: boolean }
  disk?: { sync?: WrittenTime; lying?: boolean }
  workload?: { rate?: number; readShare?: number; keys?: number }
  faultsFor?: Micros
  gap?: Micros
}

/** A time with its unit, or between two: `"3ms"`, `{ uniform: ["1ms", "10ms"] }`. */
export type WrittenTime = string | { uniform: [string, string] }
