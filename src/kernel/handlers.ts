import type { Core } from './core.ts'
import { releaseHeld, syncOldest } from './disk.ts'
import {
  type BreakDue,
  type Due,
  type Flight,
  sendNumber,
  type SyncDue,
  type TimerCode,
  type TimerDue,
  lifeOf,
  processOf,
  timerOf,
} from './due.ts'
import type { KernelEnv } from './env.ts'
import { armTimer } from './env.ts'
import { eventCode, type Cause } from './event.ts'
import { findTimer, forgetTimer, type Machine, OFF } from './machine.ts'
import { recordLoss } from './network.ts'
import { omissions } from './omission.ts'
import { hold, holdsFlight } from './tray.ts'
import { mixString } from '../base/hash.ts'
import type { Micros } from '../base/units.ts'
import type { LabTypes, OperationId, WriteId } from './types.ts'
import { beginOperation } from './operations.ts'

/** Each of these runs one handler of one process; true if anything happened that a user would count as a step. */

export function land<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, flight: Flight<T>): boolean {
  const { fate } = flight.course
  if (fate !== 'arrives') {
    recordLoss(core, flight, fate)
    return true
  }
  if (core.holding && !isOrphan(core, flight) && holdsFlight(core, flight)) {
    hold(core, flight)
    return true
  }
  return arrive(core, env, flight)
}

/** A message is at its receiver, and nothing holds it. */
export function arrive<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, flight: Flight<T>): boolean {
  const m = core.own(flight.to)
  if (m.status === 'down' || isOrphan(core, flight)) {
    recordLoss(core, flight, 'down')
    return true
  }
  if (waits(core, m, flight)) return false
  deliver(core, env, m, flight)
  return true
}

/** Whether it came on a stream to an earlier life of its receiver. */
function isOrphan<T extends LabTypes>(core: Core<T>, { course, to }: Flight<T>): boolean {
  return course.channel === 'stream' && course.life !== (core.machines[to] as Machine<T>).life
}

export function expire<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  due: TimerCode | TimerDue,
  at: Micros,
): boolean {
  const m = core.own(processOf(due))
  const name = timerOf(due)
  const timer = findTimer(m, name)
  if (m.life !== lifeOf(due) || timer === undefined || timer.armedAt !== at) return false
  if (timer.dueAt === OFF || timer.dueAt > at) {
    timer.armedAt = OFF
    if (timer.dueAt === OFF) forgetTimer(m, timer)
    else armTimer(core, timer)
    return false
  }
  if (core.now < m.busyUntil) {
    timer.armedAt = m.busyUntil
    core.agenda.pushAt(due, m.busyUntil, core.waitedOrder())
    return false
  }
  if (m.status === 'paused') {
    m.waiting.push(due)
    return false
  }
  const missed = core.causal && core.wants(EXPIRED) ? omissions(core, m, timer) : NOTHING
  runTimer(core, env, m, name, { seq: timer.setSeq, kind: 'timer' }, missed)
  return true
}

/** Lets a timer expire, due or not. */
export function runTimer<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  m: Machine<T>,
  name: string,
  cause: Cause,
  missed: readonly Cause[] = NOTHING,
): void {
  const timer = findTimer(m, name)
  if (timer !== undefined) {
    timer.dueAt = OFF
    timer.armedAt = OFF
  }
  const seq = core.record(EXPIRED, m.index, mixString(0, name), 0)
  if (core.wants(EXPIRED)) {
    const causes = [...core.causesAt(m, cause.seq, cause.kind), ...missed]
    const awaits = timer?.awaits ?? null
    core.emit({ seq, at: core.now, causes, type: 'expired', process: m.id, timer: name, awaits })
  }
  m.lastSeq = seq
  const { synced } = m.disk
  env.enter(m)
  m.process.expire(m.state as T['state'], name, env)
  // Names may be many, one for each request; one that is not set again is forgotten.
  if (timer?.armedAt === OFF) forgetTimer(m, timer)
  tellInstantSyncs(env, m, synced)
}

export function sync<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, due: SyncDue): boolean {
  const m = core.own(due.process)
  if (m.life !== due.life) return false
  const write = syncOldest(core, m)
  if (m.status === 'paused') m.waiting.push(due)
  else afterSync(core, env, m, write)
  return true
}

/** Tells a process of its syncs, and lets go what waited for them. */
export function afterSync<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, m: Machine<T>, write: WriteId): void {
  releaseHeld(core, m)
  if (m.process.synced === undefined) return
  env.enter(m)
  m.process.synced(m.state as T['state'], write, env)
  tellInstantSyncs(env, m, write)
}

