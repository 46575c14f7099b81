import type { Micros } from '../base/units.ts'
import type { OperationId } from '../kernel/types.ts'

/** A scenario's story as data: parts that come true one after the other, by time or by condition. */
export type Script = readonly ScriptPart[]

export interface ScriptPart {
  /** Simulated time since the start; null for a part that waits for its condition, or, without one, for the part before it. */
  at: Micros | null
  /** A condition, in the predicate language. */
  when: string | null
  /** After the condition came true. */
  delay: Micros
  title: string | null
  say: string | null
  do: readonly ScriptCommand[]
  /** A condition: if it holds when the part comes true, nothing is done, because somebody has done it by hand. */
  unless?: string
}

/**
 * A command as a scenario writes it: the name and its value, with further keys beside it. Read when it comes true. `as`
 * gives a name to the operation that it begins, by which conditions speak of it.
 */
export type ScriptCommand = Readonly<Record<string, unknown>>

/** A part of a scenario's script that has come true. */
export interface Fired {
  index: number
  at: Micros
  steps: number
  /** Why its command could not be made, in words. */
  problem: string | null
  /** The operations that it began and gave a name to. */
  names?: Readonly<Record<string, OperationId>>
}

/** What a scenario says will be so. */
export interface Expectation {
  text: string
  claim: Claim
}

/** One clause, or several joined. `not` is gone: a reader turns it into the other mode and the negated condition. */
export type Claim =
  | { type: 'and' | 'or'; parts: readonly Claim[] }
  | {
      type: 'clause'
      /** `eventually`: at some moment of the window; `always`: at every one. */
      mode: 'eventually' | 'always'
      condition: string
      after: Micros
      until: Micros
    }
