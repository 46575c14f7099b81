import { mixValue } from '../base/hash.ts'
import type { Micros } from '../base/units.ts'
import { elapsed, resetClock, trueSpan } from './clock.ts'
import type { Command } from './command.ts'
import type { Core } from './core.ts'
import { cutLinks, mendLinks } from './cuts.ts'
import { armTimer, type KernelEnv } from './env.ts'
import { eventCode, type Happening } from './event.ts'
import { act, deliver, invoke, runTimer, start } from './handlers.ts'
import { happened, lifecycle } from './lifecycle.ts'
import { type Machine, OFF } from './machine.ts'
import { messageCommand } from './message-command.ts'
import { transmit } from './network.ts'
import { distributionRefusal, linkRefusal, unknownProcess } from './refusal.ts'
import { forgetOwnHolds, releaseTray } from './tray-commands.ts'
import type { DiskSettings, LabTypes, Link, LinkSettings, ProcessId, TimedCommand } from './types.ts'
import { setWorkload } from './workload.ts'

/** Most processes that a run may have. */
export const MAX_PROCESSES = 20_000

/** Carries out a command, or says why not in a `refused` event. */
export function execute<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  { command, scripted = false }: TimedCommand<T>,
): void {
  const index = core.commandsDone
  const seq = core.record(COMMANDED, index, mixValue(37, command), 0)
  if (core.wants(COMMANDED)) core.emit({ seq, at: core.now, causes: [], type: 'commanded', command, index, scripted })
  const why = perform(core, env, command, seq)
  if (why === null) return
  const refused = core.record(REFUSED, index, mixValue(41, why), 0)
  if (core.wants(REFUSED)) {
    core.emit({ seq: refused, at: core.now, causes: [{ seq, kind: 'command' }], type: 'refused', command, why })
  }
}

/** Does it, or returns the reason why it cannot be done. */
function perform<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  command: Command<T>,
  cause: number,
): string | null {
  switch (command.type) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'stall':
    case 'wipe':
      return lifecycle(core, env, command.type, command.process, cause)
    case 'slow':
      return adjust(core, command.process, cause, command, (m) => {
        m.slowness = command.factor
      })
    case 'clock':
      return adjust(core, command.process, cause, command, (m) => setClock(core, m, command))
    case 'disk':
      return setDisk(core, command, cause)
    case 'cut':
    case 'mend':
      return cutOrMend(core, command.type, command.links, cause)
    case 'link':
      return setLink(core, command, cause)
    case 'network':
      return setNetwork(core, command.settings, cause)
    case 'message':
      return messageCommand(core, env, command, cause, deliver)
    case 'inject':
      return inject(core, command.from, command.to, command.message, cause)
    case 'fire':
      return withRunning(core, command.process, (m) => {
        runTimer(core, env, m, command.timer, { seq: cause, kind: 'command' })
        return null
      })
    case 'act':
      return withRunning(core, command.process, (m) => {
        if (m.process.act === undefined) return `${m.id} takes no actions`
        env.enter(m)
        const why = m.process.refusal?.(m.state as T['state'], command.action, env) ?? null
        if (why === null) act(core, env, m, command.action, cause)
        return why
      })
    case 'invoke':
      return withRunning(core, command.client, (m) => {
        if (m.process.invoke === undefined) return `${m.id} is no client`
        invoke(core, env, m, command.operation, cause)
        return null
      })
    case 'join':
      if (core.indexOf.has(command.process.id)) return `there is already a process called ${command.process.id}`
      if (core.engine.protocol.roles[command.process.role] === undefined)
        return `there is no role ${command.process.role}`
      if (core.machines.length >= MAX_PROCESSES) return `a run holds at most ${MAX_PROCESSES} processes`
      start(core, env, core.addMachine(command.process), cause)
      return null
    case 'configure':
      return configure(core, command.config, command.process, cause)
    case 'workload':
      setWorkload(core, command.workload)
      return changed(core, 'workload', cause)
  }
}

function cutOrMend<T extends LabTypes>(
  core: Core<T>,
  what: 'cut' | 'mend',
  links: readonly Link[],
  cause: number,
): string | null {
  for (const { from, to } of links) {
    if (!core.indexOf.has(from)) return unknownProcess(from)
    if (!core.indexOf.has(to)) return unknownProcess(to)
  }
  if (links.every(({ from, to }) => isCut(core, from, to) === (what === 'cut'))) {
    return what === 'cut' ? 'these links are already cut' : 'none of these links is cut'
  }
  const type = what === 'cut' ? 'cut' : 'mended'
  const seq = core.record(eventCode(type), 0, mixValue(43, links), 0)
  if (core.wants(eventCode(type)))
    core.emit({ seq, at: core.now, causes: [{ seq: cause, kind: 'command' }], type, links })
  if (what === 'cut') cutLinks(core, links, seq)
  else mendLinks(core, links)
  return null
}

function isCut<T extends LabTypes>(core: Core<T>, from: ProcessId, to: ProcessId): boolean {
  return core.find(from)?.links?.get(core.indexOf.get(to) ?? -1)?.cut ?? false
}

