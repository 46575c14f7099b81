import { mixValue } from '../base/hash.ts'
import type { Command } from './command.ts'
import type { Core } from './core.ts'
import type { Flight } from './due.ts'
import type { KernelEnv } from './env.ts'
import type { Machine } from './machine.ts'
import { double, recordFlight, recordLoss } from './network.ts'
import type { LabTypes } from './types.ts'

type MessageCommand<T extends LabTypes> = Extract<Command<T>, { type: 'message' }>
type Deliver<T extends LabTypes> = (core: Core<T>, env: KernelEnv<T>, m: Machine<T>, flight: Flight<T>) => void

/** A hand on a message in flight. Returns why it cannot be done, or null. */
export function messageCommand<T extends LabTypes>(
  core: Core<T>,
  env: KernelEnv<T>,
  command: MessageCommand<T>,
  cause: number,
  deliver: Deliver<T>,
): string | null {
  const flight = findFlight(core, command.id)
  if (flight === null) return `message ${command.id} is not in flight`
  const what = command.do
  if (what === 'duplicate') {
    double(core, flight, flight.arrivesAt, nextCopy(core, flight))
    return null
  }
  const target = core.machines[flight.to] as Machine<T>
  if (what === 'deliver' && target.status !== 'up') return `${target.id} is ${target.status}`
  if (typeof what === 'object' && 'delay' in what && !(flight.arrivesAt + what.delay >= core.now)) {
    return `a delay of ${what.delay} µs would bring message ${command.id} into the past`
  }
  core.agenda.remove((due) => due === flight)
  if (what === 'drop') recordLoss(core, flight, 'dropped', cause)
  else if (what === 'deliver') deliver(core, env, core.own(flight.to), flight)
  else if ('delay' in what) relaunch(core, flight, 'delayed', { arrivesAt: flight.arrivesAt + what.delay })
  else relaunch(core, flight, 'replaced', replacement(core, what.replace))
  return null
}

function findFlight<T extends LabTypes>(core: Core<T>, id: string): Flight<T> | null {
  for (const due of core.agenda.items()) if (due.type === 'flight' && core.flightId(due) === id) return due
  return null
}

function nextCopy<T extends LabTypes>(core: Core<T>, of: Flight<T>): number {
  let copy = 0
  for (const due of core.agenda.items()) {
    if (due.type === 'flight' && due.from === of.from && due.to === of.to && due.n === of.n)
      copy = Math.max(copy, due.copy)
  }
  return copy + 1
}

function relaunch<T extends LabTypes>(
  core: Core<T>,
  flight: Flight<T>,
  type: 'delayed' | 'replaced',
  change: Partial<Flight<T>>,
): void {
  const next: Flight<T> = { ...flight, ...change, order: core.nextOrder() }
  const launched = next.fate === 'arrives' ? { ...next, at: next.arrivesAt } : next
  recordFlight(core, launched, type)
  core.agenda.push(launched)
}

function replacement<T extends LabTypes>(core: Core<T>, message: T['message']): Partial<Flight<T>> {
  const { protocol } = core.engine
  return { message, digest: protocol.digest?.(message) ?? mixValue(17, message), bytes: protocol.size(message) }
}
