import type { Core } from './core.ts'
import { type Flight, sendNumber } from './due.ts'
import { eventCode } from './event.ts'
import type { Machine } from './machine.ts'
import type { LabTypes } from './types.ts'

/*
 * Where messages wait whose link holds them. One that has come stands at its receiver's door, in the order of coming, until
 * a hand delivers, drops or delays it, or the link holds no longer. It is still the network's: a cut kills it, the crash of
 * its receiver does not, unless it came on a stream, which ends with that life.
 */

/** Whether what comes on this flight's link now has to wait. */
export function holdsFlight<T extends LabTypes>(core: Core<T>, flight: Flight<T>): boolean {
  if (flight.course.freedBy !== 0) return false
  const link = (core.machines[flight.from] as Machine<T>).links?.get(flight.to)
  return (link?.own?.hold ?? core.network.hold) === true
}

/** A message has come and has to wait. */
export function hold<T extends LabTypes>(core: Core<T>, flight: Flight<T>): void {
  const seq = core.record(HELD, flight.from, sendNumber(flight.to, flight.n, flight.course.copy), flight.digest)
  if (core.wants(HELD)) {
    const causes = [{ seq: flight.sentSeq, kind: 'message' as const }]
    const from = (core.machines[flight.from] as Machine<T>).id
    const to = (core.machines[flight.to] as Machine<T>).id
    const { message } = flight
    core.emit({ seq, at: core.now, causes, type: 'held', process: from, to, id: core.nameOf(flight), message })
  }
  core.ownTray().push({ flight, heldSeq: seq })
}

const HELD = eventCode('held')
