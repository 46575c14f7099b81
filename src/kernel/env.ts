import { mixValue } from '../base/hash.ts'
import { drawUnit } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import { elapsed, trueSpan } from './clock.ts'
import type { Core } from './core.ts'
import { persist } from './disk.ts'
import { eventCode } from './event.ts'
import { addTimer, findTimer, type Machine, OFF, type Timer } from './machine.ts'
import { transmit } from './network.ts'
import { finishOperation } from './operations.ts'
import type { Awaited, Env, LabTypes, OperationId, ProcessId, SendOptions, WriteId } from './types.ts'

/** The one way from a handler to the world; it belongs to whichever process is running. */
export class KernelEnv<T extends LabTypes> implements Env<T> {
  self: ProcessId = ''
  config: T['config']
  readonly #core: Core<T>
  /** Whose handler runs. Nobody asks before one does. */
  #machine = undefined as unknown as Machine<T>

  constructor(core: Core<T>) {
    this.#core = core
    this.config = core.config
  }

  enter(machine: Machine<T>): void {
    this.#machine = machine
    this.self = machine.id
    this.config = machine.config ?? this.#core.config
  }

  peers(role: string): readonly ProcessId[] {
    return this.#core.roleIds.get(role) ?? []
  }

  founders(role: string): readonly ProcessId[] {
    return this.#core.founders.get(role) ?? []
  }

  now(): Micros {
    const { clock } = this.#machine
    return elapsed(clock, this.#core.now) + clock.offset
  }

  elapsed(): Micros {
    return elapsed(this.#machine.clock, this.#core.now)
  }

  random(): number {
    const m = this.#machine
    return drawUnit(m.randomness, ++m.draws)
  }

  send(to: ProcessId, message: T['message'], how?: SendOptions): void {
    const m = this.#machine
    const channel = how?.channel ?? 'datagram'
    const { disk } = m
    if (disk.synced === disk.writes || how?.beforeSync === true) transmit(this.#core, m, to, message, channel)
    else disk.held.push({ type: 'send', after: disk.writes, said: m.lastSeq, to, message, channel })
  }

  setTimer(timer: T['timer'], after: Micros, awaits?: Awaited): void {
    const core = this.#core
    const m = this.#machine
    const dueAt = core.now + Math.max(0, trueSpan(m.clock, after))
    const t = findTimer(m, timer) ?? addTimer(m, timer)
    t.setAt = core.now
    t.setSeq = m.lastSeq
    t.dueAt = dueAt
    t.awaits = awaits ?? null
    if (t.armedAt === OFF || dueAt < t.armedAt) armTimer(core, t)
  }

  cancelTimer(timer: T['timer']): void {
    const t = findTimer(this.#machine, timer)
    if (t !== undefined) t.dueAt = OFF
  }

  persist(durable: T['durable']): WriteId {
    return persist(this.#core, this.#machine, durable)
  }

  complete(operation: OperationId, outcome: T['outcome']): void {
    const m = this.#machine
    if (m.disk.synced === m.disk.writes) finishOperation(this.#core, m, operation, outcome)
    else m.disk.held.push({ type: 'complete', after: m.disk.writes, said: m.lastSeq, operation, outcome })
  }

  busy(duration: Micros): void {
    const m = this.#machine
    m.busyUntil = Math.max(m.busyUntil, this.#core.now) + Math.round(duration * m.slowness)
  }

  note(what: T['note']): void {
    const core = this.#core
    const m = this.#machine
    const seq = core.record(NOTED, m.index, mixValue(29, what), 0)
    if (core.wants(NOTED)) {
      core.emit({ seq, at: core.now, causes: core.causesAt(m), type: 'noted', process: m.id, note: what })
    }
    m.lastSeq = seq
  }
}

/** Puts a timer's one entry on the agenda. */
export function armTimer<T extends LabTypes>(core: Core<T>, timer: Timer): void {
  timer.armedAt = timer.dueAt
  core.agenda.pushAt(timer.due, timer.dueAt, core.nextOrder())
}

const NOTED = eventCode('noted')
