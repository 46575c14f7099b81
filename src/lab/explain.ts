import type { Micros } from '../base/units.ts'
import type { Cause, Event } from '../kernel/event.ts'
import type { LabTypes, MessageId, OperationId, ProcessId, World } from '../kernel/types.ts'
import type { Sentence, Tone } from './definition.ts'

/** What somebody asks about. */
export type Subject =
  /** A process as it stands at the moment on show. */
  | { type: 'process'; process: ProcessId }
  | { type: 'message'; id: MessageId; sentAt: Micros }
  | { type: 'event'; seq: number }
  /** What befell a process at an instant: `crashed`, `completed` and the like. */
  | { type: 'mark'; process: ProcessId; at: Micros; kind: string }
  | { type: 'operation'; id: OperationId }
  /** What a process holds, by the lab's own name for it: an entry of a log, a belief, a key. */
  | { type: 'item'; process: ProcessId; name: string }

/** The answer: one or more questions, each with its reasons. Plain data. */
export interface Explanation {
  sections: readonly Section[]
  /** The causal past that the answers name, for the space-time diagram. */
  hops: readonly Hop[]
}

export interface Section {
  question: string
  lines: readonly Line[]
}

export interface Line {
  text: string
  tone: Tone
  about: readonly ProcessId[]
  /** The event that it tells of; null for how things stand. */
  event: { seq: number; at: Micros } | null
  /** What it goes back to in the end. */
  root: Root | null
}

/** Where a chain of causes ends. */
export type Root = 'user' | 'scenario' | 'workload' | 'timer' | 'chance' | 'start'

/** One step of the causal past, between two places of the diagram. */
export interface Hop {
  kind: Cause['kind']
  from: Spot
  to: Spot
}

export interface Spot {
  process: ProcessId
  at: Micros
}

/** What a lab adds to the house's mechanism: its own questions, and the sentences that answer them. */
export interface Explainer<T extends LabTypes> {
  /** What a running process is, as a question, and which event made it so; null where there is nothing to ask. */
  standing?(world: World<T>, process: ProcessId): Origin<T> | null
  /** How what a process holds came there. */
  item?(world: World<T>, process: ProcessId, name: string): Origin<T> | null
  /** The events that this one rests on, beside the one that set it off: a leader's other votes. */
  beside?(event: Event<T>, past: Past<T>): readonly number[]
  /** Where the chain goes on, where the way of messages would lose the matter: to who spread a rumour, not who was pinged. */
  onward?(event: Event<T>, past: Past<T>): number | null
  /** What is to be said of an event itself, such as the rule by which a vote was refused; the world is as it left it. */
  rule?(event: Event<T>, world: World<T>, past: Past<T>): WhyNot | null
  /** What is awaited and has not come, at the moment on show. */
  whyNot?(world: World<T>, subject: Subject): readonly WhyNot[]
}

export interface Origin<T extends LabTypes> {
  question: string
  /** The last event of this process for which it is true is the answer. */
  turn(event: Event<T>): boolean
  /** It came after this operation was asked. */
  after?: OperationId
}

export interface WhyNot {
  question: string
  reasons: readonly Reason[]
}

export interface Reason {
  text: string
  about?: readonly ProcessId[]
  /** The events behind it; 0 is none. */
  because?: readonly number[]
}

/** The run up to here, event by event, executed again where it is asked for. */
export interface Past<T extends LabTypes> {
  /** Null beyond what is known of the run. */
  event(seq: number): Event<T> | null
  /** What the narration says of it. */
  told(seq: number): Sentence | null
  /** The event before in the same process; null at its start. */
  before(event: Event<T>): Event<T> | null
}

/** The nearest event before this one in its process that fits, at most so many back. */
export function earlier<T extends LabTypes>(
  past: Past<T>,
  from: Event<T>,
  fits: (event: Event<T>) => boolean,
  most = 2_000,
): Event<T> | null {
  let now = past.before(from)
  for (let i = 0; now !== null && i < most; i++, now = past.before(now)) if (fits(now)) return now
  return null
}

/** What set off the handler that an event belongs to; the event itself, if it begins one. */
export function headOf<T extends LabTypes>(past: Past<T>, event: Event<T>): Event<T> | null {
  return HEADS.has(event.type) ? event : earlier(past, event, ({ type }) => HEADS.has(type), 200)
}

/** These begin a handler. */
const HEADS = new Set<string>(['expired', 'delivered', 'started', 'acted', 'invoked', 'broke'])

/** The event of this kind that the event came of; null for none. */
export function causeOf<T extends LabTypes>(event: Event<T>, kind: Cause['kind']): number | null {
  return event.causes.find((cause) => cause.kind === kind)?.seq ?? null
}
