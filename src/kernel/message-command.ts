import { mixValue } from '../base/hash.ts'
import type { Micros } from '../base/units.ts'
import type { Command } from './command.ts'
import type { Core } from './core.ts'
import { arrivalOf, changedFlight, type Course, type Flight, isFlight } from './due.ts'
import type { KernelEnv } from './env.ts'
import type { Machine } from './machine.ts'
import { double, recordFlight, recordLoss } from './network.ts'
import { hold } from './tray.ts'
import { moveHeld, replaceHeld, takeHeld } from './tray-commands.ts'
import type { LabTypes } from './types.ts'

type MessageCommand<T extends LabTypes> = Extract<Command<T>, { type: 'message' }>
type Deliver<T extends LabTypes> = (
  core: Core<T>,
  env: KernelEnv<T>,
  m: Machine<T>,
  flight: Flight<T>,
  command: number,
) => void

/** A hand on a message in flight, or on one that is held. Returns why it cannot be done, or null. */
export function messageCommand<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  { id, do: what }: MessageCommand<T>,
  cause: number,
  deliver: Deliver<T>,
): string | null {
  const found = find(core, id)
  if (found === null) return `message ${id} is not in flight`
  const { flight, held } = found
  const why = refusal(core, found, what)
  if (why !== null) return why
  if (typeof what === 'object' && 'before' in what) moveHeld(core, flight, otherHeld(core, what.before))
  else if (what === 'duplicate') duplicate(core, found)
  else if (what === 'drop') recordLoss(core, take(core, found), 'dropped', cause)
  else if (what === 'deliver') deliver(core, env, core.own(flight.to), take(core, found), cause)
  else if ('delay' in what) relaunch(core, take(core, found), 'delayed', ...delayed(core, found, what.delay, cause))
  else if (held) replaceInTray(core, flight, what.replace)
  else relaunch(core, take(core, found), 'replaced', arrivalOf(flight), {}, replacement(core, what.replace))
  return null
}

/** A message that somebody may lay a hand on. */
interface Found<T extends LabTypes> {
  flight: Flight<T>
  held: boolean
}

function refusal<T extends LabTypes>(
  core: Core<T>,
  { flight, held }: Found<T>,
  what: MessageCommand<T>['do'],
): string | null {
  const target = core.machines[flight.to] as Machine<T>
  if (what === 'deliver') {
    if (target.status !== 'up') return `${target.id} is ${target.status}`
    if (flight.course.channel !== 'stream') return null
    if (flight.course.life !== target.life) return `its stream ended when ${target.id} crashed`
    const before = earlierInStream(core, flight)
    return before === null ? null : `a stream keeps its order, and message ${core.flightId(before)} comes before it`
  }
  if (typeof what === 'string') return null
  if ('before' in what) return orderRefusal(core, flight, held, what.before)
  if (!('delay' in what)) return null
  const comesAt = (held ? core.now : arrivalOf(flight)) + what.delay
  return comesAt >= core.now
    ? null
    : `a delay of ${what.delay} µs would bring message ${core.flightId(flight)} into the past`
}

/** Why a message cannot be put before another one that waits, or behind all (null), in words; null if it can. */
function orderRefusal<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  held: boolean,
  before: string | null,
): string | null {
  const id = core.flightId(flight)
  if (!held) return `message ${id} is still under way: only what waits has a place among others`
  const other = otherHeld(core, before)
  if (before !== null && other === null) return `message ${before} does not wait anywhere`
  if (other !== null && other.to !== flight.to)
    return `message ${before} waits at ${receiver(core, other)}, not at ${receiver(core, flight)}`
  const passed = passedInStream(core, flight, other)
  return passed === null ? null : `a stream keeps its order, between ${id} and ${core.flightId(passed)} too`
}

const receiver = <T extends LabTypes>(core: Core<T>, flight: Flight<T>): string =>
  (core.machines[flight.to] as Machine<T>).id

const otherHeld = <T extends LabTypes>(core: Core<T>, id: string | null): Flight<T> | null =>
  core.tray.find(({ flight }) => core.flightId(flight) === id)?.flight ?? null

