import type { Micros } from '../base/units.ts'
import type { Command } from './command.ts'
import type { Awaited, Channel, LabTypes, Link, MessageId, OperationId, ProcessId, WriteId } from './types.ts'

/**
 * What came before and made it so. `disk`: the words waited for a write, and this is when they were said, or the write.
 * `omission`: what did not come, because of that crash, pause, cut or loss; a timer says what it awaits.
 */
export interface Cause {
  seq: number
  kind: 'process' | 'message' | 'timer' | 'command' | 'disk' | 'omission'
}

export type Happening<T extends LabTypes> =
  | { type: 'commanded'; command: Command<T>; index: number; scripted: boolean }
  | { type: 'refused'; command: Command<T>; why: string }
  | { type: 'started'; process: ProcessId; restarted: boolean }
  /** `unsynced`: how many writes went with it. */
  | { type: 'crashed'; process: ProcessId; unsynced: number }
  | { type: 'paused' | 'resumed' | 'stalled' | 'wiped' | 'adjusted'; process: ProcessId }
  | { type: 'cut' | 'mended'; links: readonly Link[] }
  | { type: 'changed'; what: 'network' | 'disk' | 'config' | 'workload' }
  | {
      type: 'sent'
      process: ProcessId
      to: ProcessId
      id: MessageId
      message: T['message']
      bytes: number
      channel: Channel
    }
  | { type: 'delivered'; process: ProcessId; from: ProcessId; id: MessageId; message: T['message'] }
  | {
      type: 'lost'
      process: ProcessId
      to: ProcessId
      id: MessageId
      message: T['message']
      why: LossReason
      bytes: number
      sentAt: Micros
      arrivesAt: Micros
    }
  | {
      /** `held`: it has come, and waits at its receiver's door. */
      type: 'doubled' | 'delayed' | 'replaced' | 'held'
      process: ProcessId
      to: ProcessId
      id: MessageId
      message: T['message']
    }
  /** `awaits`: what did not come in time. */
  | { type: 'expired'; process: ProcessId; timer: T['timer']; awaits: Awaited | null }
  | { type: 'wrote' | 'synced'; process: ProcessId; write: WriteId }
  | { type: 'acted'; process: ProcessId; action: T['action'] }
  | { type: 'broke'; process: ProcessId; peer: ProcessId }
  | { type: 'invoked'; process: ProcessId; operation: OperationId; what: T['operation'] }
  | { type: 'completed'; process: ProcessId; operation: OperationId; outcome: T['outcome'] }
  | { type: 'noted'; process: ProcessId; note: T['note'] }

export type LossReason = 'loss' | 'cut' | 'down' | 'dropped'
/** Their order is part of the fingerprint's format, too. */
export const LOSS_REASONS: readonly LossReason[] = ['loss', 'cut', 'down', 'dropped']

/** What happened, in the past tense, numbered from 1 over the whole run. */
export type Event<T extends LabTypes> = { seq: number; at: Micros; causes: readonly Cause[] } & Happening<T>
export type EventType = Happening<LabTypes>['type']
export type EventOf<T extends LabTypes, K extends EventType> = Extract<Event<T>, { type: K }>

/** Every type has its number, which the fingerprint takes in: the order is part of the format. */
export const EVENT_TYPES = [
  'commanded',
  'refused',
  'started',
  'crashed',
  'paused',
  'resumed',
  'stalled',
  'wiped',
  'adjusted',
  'cut',
  'mended',
  'changed',
  'sent',
  'delivered',
  'lost',
  'doubled',
  'delayed',
  'replaced',
  'expired',
  'wrote',
  'synced',
  'acted',
  'broke',
  'invoked',
  'completed',
  'noted',
  'held',
] as const satisfies readonly EventType[]

const CODE = Object.fromEntries(EVENT_TYPES.map((type, i) => [type, i])) as Record<EventType, number>

export const eventCode = (type: EventType): number => CODE[type]

/** A set of event types as bits, for one quick test per event. */
export function eventSet(types: readonly EventType[]): number {
  return types.reduce((bits, type) => bits | (1 << CODE[type]), 0)
}

/** After these a process may hold a new state: a handler of its own has run. */
export const HANDLED: readonly EventType[] = ['started', 'delivered', 'expired', 'synced', 'acted', 'broke', 'invoked']
