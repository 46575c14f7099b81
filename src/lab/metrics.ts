import type { Micros } from '../base/units.ts'
import type { Event, EventType } from '../kernel/event.ts'
import type { LabTypes, World } from '../kernel/types.ts'

/**
 * What a lab measures of a run. The house measures for every lab how long clients wait and what is sent; a lab adds what is
 * its own, such as the time without a leader.
 */
export type Metric<T extends LabTypes, M = unknown> = SpanMetric<T> | SampleMetric<T, M>

interface Named {
  readonly name: string
  readonly label: string
  /** In one sentence, with what counts and what does not. */
  readonly says: string
  /** After which events it may change. */
  readonly on: readonly EventType[]
}

/** For how long something is so. */
export interface SpanMetric<T extends LabTypes> extends Named {
  readonly kind: 'span'
  holds(world: World<T>): boolean
}

/** Numbers that a run gives now and then, such as how long a crash went unnoticed. `M` is what it remembers, plain data. */
export interface SampleMetric<T extends LabTypes, M> extends Named {
  readonly kind: 'sample'
  readonly unit: 'duration' | 'count'
  begin(): M
  /** A number to count, or null. */
  sample(memory: M, event: Event<T>, world: World<T>): number | null
  copy(memory: M): M
}

/** Closes over what a metric remembers, so that metrics of different memories fit into one list. */
export function metric<T extends LabTypes, M>(definition: SampleMetric<T, M>): Metric<T> {
  return definition
}

/** How a list of numbers is spread; never a mean alone. */
export interface Quantiles {
  count: number
  p50: number
  p95: number
  p99: number
  max: number
}

/** All that was measured of a run from its first instant to `to`, in bins of equal length (the last may be shorter). */
export interface MetricsView {
  to: Micros
  bin: Micros
  latency: {
    all: Quantiles | null
    /** Of the operations that were answered in each bin. */
    bins: readonly (Quantiles | null)[]
    failed: number
    unknown: number
  }
  traffic: readonly Traffic[]
  spans: readonly Spans[]
  samples: readonly Samples[]
}

/** What was sent of one kind of message. */
export interface Traffic {
  type: string
  messages: number
  bytes: number
  messagesPerBin: readonly number[]
  bytesPerBin: readonly number[]
}

export interface Spans {
  name: string
  label: string
  says: string
  total: Micros
  longest: Micros
  /** How often it began. */
  count: number
  /** From and to; so many at most that they can be drawn. */
  stretches: readonly (readonly [Micros, Micros])[]
}

export interface Samples {
  name: string
  label: string
  says: string
  unit: 'duration' | 'count'
  all: Quantiles | null
  points: readonly (readonly [Micros, number])[]
}