export function breakOff<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, due: BreakDue): boolean {
  const m = core.own(due.process)
  if (m.life !== due.life || m.status === 'down' || waits(core, m, due)) return false
  const peer = (core.machines[due.peer] as Machine<T>).id
  const seq = core.record(BROKE, m.index, due.peer, 0)
  if (core.wants(BROKE)) {
    const causes = core.causesAt(m, due.lostSeq, 'message')
    core.emit({ seq, at: core.now, causes, type: 'broke', process: m.id, peer })
  }
  m.lastSeq = seq
  if (m.process.unreachable === undefined) return true
  const { synced } = m.disk
  env.enter(m)
  m.process.unreachable(m.state as T['state'], peer, env)
  tellInstantSyncs(env, m, synced)
  return true
}

export function invoke<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  m: Machine<T>,
  what: T['operation'],
  cause: number,
): OperationId {
  const id = beginOperation(core, m, what, cause)
  const { synced } = m.disk
  env.enter(m)
  m.process.invoke?.(m.state as T['state'], { id, what }, env)
  tellInstantSyncs(env, m, synced)
  return id
}

export function act<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  m: Machine<T>,
  action: T['action'],
  cause: number,
): void {
  // The command that asked for it was taken into the fingerprint whole, just before.
  const seq = core.record(ACTED, m.index, cause, 0)
  if (core.wants(ACTED)) {
    const causes = core.causesAt(m, cause, 'command')
    core.emit({ seq, at: core.now, causes, type: 'acted', process: m.id, action })
  }
  m.lastSeq = seq
  const { synced } = m.disk
  env.enter(m)
  m.process.act?.(m.state as T['state'], action, env)
  tellInstantSyncs(env, m, synced)
}

/** Boots a process, for the first time or from what its disk kept. */
export function start<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, m: Machine<T>, cause: number): void {
  const restarted = m.life > 0
  m.life++
  m.status = 'up'
  if (restarted) m.stoppedUntil = core.now
  const seq = core.record(STARTED, m.index, m.life, 0)
  if (core.wants(STARTED)) {
    const causes = core.causesAt(m, cause, 'command')
    core.emit({ seq, at: core.now, causes, type: 'started', process: m.id, restarted })
  }
  m.lastSeq = seq
  env.enter(m)
  const { synced } = m.disk
  m.state = m.process.start(m.disk.kept, env)
  tellInstantSyncs(env, m, synced)
}

/** Delivers a message to a process that is free to take it; because of a command, if one says so. */
export function deliver<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  m: Machine<T>,
  flight: Flight<T>,
  command = flight.course.freedBy,
): void {
  const from = core.senderAt(flight.from)
  const seq = core.record(DELIVERED, m.index, sendNumber(flight.from, flight.n, flight.course.copy), flight.digest)
  if (core.wants(DELIVERED)) {
    const before = core.causesAt(m, flight.sentSeq, 'message')
    const causes = command === 0 || !core.causal ? before : [...before, { seq: command, kind: 'command' as const }]
    const id = core.nameOf(flight)
    core.emit({ seq, at: core.now, causes, type: 'delivered', process: m.id, from, id, message: flight.message })
  }
  m.lastSeq = seq
  const { synced } = m.disk
  env.enter(m)
  m.process.receive(m.state as T['state'], from, flight.message, env)
  if (m.disk.synced !== synced) tellInstantSyncs(env, m, synced)
}

/** Something comes to a process that cannot take it now: it waits, behind all that waits already. */
function waits<T extends LabTypes>(core: Core<T>, m: Machine<T>, due: Due<T>): boolean {
  if (core.now < m.busyUntil) {
    m.againUntil = m.busyUntil
    core.agenda.push({ type: 'again', at: m.busyUntil, order: core.waitedOrder(), due })
    return true
  }
  if (m.status === 'up') return false
  m.waiting.push(due)
  return true
}

/** A disk without latency has synced within the handler; the process hears of it when the handler is done. */
function tellInstantSyncs<T extends LabTypes>(env: KernelEnv<T>, m: Machine<T>, before: WriteId): void {
  let told = before
  while (m.disk.synced > told) {
    told = m.disk.synced
    m.process.synced?.(m.state as T['state'], told, env)
  }
}

const NOTHING: readonly Cause[] = []
const DELIVERED = eventCode('delivered')
const EXPIRED = eventCode('expired')
const STARTED = eventCode('started')
const ACTED = eventCode('acted')
const BROKE = eventCode('broke')
