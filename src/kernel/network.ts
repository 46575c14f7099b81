import { broken } from '../base/assert.ts'
import { drawUnit, sample, type Stream } from '../base/random.ts'
import { mix, mixValue } from '../base/hash.ts'
import { SECOND, type Micros } from '../base/units.ts'
import type { Core } from './core.ts'
import { arrivalOf, changedFlight, type Course, type Flight, makeFlight, messageId, PLAIN, sendNumber } from './due.ts'
import { eventCode, LOSS_REASONS, type LossReason } from './event.ts'
import type { Machine, Turn } from './machine.ts'
import { blameFor, rememberMissed } from './omission.ts'
import type { Channel, LabTypes, LinkSettings, ProcessId } from './types.ts'

/**
 * Puts a message on its link; because of a command, or of a word that waited for the disk, if one says so. Its latency and
 * its fate are drawn now; a cut may still end it on the way.
 */
export function transmit<T extends LabTypes>(
  core: Core<T>,
  from: Machine<T>,
  to: ProcessId,
  message: T['message'],
  channel: Channel,
  cause = 0,
  kind: 'command' | 'disk' = 'command',
): void {
  const target = core.placeOf(to)
  if (target === undefined) broken(`${from.id} sends to ${to}, which does not exist`)
  const link = from.links?.get(target)
  const settings = link === undefined || link.own === null ? core.network : { ...core.network, ...link.own }
  const n = from.sends.next(target)
  const { protocol } = core.engine
  const digest = protocol.digest === undefined ? mixValue(17, message) : protocol.digest(message)
  const sentSeq = announce(core, from, target, to, n, message, digest, channel, cause, kind)
  const randomness = core.linkStream(from, target)
  const latency = sample(settings.latency, drawUnit(randomness, n * DRAWS))
  const arrivesAt = isPlain(settings, channel)
    ? core.now + latency
    : inTurn(core, core.turnTo(from, target), settings, message, channel, latency)
  const course = courseOf(core, link?.cut === true, settings, randomness, n, target, arrivesAt, channel)
  const at = course.fate === 'arrives' ? arrivesAt : halfWay(core.now, arrivesAt)
  const flight = makeFlight<T>(at, core.nextOrder(), from.index, target, n, message, digest, core.now, sentSeq, course)
  core.agenda.push(flight)
  core.onItsWay(from, target)
  if (settings.duplication > 0 && course === PLAIN) maybeDouble(core, flight, from, settings)
}

/** Sends what is in flight a second time, under the next copy number. A copy of what a cut has doomed dies with it. */
export function double<T extends LabTypes>(core: Core<T>, flight: Flight<T>, arrivesAt: Micros, copy: number): void {
  const order = core.nextOrder()
  const twin =
    flight.course.fate === 'cut'
      ? changedFlight(flight, { order }, { copy })
      : changedFlight(flight, { order, at: arrivesAt }, { copy, fate: 'arrives' })
  recordFlight(core, twin, 'doubled')
  core.agenda.push(twin)
}

/** Numbers an event about a message that is under way. */
export function recordFlight<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  type: 'doubled' | 'delayed' | 'replaced',
): void {
  const from = core.machines[flight.from] as Machine<T>
  const to = core.machines[flight.to] as Machine<T>
  const seq = core.record(
    eventCode(type),
    flight.from,
    sendNumber(flight.to, flight.n, flight.course.copy),
    flight.digest ^ arrivalOf(flight),
  )
  if (core.wants(eventCode(type))) {
    const causes = [{ seq: flight.sentSeq, kind: 'message' as const }]
    const id = core.nameOf(flight)
    core.emit({ seq, at: core.now, causes, type, process: from.id, to: to.id, id, message: flight.message })
  }
}

/** Numbers the end of a message that does not come. */
export function recordLoss<T extends LabTypes>(core: Core<T>, flight: Flight<T>, why: LossReason, by = 0): number {
  const cause = by === 0 ? blameFor(core, flight, why) : by
  const way = mix(sendNumber(flight.to, flight.n, flight.course.copy), LOSS_REASONS.indexOf(why))
  const seq = core.record(LOST, flight.from, way, flight.digest)
  if (core.wants(LOST)) {
    const from = core.machines[flight.from] as Machine<T>
    const to = core.machines[flight.to] as Machine<T>
    core.emit({
      seq,
      at: core.now,
      causes: [
        { seq: flight.sentSeq, kind: 'message' },
        ...(cause === 0 ? [] : [{ seq: cause, kind: why === 'down' ? ('omission' as const) : ('command' as const) }]),
      ],
      type: 'lost',
      process: from.id,
      to: to.id,
      id: core.nameOf(flight),
      message: flight.message,
      why,
      bytes: core.engine.protocol.size(flight.message),
      sentAt: flight.sentAt,
      arrivesAt: arrivalOf(flight),
    })
  }
  rememberMissed(core, flight, why, seq)
  if (flight.course.channel === 'stream') breakStream(core, flight, seq)
  return seq
}

