import type { Core } from './core.ts'
import { type Due, isAgain, isFlight, isTimer, timerOf } from './due.ts'
import type { KernelEnv } from './env.ts'
import { eventCode } from './event.ts'
import { afterSync, start } from './handlers.ts'
import { findTimer, type Machine, OFF } from './machine.ts'
import { recordLoss } from './network.ts'
import { rememberLate } from './omission.ts'
import { type Lifecycle, lifecycleRefusal, unknownProcess } from './refusal.ts'
import { takeHeld } from './tray-commands.ts'
import type { LabTypes, ProcessId } from './types.ts'

/* What commands do to a whole process: crash, restart, pause, stall, resume, and wipe its disk. */

/** Ends, stops, begins or goes on with a process, or returns the reason why it cannot. */
export function lifecycle<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  what: Lifecycle,
  id: ProcessId,
  cause: number,
): string | null {
  const found = core.find(id)
  if (found === null) return unknownProcess(id)
  const why = lifecycleRefusal(what, id, found.status)
  if (why !== null) return why
  const m = core.own(found.index)
  switch (what) {
    case 'crash':
      crash(core, m, cause)
      break
    case 'restart':
      start(core, env, m, cause)
      break
    case 'pause':
      m.status = 'paused'
      happened(core, m, 'paused', cause)
      break
    case 'stall':
      m.status = 'stalled'
      happened(core, m, 'stalled', cause)
      break
    case 'resume':
      resume(core, env, m, cause)
      break
    case 'wipe':
      m.disk = { ...m.disk, kept: null }
      happened(core, m, 'wiped', cause)
      break
  }
  return null
}

/** Volatile state, un-synced writes and the words that waited for them vanish, and what had come and not been taken up. */
function crash<T extends LabTypes>(core: Core<T>, m: Machine<T>, cause: number): void {
  const unsynced = m.disk.pending.length
  const untaken = [...m.waiting, ...takeAgain(core, m)]
  m.status = 'down'
  m.state = null
  m.timers = null
  m.waiting = []
  m.busyUntil = 0
  m.openOperations = 0
  m.disk = { ...m.disk, synced: m.disk.writes, pending: [], held: [] }
  // What is due to this life is void from now on: `start` begins the next one.
  m.life++
  const seq = core.record(CRASHED, m.index, unsynced, 0)
  if (core.wants(CRASHED)) {
    const causes = core.causesAt(m, cause, 'command')
    core.emit({ seq, at: core.now, causes, type: 'crashed', process: m.id, unsynced })
  }
  m.lastSeq = seq
  stopped(m, seq)
  for (const due of untaken) if (isFlight(due)) recordLoss(core, due, 'down')
  // What is held is still the network's, but a stream ends with the life that it was opened to.
  const ended = takeHeld(core, ({ course, to }) => course.channel === 'stream' && to === m.index)
  for (const flight of ended) recordLoss(core, flight, 'down')
}

/** Takes off the agenda what came to this process while it was busy. */
function takeAgain<T extends LabTypes>(core: Core<T>, m: Machine<T>): Due<T>[] {
  if (m.againUntil < core.now) return []
  const toProcess = (due: Due<T>): boolean =>
    isFlight(due) ? due.to === m.index : !isTimer(due) && due.type === 'break' && due.process === m.index
  const taken = core.agenda.remove((due) => isAgain(due) && toProcess(due.due))
  return taken.flatMap((due) => (isAgain(due) ? [due.due] : []))
}

/** What waited comes now, in the order in which it was due. */
function resume<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, m: Machine<T>, cause: number): void {
  m.status = 'up'
  m.stoppedUntil = core.now
  happened(core, m, 'resumed', cause)
  const { waiting } = m
  m.waiting = []
  rememberLate(m, waiting)
  for (const due of waiting) {
    if (isTimer(due)) {
      const timer = findTimer(m, timerOf(due))
      // It has waited, so it is what its timer is armed for: what had been overtaken was void when it came up.
      if (timer !== undefined && timer.armedAt !== OFF) timer.armedAt = core.now
      core.agenda.pushAt(due, core.now, core.waitedOrder())
    } else if (due.type !== 'sync') {
      m.againUntil = core.now
      core.agenda.push({ type: 'again', at: core.now, order: core.waitedOrder(), due })
    }
  }
  if (waiting.some((due) => !isTimer(due) && due.type === 'sync')) afterSync(core, env, m, m.disk.synced)
}

/** Numbers what a command did to a process, and tells of it. */
export function happened<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  type: 'paused' | 'resumed' | 'stalled' | 'wiped' | 'adjusted',
  cause: number,
): void {
  const seq = core.record(eventCode(type), m.index, 0, 0)
  if (core.wants(eventCode(type))) {
    const causes = core.causesAt(m, cause, 'command')
    core.emit({ seq, at: core.now, causes, type, process: m.id })
  }
  m.lastSeq = seq
  if (type === 'paused' || type === 'stalled') stopped(m, seq)
}

/** Remembers it for whoever waits for a word from this process. */
function stopped<T extends LabTypes>(m: Machine<T>, seq: number): void {
  m.stopSeq = seq
  m.stoppedUntil = Number.POSITIVE_INFINITY
}

const CRASHED = eventCode('crashed')