function setNetwork<T extends LabTypes>(core: Core<T>, settings: Partial<LinkSettings>, cause: number): string | null {
  const why = linkRefusal(settings)
  if (why !== null) return why
  core.network = { ...core.network, ...settings }
  if (settings.hold !== undefined) forgetOwnHolds(core)
  releaseTray(core, cause)
  return changed(core, 'network', cause)
}

function setLink<T extends LabTypes>(
  core: Core<T>,
  command: Extract<Command<T>, { type: 'link' }>,
  cause: number,
): string | null {
  const from = core.find(command.link.from)
  const to = core.find(command.link.to)
  if (from === null) return unknownProcess(command.link.from)
  if (to === null) return unknownProcess(command.link.to)
  const why = linkRefusal(command.settings)
  if (why !== null) return why
  const link = core.linkTo(core.own(from.index), to.index)
  const held = link.own?.hold !== undefined
  link.own = { ...link.own, ...command.settings }
  if (!held && link.own.hold !== undefined) core.ownHolds++
  releaseTray(core, cause)
  return changed(core, 'network', cause)
}

/** One disk if a process is named, else all of them. */
function setDisk<T extends LabTypes>(
  core: Core<T>,
  command: Extract<Command<T>, { type: 'disk' }>,
  cause: number,
): string | null {
  const { process, sync, lying } = command
  if (process !== undefined && !core.indexOf.has(process)) return unknownProcess(process)
  const why = sync === undefined ? null : distributionRefusal('sync', sync)
  if (why !== null) return why
  const change = (was: DiskSettings): DiskSettings => ({ sync: sync ?? was.sync, lying: lying ?? was.lying })
  if (process === undefined) core.disk = change(core.disk)
  for (const { id, index, diskSettings } of core.machines) {
    if (process === undefined ? diskSettings === null : id !== process) continue
    core.own(index).diskSettings = change(diskSettings ?? core.disk)
  }
  return changed(core, 'disk', cause)
}

/** Timers run on the process's clock, so with its drift their instants move. */
function setClock<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  change: Extract<Command<T>, { type: 'clock' }>,
): void {
  const before = m.clock
  m.clock = resetClock(before, core.now, change)
  if (before.driftPpm === m.clock.driftPpm) return
  for (let timer = m.timers; timer !== null; timer = timer.next) {
    // One that is off is never later than now.
    if (timer.dueAt <= core.now) continue
    const left = elapsed(before, timer.dueAt) - elapsed(before, core.now)
    timer.dueAt = core.now + trueSpan(m.clock, left)
    if (timer.armedAt === OFF || timer.dueAt < timer.armedAt) armTimer(core, timer)
  }
}

function inject<T extends LabTypes>(
  core: Core<T>,
  from: ProcessId,
  to: ProcessId,
  message: T['message'],
  cause: number,
): string | null {
  const sender = core.find(from)
  if (sender === null) return unknownProcess(from)
  if (core.find(to) === null) return unknownProcess(to)
  transmit(core, core.own(sender.index), to, message, 'datagram', cause)
  return null
}

function configure<T extends LabTypes>(
  core: Core<T>,
  change: Partial<T['config']>,
  process: ProcessId | undefined,
  cause: number,
): string | null {
  if (process === undefined) core.config = { ...core.config, ...change }
  const touched = process === undefined ? core.machines.filter((m) => m.config !== null) : [core.find(process)]
  for (const found of touched) {
    if (found === null) return unknownProcess(process as ProcessId)
    const m = core.own(found.index)
    m.config = { ...(m.config ?? core.config), ...change }
  }
  return changed(core, 'config', cause)
}

function adjust<T extends LabTypes>(
  core: Core<T>,
  id: ProcessId,
  cause: number,
  command: { factor?: number; driftPpm?: number; offset?: Micros },
  change: (m: Machine<T>) => void,
): string | null {
  const found = core.find(id)
  if (found === null) return unknownProcess(id)
  const { factor = 1, driftPpm = 0, offset = 0 } = command
  if (!(factor > 0 && Number.isFinite(factor))) return `a factor must be above 0, not ${factor}`
  if (!(driftPpm > -1_000_000 && Number.isFinite(driftPpm))) return 'a clock cannot run backwards'
  if (!Number.isFinite(offset)) return `an offset must be a number of µs, not ${offset}`
  const m = core.own(found.index)
  change(m)
  happened(core, m, 'adjusted', cause)
  return null
}

function withRunning<T extends LabTypes>(
  core: Core<T>,
  id: ProcessId,
  then: (m: Machine<T>) => string | null,
): string | null {
  const found = core.find(id)
  if (found === null) return unknownProcess(id)
  if (found.status !== 'up') return `${id} is ${found.status}`
  return then(core.own(found.index))
}

function changed<T extends LabTypes>(
  core: Core<T>,
  what: Extract<Happening<T>, { type: 'changed' }>['what'],
  cause: number,
): null {
  const seq = core.record(CHANGED, what.length, 0, 0)
  if (core.wants(CHANGED)) {
    core.emit({ seq, at: core.now, causes: [{ seq: cause, kind: 'command' }], type: 'changed', what })
  }
  return null
}

const COMMANDED = eventCode('commanded')
const REFUSED = eventCode('refused')
const CHANGED = eventCode('changed')