/** A message of its own stream that this one would pass on its way to its new place. */
function passedInStream<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  before: Flight<T> | null,
): Flight<T> | null {
  if (flight.course.channel !== 'stream') return null
  const at = core.tray.findIndex((one) => one.flight === flight)
  const to = before === null ? core.tray.length : core.tray.findIndex((one) => one.flight === before)
  const between = core.tray.slice(Math.min(at + 1, to), Math.max(at, to)).map((one) => one.flight)
  return between.find((other) => isSameStream(other, flight)) ?? null
}

const isSameStream = <T extends LabTypes>(a: Flight<T>, b: Flight<T>): boolean =>
  a.course.channel === 'stream' && a.from === b.from && a.to === b.to && a.course.life === b.course.life

/** The first message that stands before this one in its stream. */
function earlierInStream<T extends LabTypes>(core: Core<T>, flight: Flight<T>): Flight<T> | null {
  let first: Flight<T> | null = null
  for (const { flight: other } of underWay(core)) {
    if (isSameStream(other, flight) && other.n < (first ?? flight).n) first = other
  }
  return first
}

function find<T extends LabTypes>(core: Core<T>, id: string): Found<T> | null {
  for (const found of underWay(core)) if (core.flightId(found.flight) === id) return found
  return null
}

function* underWay<T extends LabTypes>(core: Core<T>): Generator<Found<T>> {
  for (const { flight } of core.tray) yield { flight, held: true }
  for (const due of core.agenda.items()) if (isFlight(due)) yield { flight: due, held: false }
}

function take<T extends LabTypes>(core: Core<T>, { flight, held }: Found<T>): Flight<T> {
  if (held) takeHeld(core, (candidate) => candidate === flight)
  else core.agenda.remove((due) => due === flight)
  return flight
}

function duplicate<T extends LabTypes>(core: Core<T>, { flight, held }: Found<T>): void {
  const copy = nextCopy(core, flight)
  if (!held) double(core, flight, arrivalOf(flight), copy)
  else {
    const twin = changedFlight(flight, { order: core.nextOrder() }, { copy })
    recordFlight(core, twin, 'doubled')
    hold(core, twin)
  }
}

function nextCopy<T extends LabTypes>(core: Core<T>, of: Flight<T>): number {
  let copy = 0
  for (const { flight } of underWay(core)) {
    if (flight.from === of.from && flight.to === of.to && flight.n === of.n) copy = Math.max(copy, flight.course.copy)
  }
  return copy + 1
}

/** One that is held comes so long from now, and no link holds it again: else the delay would change nothing. */
function delayed<T extends LabTypes>(
  core: Core<T>,
  { flight, held }: Found<T>,
  delay: Micros,
  cause: number,
): [at: Micros, course: Partial<Course>] {
  return held ? [core.now + delay, { freedBy: cause }] : [arrivalOf(flight) + delay, {}]
}

function relaunch<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  type: 'delayed' | 'replaced',
  arrivesAt: Micros,
  course: Partial<Course>,
  change: Replacement<T> = {},
): void {
  const doomed = flight.course.fate !== 'arrives'
  const times = { at: doomed ? flight.at : arrivesAt, order: core.nextOrder() }
  const next = changedFlight(
    flight,
    { ...times, ...change },
    { ...course, ...(doomed && { wouldArriveAt: arrivesAt }) },
  )
  recordFlight(core, next, type)
  core.agenda.push(next)
}

function replaceInTray<T extends LabTypes>(core: Core<T>, flight: Flight<T>, message: T['message']): void {
  const next = changedFlight(flight, replacement(core, message))
  recordFlight(core, next, 'replaced')
  replaceHeld(core, flight, next)
}

type Replacement<T extends LabTypes> = Partial<Pick<Flight<T>, 'message' | 'digest'>>

function replacement<T extends LabTypes>(core: Core<T>, message: T['message']): Replacement<T> {
  return { message, digest: core.engine.protocol.digest?.(message) ?? mixValue(17, message) }
}
