import type { Core } from './core.ts'
import { arrivalOf, type Due, type Flight, isFlight } from './due.ts'
import type { Cause, LossReason } from './event.ts'
import type { Machine, Missed, Timer } from './machine.ts'
import type { LabTypes } from './types.ts'

/*
 * What did not come is a cause, too. A follower's timeout is not caused by its leader's crash in Lamport's sense, for
 * nothing arrived; but a timer says what it awaits. So stops, cuts and losses, which are rare, are remembered where they
 * happen, and looked up when a timer expires and somebody wants to know causes.
 */

/** Notes at the receiver's that a message will not come, and who is to blame. */
export function rememberMissed<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  why: LossReason,
  seq: number,
): void {
  noteMissed(core.own(flight.to), flight, blameFor(core, flight, why) || seq)
}

/** What came to a process that stood still is late; it goes on now. */
export function rememberLate<T extends LabTypes>(m: Machine<T>, waiting: readonly Due<T>[]): void {
  for (const due of waiting) if (isFlight(due)) noteMissed(m, due, m.stopSeq)
}

function noteMissed<T extends LabTypes>(m: Machine<T>, flight: Flight<T>, seq: number): void {
  m.missed ??= []
  if (m.missed.length >= 2 * KEPT) m.missed.splice(0, KEPT)
  const { from, message, sentAt } = flight
  m.missed.push({ seq, from, type: message.type, sentAt, dueAt: arrivalOf(flight) })
}

/** The cut or the stop that a message died of; 0 for chance, or a hand. */
export function blameFor<T extends LabTypes>(core: Core<T>, { from, to }: Flight<T>, why: LossReason): number {
  if (why === 'down') return (core.machines[to] as Machine<T>).stopSeq
  return why === 'cut' ? ((core.machines[from] as Machine<T>).links?.get(to)?.cutSeq ?? 0) : 0
}

/** The stops, cuts and losses that kept away what this timer awaits, since it was set; the earliest first. */
export function omissions<T extends LabTypes>(core: Core<T>, m: Machine<T>, timer: Timer): readonly Cause[] {
  const { awaits } = timer
  if (awaits === null) return []
  const found = new Set<number>()
  const peer = awaits.from === undefined ? null : core.find(awaits.from)
  const isAwaited = (from: number, type: string): boolean =>
    (peer === null || from === peer.index) && awaits.types.includes(type)
  for (const missed of m.missed ?? []) {
    if (cameBetween(missed, timer.setAt, core.now) && isAwaited(missed.from, missed.type)) found.add(missed.seq)
  }
  keptWaiting(core, m, found, (flight) => flight.to === m.index && isAwaited(flight.from, flight.message.type))
  if (awaits.asked !== undefined) unheardRequests(core, m, timer, awaits.asked, peer, found)
  // One that goes on again is named only where nothing else is found: it may have stood still for a moment.
  const stood = peer !== null && peer.stoppedUntil > timer.setAt
  if (stood && (peer.status !== 'up' || found.size === 0)) found.add(peer.stopSeq)
  return [...found].toSorted((a, b) => a - b).map((seq) => ({ seq, kind: 'omission' }))
}

/** The requests of `m` that were to bring what its timer awaits, and never were taken up. */
function unheardRequests<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  timer: Timer,
  asked: readonly string[],
  peer: Machine<T> | null,
  found: Set<number>,
): void {
  for (const target of peer === null ? core.machines : [peer]) {
    for (const { seq, from, type, sentAt } of target.missed ?? []) {
      if (from === m.index && sentAt >= timer.setAt && asked.includes(type)) found.add(seq)
    }
    const isRequest = (flight: Flight<T>): boolean =>
      flight.from === m.index && flight.to === target.index && asked.includes(flight.message.type)
    keptWaiting(core, target, found, isRequest)
  }
}

/** What has come and is held at the door, or waits because the receiver stands still. */
function keptWaiting<T extends LabTypes>(
  core: Core<T>,
  receiver: Machine<T>,
  found: Set<number>,
  fits: (flight: Flight<T>) => boolean,
): void {
  for (const { flight, heldSeq } of core.tray) if (fits(flight)) found.add(heldSeq)
  const waits = (due: Due<T>): boolean => isFlight(due) && fits(due)
  if (receiver.stopSeq !== 0 && receiver.waiting.some(waits)) found.add(receiver.stopSeq)
}

const cameBetween = ({ dueAt }: Missed, from: number, to: number): boolean => dueAt > from && dueAt <= to

/** How many losses a process remembers, at least. */
const KEPT = 32
