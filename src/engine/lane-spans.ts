import type { Micros } from '../base/units.ts'
import type { Violation } from '../check/monitor.ts'
import { type Event, eventSet } from '../kernel/event.ts'
import type { LabTypes, ProcessId, World } from '../kernel/types.ts'
import type { LaneMark, LaneSpan } from '../lab/lanes.ts'

/** What befalls processes and links. */
export const FAULTS = eventSet(['crashed', 'started', 'paused', 'resumed', 'stalled', 'cut', 'mended'])

interface Dated extends LaneSpan {
  /** The events that began and ended it; Infinity while it lasts. */
  begun: number
  ended: number
}

/** More than these are not kept: the earlier half goes. */
const MOST = 4_096

/** Who was down or stood still when, and which links were cut: the shaded spans of the space-time diagram. */
export class LaneSpans {
  #done: Dated[] = []
  #open = new Map<ProcessId | null, Dated>()
  /** Spans that ended before this instant are no longer known. */
  forgotten: Micros = 0

  /** What stands at the beginning; of one process alone, if one is named, and of the cuts. */
  begin(world: World<LabTypes>, at: Micros, wants: (id: ProcessId) => boolean): void {
    for (const { id } of world.processes) {
      const status = world.status(id)
      if (status !== 'up' && wants(id)) this.#begin(id, at, status, 0)
    }
    this.#cuts(world, at, 0)
  }

  add(event: Event<LabTypes>, world: World<LabTypes>): void {
    switch (event.type) {
      case 'crashed':
        this.#end(event.process, event.at, event.seq)
        this.#begin(event.process, event.at, 'down', event.seq)
        break
      case 'paused':
      case 'stalled':
        this.#begin(event.process, event.at, event.type, event.seq)
        break
      case 'started':
      case 'resumed':
        this.#end(event.process, event.at, event.seq)
        break
      case 'cut':
      case 'mended':
        this.#end(null, event.at, event.seq)
        this.#cuts(world, event.at, event.seq)
        break
      default:
        break
    }
  }

  /** Forgets what came after event number `seq`. */
  truncate(seq: number): void {
    for (const [key, span] of this.#open) if (span.begun > seq) this.#open.delete(key)
    for (const span of this.#done)
      if (span.begun <= seq && span.ended > seq)
        this.#open.set(span.process, { ...span, ended: Number.POSITIVE_INFINITY })
    this.#done = this.#done.filter(({ ended }) => ended <= seq)
  }

  /** Those of an interval; what lasts is said to end with it. */
  list(start: Micros, to: Micros): LaneSpan[] {
    return [...this.#done, ...this.#open.values()]
      .filter((span) => span.from <= to && (span.ended === Number.POSITIVE_INFINITY || span.to >= start))
      .map(({ process, from, to: until, type, links, ended }) => ({
        process,
        from,
        to: ended === Number.POSITIVE_INFINITY ? to : Math.min(until, to),
        type,
        links,
      }))
  }

  #begin(process: ProcessId, at: Micros, type: LaneSpan['type'], begun: number): void {
    const ended = Number.POSITIVE_INFINITY
    this.#open.set(process, { process, from: at, to: at, type, links: [], begun, ended })
  }

  #end(process: ProcessId | null, at: Micros, seq: number): void {
    const span = this.#open.get(process)
    if (span === undefined) return
    this.#open.delete(process)
    this.#done.push({ ...span, to: at, ended: seq })
    if (this.#done.length <= MOST) return
    this.#done = this.#done.slice(MOST / 2)
    this.forgotten = this.#done[0]?.from ?? 0
  }

  /** Between servers; a client’s links go with those of the server that it stands beside. */
  #cuts(world: World<LabTypes>, at: Micros, begun: number): void {
    const clients = new Set(world.processes.filter((p) => p.beside !== undefined).map((p) => p.id))
    const links = world.cuts().filter(({ from, to }) => !clients.has(from) && !clients.has(to))
    if (links.length === 0) return
    this.#open.set(null, {
      process: null,
      from: at,
      to: at,
      type: 'cut',
      links,
      begun,
      ended: Number.POSITIVE_INFINITY,
    })
  }
}

/** What befell a process, as a mark on its lane; null for any other event. */
export function faultMark(event: Event<LabTypes>): LaneMark | null {
  switch (event.type) {
    case 'crashed':
    case 'paused':
    case 'resumed':
    case 'stalled':
      return mark(event.process, event.at, event.type, event.type)
    case 'started':
      return event.restarted ? mark(event.process, event.at, 'started', 'restarted') : null
    default:
      return null
  }
}

const mark = (process: ProcessId, at: Micros, type: LaneMark['type'], word: string): LaneMark => ({
  process,
  at,
  type,
  text: `${process} ${word}`,
})

/** The violations of an interval, each on the lane of the first process that it is about. */
export function violationMarks(violations: readonly Violation[], from: Micros, to: Micros): LaneMark[] {
  return violations
    .filter(({ at }) => at >= from && at <= to)
    .map(({ nodes, at, monitor, text }) => ({
      process: nodes[0] ?? '',
      at,
      type: 'violation',
      text: `${monitor}: ${text}`,
    }))
}
