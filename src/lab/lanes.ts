import type { Micros } from '../base/units.ts'
import type { LossReason } from '../kernel/event.ts'
import type { Link, MessageId, ProcessId } from '../kernel/types.ts'
import type { LaneStyle } from './definition.ts'

/** What happened in an interval, as the space-time diagram draws it. Plain data, rebuilt by executing the interval again. */
export interface Lanes {
  from: Micros
  to: Micros
  /** What each process was, piece by piece; pieces of one process follow each other. */
  pieces: readonly LanePiece[]
  messages: readonly LaneMessage[]
  marks: readonly LaneMark[]
  /** Shaded: a process that was down or stood still, or links that were cut (`process` is null). */
  spans: readonly LaneSpan[]
  /** There were more messages than are listed. */
  truncated: boolean
}

/** An interval of any length at a glance: counts in place of messages, kept as the run goes. */
export interface Overview {
  counts: LaneCounts
  /** Without messages, and without what clients asked and heard. */
  lanes: Lanes
  /** Faults that were over by this instant are no longer known: there were too many. */
  forgotten: Micros
}

/** Messages added up in columns of time, from `from` on. */
export interface LaneCounts {
  from: Micros
  /** How long a column is. */
  column: Micros
  columns: number
  /** Those that have anything in them. */
  rows: readonly CountRow[]
}

/** The messages of one type that one process sent, or that it sent and were lost, by the instant of either. */
export interface CountRow {
  /** Empty for all that have no row of their own. */
  process: ProcessId
  type: string
  fate: 'sent' | 'lost'
  counts: Uint32Array
}

export interface LanePiece extends LaneStyle {
  process: ProcessId
  from: Micros
  to: Micros
}

export interface LaneMessage {
  id: MessageId
  from: ProcessId
  to: ProcessId
  type: string
  label: string
  hue: number | null
  sentAt: Micros
  /** When it came or died; the interval's end while it was still under way. */
  endedAt: Micros
  /** When it would have come. */
  arrivesAt: Micros
  fate: 'arrived' | 'flying' | LossReason
  /** What came of its delivery, in short sentences; left out where nothing did, or nothing is known. */
  effects?: readonly string[]
}

export interface LaneMark {
  process: ProcessId
  at: Micros
  type: 'crashed' | 'started' | 'paused' | 'resumed' | 'stalled' | 'invoked' | 'completed' | 'violation'
  text: string
}

export interface LaneSpan {
  process: ProcessId | null
  from: Micros
  to: Micros
  type: 'down' | 'paused' | 'stalled' | 'cut'
  /** For a cut: the links, servers' own alone. */
  links: readonly Link[]
}