/** One message draws at most this often: latency, loss, doubling, the double's latency. */
const DRAWS = 4
const SENT = eventCode('sent')
const LOST = eventCode('lost')

function announce<T extends LabTypes>(
  core: Core<T>,
  from: Machine<T>,
  target: number,
  to: ProcessId,
  n: number,
  message: T['message'],
  digest: number,
  channel: Channel,
  cause: number,
  kind: 'command' | 'disk',
): number {
  const seq = core.record(SENT, from.index, sendNumber(target, n, channel === 'stream' ? 1 : 0), digest)
  if (core.wants(SENT)) {
    const causes = core.causesAt(from, cause, kind)
    const id = core.named ? messageId(from.id, to, n, 0) : ''
    const bytes = core.engine.protocol.size(message)
    core.emit({ seq, at: core.now, causes, type: 'sent', process: from.id, to, id, message, bytes, channel })
  }
  from.lastSeq = seq
  return seq
}

/** Whether nothing that went before on the link counts. */
const isPlain = (settings: LinkSettings, channel: Channel): boolean =>
  channel === 'datagram' && !settings.fifo && settings.bandwidth === 0

function courseOf<T extends LabTypes>(
  core: Core<T>,
  isCut: boolean,
  settings: LinkSettings,
  randomness: Stream,
  n: number,
  target: number,
  wouldArriveAt: Micros,
  channel: Channel,
): Course {
  const isStream = channel === 'stream'
  const isLost = !isStream && settings.loss !== 0 && drawUnit(randomness, n * DRAWS + 1) < settings.loss
  if (!isCut && !isLost && !isStream) return PLAIN
  const fate = isCut ? 'cut' : isLost ? 'loss' : 'arrives'
  const { life } = core.machines[target] as Machine<T>
  return { copy: 0, channel, fate, wouldArriveAt, life, freedBy: 0 }
}

/** When it comes if what went before it on its link counts. */
function inTurn<T extends LabTypes>(
  core: Core<T>,
  turn: Turn,
  settings: LinkSettings,
  message: T['message'],
  channel: Channel,
  latency: Micros,
): Micros {
  let leaves = core.now
  if (settings.bandwidth > 0) {
    const bytes = core.engine.protocol.size(message)
    leaves = Math.max(core.now, turn.freeAt) + Math.ceil((bytes * SECOND) / settings.bandwidth)
    turn.freeAt = leaves
  }
  const at = leaves + latency
  if (channel === 'datagram' && !settings.fifo) return at
  turn.lastArrival = Math.max(at, turn.lastArrival)
  return turn.lastArrival
}

function maybeDouble<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  from: Machine<T>,
  settings: LinkSettings,
): void {
  const randomness = core.linkStream(from, flight.to)
  if (drawUnit(randomness, flight.n * DRAWS + 2) >= settings.duplication) return
  const at = core.now + sample(settings.latency, drawUnit(randomness, flight.n * DRAWS + 3))
  if (!settings.fifo) double(core, flight, at, 1)
  else {
    const turn = core.turnTo(from, flight.to)
    turn.lastArrival = Math.max(at, turn.lastArrival)
    double(core, flight, turn.lastArrival, 1)
  }
}

function breakStream<T extends LabTypes>(core: Core<T>, flight: Flight<T>, lostSeq: number): void {
  const sender = core.machines[flight.from] as Machine<T>
  core.agenda.push({
    type: 'break',
    at: core.now,
    order: core.nextOrder(),
    process: flight.from,
    peer: flight.to,
    life: sender.life,
    lostSeq,
  })
}

/** A message that does not come is seen to die in the middle of its way. */
const halfWay = (sentAt: Micros, arrivesAt: Micros): Micros => sentAt + ((arrivesAt - sentAt) >> 1)
