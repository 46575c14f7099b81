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
  /** Where one process alone is asked for, how much all of them sent, bin by bin; bins without anything are left out. */
  counts?: readonly LaneCount[]
}

/** What was sent from `from` on and before `to`, which are whole multiples of `COUNT_BIN`. */
export interface LaneCount {
  from: Micros
  to: Micros
  sent: number
}
export const COUNT_BIN: Micros = 100_000

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
