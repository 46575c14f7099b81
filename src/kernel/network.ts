import { broken, must } from '../base/assert.ts'
import { drawUnit, sample } from '../base/random.ts'
import { mix, mixValue } from '../base/hash.ts'
import { SECOND, type Micros } from '../base/units.ts'
import type { Core } from './core.ts'
import { type Flight, sendNumber } from './due.ts'
import { eventCode, LOSS_REASONS, type LossReason } from './event.ts'
import type { Machine, OutLink } from './machine.ts'
import { takeHeld } from './tray.ts'
import type { Channel, LabTypes, Link, LinkSettings, ProcessId } from './types.ts'

/** Puts a message on its link. Its latency and its fate are drawn now; a cut may still end it on the way. */
export function transmit<T extends LabTypes>(
  core: Core<T>,
  from: Machine<T>,
  to: ProcessId,
  message: T['message'],
  channel: Channel,
  command = 0,
): void {
  const target = core.indexOf.get(to)
  if (target === undefined) broken(`${from.id} sends to ${to}, which does not exist`)
  const link = core.linkTo(from, target)
  const settings = link.own === null ? core.network : { ...core.network, ...link.own }
  const n = ++link.sends
  const { protocol } = core.engine
  const digest = protocol.digest === undefined ? mixValue(17, message) : protocol.digest(message)
  const bytes = protocol.size(message)
  const sentSeq = announce(core, from, target, to, n, message, digest, bytes, channel, command)
  const fate = fateOf(link, settings, n, channel)
  const arrivesAt = arrival(core.now, link, settings, n, bytes, channel)
  const flight: Flight<T> = {
    type: 'flight',
    at: fate === 'arrives' ? arrivesAt : halfWay(core.now, arrivesAt),
    order: core.nextOrder(),
    from: from.index,
    to: target,
    n,
    copy: 0,
    message,
    digest,
    bytes,
    channel,
    fate,
    sentAt: core.now,
    sentSeq,
    arrivesAt,
    life: (core.machines[target] as Machine<T>).life,
    freedBy: 0,
  }
  core.agenda.push(flight)
  if (fate === 'arrives' && channel === 'datagram' && settings.duplication > 0)
    maybeDouble(core, flight, link, settings)
}

/** Sends what is in flight a second time, under the next copy number. A copy of what a cut has doomed dies with it. */
export function double<T extends LabTypes>(core: Core<T>, flight: Flight<T>, arrivesAt: Micros, copy: number): void {
  const order = core.nextOrder()
  const doomed = flight.fate === 'cut'
  const twin: Flight<T> = doomed
    ? { ...flight, copy, order }
    : { ...flight, copy, order, arrivesAt, at: arrivesAt, fate: 'arrives' }
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
    sendNumber(flight.to, flight.n, flight.copy),
    flight.digest ^ flight.arrivesAt,
  )
  if (core.wants(eventCode(type))) {
    const causes = [{ seq: flight.sentSeq, kind: 'message' as const }]
    const id = core.flightId(flight)
    core.emit({ seq, at: core.now, causes, type, process: from.id, to: to.id, id, message: flight.message })
  }
}

/** Numbers the end of a message that does not come. */
export function recordLoss<T extends LabTypes>(core: Core<T>, flight: Flight<T>, why: LossReason, cause = 0): number {
  const way = mix(sendNumber(flight.to, flight.n, flight.copy), LOSS_REASONS.indexOf(why))
  const seq = core.record(LOST, flight.from, way, flight.digest)
  if (core.wants(LOST)) {
    const from = core.machines[flight.from] as Machine<T>
    const to = core.machines[flight.to] as Machine<T>
    core.emit({
      seq,
      at: core.now,
      causes: [
        { seq: flight.sentSeq, kind: 'message' },
        ...(cause === 0 ? [] : [{ seq: cause, kind: 'command' as const }]),
      ],
      type: 'lost',
      process: from.id,
      to: to.id,
      id: core.flightId(flight),
      message: flight.message,
      why,
      bytes: flight.bytes,
      sentAt: flight.sentAt,
      arrivesAt: flight.arrivesAt,
    })
  }
  if (flight.channel === 'stream') breakStream(core, flight, seq)
  return seq
}

/** Cuts these links; what is in flight on them dies now. Returns how many of them were whole. */
export function cutLinks<T extends LabTypes>(core: Core<T>, links: readonly Link[], cause: number): number {
  const cutNow = new Set<number>()
  for (const { from, to } of links) {
    const target = must(core.indexOf.get(to), to)
    const link = core.linkTo(core.own(must(core.indexOf.get(from), from)), target)
    if (link.cut) continue
    link.cut = true
    cutNow.add(pair(must(core.indexOf.get(from), from), target))
  }
  const isCaught = ({ from, to }: Flight<T>): boolean => cutNow.has(pair(from, to))
  const caught = core.agenda.remove((due) => due.type === 'flight' && isCaught(due))
  for (const due of caught) if (due.type === 'flight') recordLoss(core, due, 'cut', cause)
  for (const flight of takeHeld(core, isCaught)) recordLoss(core, flight, 'cut', cause)
  return cutNow.size
}

export function mendLinks<T extends LabTypes>(core: Core<T>, links: readonly Link[]): number {
  let mended = 0
  for (const { from, to } of links) {
    const link = core.linkTo(core.own(must(core.indexOf.get(from), from)), must(core.indexOf.get(to), to))
    if (!link.cut) continue
    link.cut = false
    mended++
  }
  return mended
}

export const pair = (from: number, to: number): number => from * 1_048_576 + to

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
  bytes: number,
  channel: Channel,
  command: number,
): number {
  const seq = core.record(SENT, from.index, sendNumber(target, n, channel === 'stream' ? 1 : 0), digest)
  if (core.wants(SENT)) {
    const causes = core.causesAt(from, command, 'command')
    const id = `${from.id}>${to}#${n}`
    core.emit({ seq, at: core.now, causes, type: 'sent', process: from.id, to, id, message, bytes, channel })
  }
  from.lastSeq = seq
  return seq
}

function fateOf(link: OutLink, settings: LinkSettings, n: number, channel: Channel): Flight<LabTypes>['fate'] {
  if (link.cut) return 'cut'
  if (channel === 'stream' || settings.loss === 0) return 'arrives'
  return drawUnit(link.randomness, n * DRAWS + 1) < settings.loss ? 'loss' : 'arrives'
}

function arrival(
  now: Micros,
  link: OutLink,
  settings: LinkSettings,
  n: number,
  bytes: number,
  channel: Channel,
): Micros {
  let leaves = now
  if (settings.bandwidth > 0) {
    leaves = Math.max(now, link.freeAt) + Math.ceil((bytes * SECOND) / settings.bandwidth)
    link.freeAt = leaves
  }
  const at = leaves + sample(settings.latency, drawUnit(link.randomness, n * DRAWS))
  if (channel === 'datagram' && !settings.fifo) return at
  link.lastArrival = Math.max(at, link.lastArrival)
  return link.lastArrival
}

function maybeDouble<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  link: OutLink,
  settings: LinkSettings,
): void {
  if (drawUnit(link.randomness, flight.n * DRAWS + 2) >= settings.duplication) return
  const latency = sample(settings.latency, drawUnit(link.randomness, flight.n * DRAWS + 3))
  const at = core.now + latency
  if (settings.fifo) link.lastArrival = Math.max(at, link.lastArrival)
  double(core, flight, settings.fifo ? link.lastArrival : at, 1)
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
