import type { Micros } from '../base/units.ts'
import type { Channel, LabTypes, MessageId } from './types.ts'

/** What stands on the agenda. Values: never changed once made, so that a checkpoint shares them. */
export type Due<T extends LabTypes> = Flight<T> | TimerCode | TimerDue | SyncDue | WorkDue | BreakDue | Again<T>

/** A message under way. `from` and `to` are places in the list of processes. */
export interface Flight<T extends LabTypes> {
  readonly type: 'flight'
  /** When it comes, or when it dies on the way. */
  readonly at: Micros
  readonly order: number
  readonly from: number
  readonly to: number
  /** The n-th send on its link. */
  readonly n: number
  readonly message: T['message']
  readonly digest: number
  readonly sentAt: Micros
  readonly sentSeq: number
  readonly course: Course
}

/** What sets a flight apart from a datagram that arrives, which most are: those share one course. */
export interface Course {
  /** Which copy of the n-th send. */
  readonly copy: number
  readonly channel: Channel
  readonly fate: 'arrives' | 'loss' | 'cut'
  /** When it would have come, if it dies before. */
  readonly wouldArriveAt: Micros
  /** The life of the receiver that a stream was opened to. */
  readonly life: number
  /** The command that let it go after it had been held, so that no link holds it again; 0 for none. */
  readonly freedBy: number
}

export const PLAIN: Course = Object.freeze({
  copy: 0,
  channel: 'datagram',
  fate: 'arrives',
  wouldArriveAt: 0,
  life: 0,
  freedBy: 0,
})

/** Every flight is made here, so that all are laid out alike. */
export function makeFlight<T extends LabTypes>(
  at: Micros,
  order: number,
  from: number,
  to: number,
  n: number,
  message: T['message'],
  digest: number,
  sentAt: Micros,
  sentSeq: number,
  course: Course,
): Flight<T> {
  return { type: 'flight', at, order, from, to, n, message, digest, sentAt, sentSeq, course }
}

/** The same flight with other times, another order, another course. */
export function changedFlight<T extends LabTypes>(
  of: Flight<T>,
  change: Partial<Pick<Flight<T>, 'at' | 'order' | 'message' | 'digest'>>,
  course: Partial<Course> = {},
): Flight<T> {
  const { at, order, message, digest } = { ...of, ...change }
  const next = { ...of.course, ...course }
  return makeFlight<T>(at, order, of.from, of.to, of.n, message, digest, of.sentAt, of.sentSeq, next)
}

/** When it comes, or would have come. */
export const arrivalOf = ({ at, course }: Flight<LabTypes>): Micros =>
  course.fate === 'arrives' ? at : course.wouldArriveAt

/** A message that has come and waits for a hand to let it in. */
export interface HeldFlight<T extends LabTypes> {
  readonly flight: Flight<T>
  readonly heldSeq: number
}

/** One for all times that a timer comes up: it does not say when. */
export interface TimerDue {
  readonly type: 'timer'
  readonly process: number
  readonly timer: string
  readonly life: number
}

/**
 * A `TimerDue` in one small whole number, which is no object that has to be made, kept and reached: its process, its life
 * and the place of its name among those that had a place left.
 */
export type TimerCode = number

/** What stands on the agenda for this timer. */
export function timerDue(process: number, timer: string, life: number): TimerCode | TimerDue {
  let name = NAMES.indexOf(timer)
  if (name < 0 && NAMES.length < MOST_NAMES) name = NAMES.push(timer) - 1
  if (name < 0 || process >= MOST_PROCESSES || life >= MOST_LIVES) return { type: 'timer', process, timer, life }
  return (((life << PROCESS_BITS) | process) << NAME_BITS) | name
}

export const processOf = (due: TimerCode | TimerDue): number =>
  typeof due === 'number' ? (due >> NAME_BITS) & (MOST_PROCESSES - 1) : due.process
export const lifeOf = (due: TimerCode | TimerDue): number =>
  typeof due === 'number' ? due >> (NAME_BITS + PROCESS_BITS) : due.life
export const timerOf = (due: TimerCode | TimerDue): string =>
  typeof due === 'number' ? (NAMES[due & (MOST_NAMES - 1)] as string) : due.timer

export const isTimer = <T extends LabTypes>(due: Due<T>): due is TimerCode | TimerDue =>
  typeof due === 'number' || due.type === 'timer'
export const isFlight = <T extends LabTypes>(due: Due<T>): due is Flight<T> =>
  typeof due !== 'number' && due.type === 'flight'

export const isAgain = <T extends LabTypes>(due: Due<T>): due is Again<T> =>
  typeof due !== 'number' && due.type === 'again'

/** Which names have a number is no part of any run: with another choice all goes the same way. */
const NAMES: string[] = []
/* Together 30 bits: in a browser's engine more would be an object again. */
const NAME_BITS = 4
const PROCESS_BITS = 17
const MOST_NAMES = 1 << NAME_BITS
const MOST_PROCESSES = 1 << PROCESS_BITS
const MOST_LIVES = 1 << 9

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
