import { formatInstant, type Micros, SECOND } from '../base/units.ts'
import type { ProcessId } from '../kernel/types.ts'
import type { Tone } from './definition.ts'
import type { Moment } from './moment.ts'

/** What two runs came to, beside each other. Plain data. */
export interface Comparison {
  /** How far both were played. */
  until: Micros
  /** How many events each had by then. */
  events: Pair<number>
  /** The first event at which they differ; null if there is none. */
  first: Difference | null
  /** The first thing that the narration tells otherwise. */
  told: Difference | null
  /** What was measured of each. */
  figures: readonly ComparedFigure[]
}

export type Pair<T> = readonly [T, T]

export interface Difference {
  /** The earlier one of the two. */
  at: Micros
  /** Null where nothing more happens. */
  sides: Pair<Said | null>
  /** Where both sentences are the same at the same instant: what in them is not. */
  field: { field: string; values: Pair<string> } | null
}

/** An event in words. */
export interface Said {
  seq: number
  at: Micros
  text: string
  about: readonly ProcessId[]
  tone: Tone
}

export interface ComparedFigure {
  label: string
  unit: 'duration' | 'rate' | 'bytes' | 'share' | 'count'
  /** Null for what a run does not have, such as the latency of no operation. */
  values: Pair<number | null>
}

/** One event further or back on the time axis of two runs: of either, or of both where they come at one instant. */
export interface Stride {
  /** The instant of what happened last. */
  at: Micros
  /** Where each of them stands right after it. */
  moments: Pair<Moment>
  /** What happened; null for the one in which nothing did. At the start, for both. */
  sides: Pair<Said | null>
  /** Where both sentences are the same: what in them is not. */
  field: Difference['field']
}

/** A difference in a sentence or two, the sides by their names. */
export function differenceText({ at, sides: [a, b], field }: Difference, [nameA, nameB]: Pair<string>): string {
  if (field !== null && a !== null)
    return `At ${formatInstant(at)} in both: ${a.text}, but ${field.field} is ${field.values[0]} in ${nameA} and ${field.values[1]} in ${nameB}.`
  if (a === null || b === null) {
    const [only, name, other] = a === null ? [b, nameB, nameA] : [a, nameA, nameB]
    return `At ${formatInstant(at)} in ${name}: ${only?.text ?? ''}. In ${other} nothing more happens.`
  }
  if (a.at === b.at) return `At ${formatInstant(at)} in ${nameA}: ${a.text}. In ${nameB}: ${b.text}.`
  const [early, late, nameEarly, nameLate] = a.at < b.at ? [a, b, nameA, nameB] : [b, a, nameB, nameA]
  return `At ${formatInstant(early.at)} in ${nameEarly}: ${early.text}. What comes next in ${nameLate}, at ${instantBeside(late.at, early.at)}: ${late.text}.`
}

/** A stride in a sentence or two, the sides by their names. */
export function strideText({ at, sides: [a, b], field }: Stride, [nameA, nameB]: Pair<string>): string {
  const when = `At ${exactInstant(at)}`
  if (a === null && b === null) return 'The start of both: nothing has happened yet.'
  if (a === null || b === null) {
    const [only, name, other] = a === null ? [b, nameB, nameA] : [a, nameA, nameB]
    return `${when} in ${name} alone: ${only?.text ?? ''}. In ${other} nothing happens then.`
  }
  if (field !== null)
    return `${when} in both: ${a.text}, but ${field.field} is ${field.values[0]} in ${nameA} and ${field.values[1]} in ${nameB}.`
  if (a.text === b.text) return `${when} in both: ${a.text}.`
  return `${when} in ${nameA}: ${a.text}. In ${nameB}: ${b.text}.`
}

const exactInstant = (at: Micros): string => `${(at / SECOND).toFixed(6)} s`

/** Two instants that read alike to the millisecond are told to the microsecond. */
const instantBeside = (at: Micros, other: Micros): string =>
  formatInstant(at) === formatInstant(other) ? exactInstant(at) : formatInstant(at)
