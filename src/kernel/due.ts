import type { Micros } from '../base/units.ts'
import type { Channel, LabTypes, MessageId } from './types.ts'

/** What stands on the agenda. Values: never changed once made, so that a checkpoint shares them. */
export type Due<T extends LabTypes> = Flight<T> | TimerDue | SyncDue | WorkDue | BreakDue | Again<T>

/** A message under way. `from` and `to` are places in the list of processes. */
export interface Flight<T extends LabTypes> {
  readonly type: 'flight'
  readonly at: Micros
  readonly order: number
  readonly from: number
  readonly to: number
  /** The n-th send on its link, and which copy of it. */
  readonly n: number
  readonly copy: number
  readonly message: T['message']
  readonly digest: number
  readonly bytes: number
  readonly channel: Channel
  readonly fate: 'arrives' | 'loss' | 'cut'
  readonly sentAt: Micros
  readonly sentSeq: number
  readonly arrivesAt: Micros
  /** The life of the receiver that a stream was opened to. */
  readonly life: number
  /** The command that let it go after it had been held, so that no link holds it again; 0 for none. */
  readonly freedBy: number
}

/** A message that has come and waits for a hand to let it in. */
export interface HeldFlight<T extends LabTypes> {
  readonly flight: Flight<T>
  readonly heldSeq: number
}

export interface TimerDue {
  readonly type: 'timer'
  readonly at: Micros
  readonly order: number
  readonly process: number
  readonly timer: string
  readonly life: number
}

export interface SyncDue {
  readonly type: 'sync'
  readonly at: Micros
  readonly order: number
  readonly process: number
  readonly life: number
}

/** The workload's next operation. */
export interface WorkDue {
  readonly type: 'work'
  readonly at: Micros
  readonly order: number
  readonly generation: number
}

/** A process learns that its stream to another broke. */
export interface BreakDue {
  readonly type: 'break'
  readonly at: Micros
  readonly order: number
  readonly process: number
  readonly peer: number
  readonly life: number
  readonly lostSeq: number
}

/** Something that came while its process was busy, and comes again. */
export interface Again<T extends LabTypes> {
  readonly type: 'again'
  readonly at: Micros
  readonly order: number
  readonly due: Due<T>
}

export function messageId(from: string, to: string, n: number, copy: number): MessageId {
  return copy === 0 ? `${from}>${to}#${n}` : `${from}>${to}#${n}+${copy}`
}

/** Which send between two processes, and which copy of it, in one word for the fingerprint. */
export const sendNumber = (peer: number, n: number, copy: number): number =>
  (peer << 16) ^ n ^ Math.imul(copy, 0x9e3779b1)
