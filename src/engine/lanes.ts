import type { Micros } from '../base/units.ts'
import { type Event, HANDLED } from '../kernel/event.ts'
import type { LabTypes, MessageId, ProcessId, World } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import {
  COUNT_BIN,
  type LaneCount,
  type LaneMark,
  type LaneMessage,
  type LanePiece,
  type Lanes,
  type LaneSpan,
} from '../lab/lanes.ts'

/** Most messages of one diagram: beyond it, lines would only cover each other. */
export const MAX_LANE_MESSAGES = 3_000

/** Collects what the space-time diagram draws, event by event, while an interval is executed again. */
export class LaneRecorder {
  readonly #lab: AnyLab
  readonly #from: Micros
  readonly #pieces: LanePiece[] = []
  readonly #current = new Map<ProcessId, LanePiece>()
  readonly #messages = new Map<MessageId, LaneMessage>()
  readonly #marks: LaneMark[] = []
  readonly #spans: LaneSpan[] = []
  readonly #open = new Map<ProcessId | null, LaneSpan>()
  #truncated = false
  /** The one process that is wanted in full; null for all. Empty for none. */
  readonly #only: ProcessId | null
  readonly #counts: LaneCount[] = []

  constructor(lab: AnyLab, from: Micros, only: ProcessId | null = null) {
    this.#lab = lab
    this.#from = from
    this.#only = only
  }

  /** The world at the beginning of the interval: what stands, and what is in flight. */
  begin(world: World<LabTypes>): void {
    for (const { id } of world.processes) {
      if (!this.#wants(id)) continue
      this.#piece(world, id, this.#from)
      const status = world.status(id)
      if (status !== 'up') this.#openSpan(id, this.#from, status)
    }
    this.#cuts(world, this.#from)
    for (const { id, from, to, message, sentAt, arrivesAt } of world.flights()) {
      if (this.#wants(from) || this.#wants(to)) this.#sent(id, from, to, message, sentAt, arrivesAt)
    }
  }

  add(event: Event<LabTypes>, world: World<LabTypes>): void {
    if (this.#only !== null && event.type === 'sent') this.#count(event.at)
    if (!this.#isAbout(event)) return
    switch (event.type) {
      case 'sent':
        this.#sent(event.id, event.process, event.to, event.message, event.at, event.at)
        break
      case 'delivered':
        this.#ended(event.id, event.at, 'arrived', event.at)
        break
      case 'lost':
        this.#ended(event.id, event.at, event.why, event.arrivesAt)
        break
      case 'crashed':
        this.#closeSpan(event.process, event.at)
        this.#openSpan(event.process, event.at, 'down')
        break
      case 'paused':
      case 'stalled':
        this.#openSpan(event.process, event.at, event.type)
        break
      case 'started':
      case 'resumed':
        this.#closeSpan(event.process, event.at)
        break
      case 'cut':
      case 'mended':
        this.#closeSpan(null, event.at)
        this.#cuts(world, event.at)
        break
      default:
        break
    }
    this.#mark(event)
    if ('process' in event && this.#wants(event.process) && (MOVES.has(event.type) || event.type === 'crashed'))
      this.#piece(world, event.process, event.at)
  }

  /** The whole of it, at the end of the interval; what is still in flight then says when it will come. */
  end(to: Micros, world: World<LabTypes>, violations: readonly LaneMark[]): Lanes {
    for (const { id, arrivesAt } of world.flights()) {
      const message = this.#messages.get(id)
      if (message !== undefined) this.#messages.set(id, { ...message, arrivesAt })
    }
    for (const id of this.#current.keys()) this.#closePiece(id, to)
    for (const id of this.#open.keys()) this.#closeSpan(id, to)
    const messages = [...this.#messages.values()].map((message) =>
      message.fate === 'flying' ? { ...message, endedAt: Math.max(to, message.sentAt) } : message,
    )
    return {
      from: this.#from,
      to,
      pieces: this.#pieces,
      messages,
      marks: [...this.#marks, ...violations],
      spans: this.#spans,
      truncated: this.#truncated,
      ...(this.#only !== null && { counts: this.#counts }),
    }
  }

  #wants(id: ProcessId): boolean {
    return this.#only === null || this.#only === id
  }

  /** Cuts are about all. */
  #isAbout(event: Event<LabTypes>): boolean {
    if (this.#only === null || !('process' in event) || event.process === this.#only) return true
    return ('to' in event && event.to === this.#only) || ('from' in event && event.from === this.#only)
  }

  #count(at: Micros): void {
    const bin = at - (at % COUNT_BIN)
    const last = this.#counts.at(-1)
    if (last?.from === bin) last.sent++
    else this.#counts.push({ from: bin, to: bin + COUNT_BIN, sent: 1 })
  }

  #sent(
    id: MessageId,
    from: ProcessId,
    to: ProcessId,
    message: LabTypes['message'],
    sentAt: Micros,
    arrivesAt: Micros,
  ): void {
    if (this.#messages.size >= MAX_LANE_MESSAGES) {
      this.#truncated = true
      return
    }
    const { label, hue } = { label: this.#lab.label(message), hue: this.#lab.hue(message) }
    this.#messages.set(id, {
      id,
      from,
      to,
      type: message.type,
      label,
      hue,
      sentAt,
      endedAt: arrivesAt,
      arrivesAt,
      fate: 'flying',
    })
  }

  #ended(id: MessageId, at: Micros, fate: LaneMessage['fate'], arrivesAt: Micros): void {
    const message = this.#messages.get(id)
    if (message !== undefined) this.#messages.set(id, { ...message, endedAt: at, arrivesAt, fate })
  }

  #mark(event: Event<LabTypes>): void {
    switch (event.type) {
      case 'crashed':
      case 'paused':
      case 'resumed':
      case 'stalled':
        this.#marks.push({
          process: event.process,
          at: event.at,
          type: event.type,
          text: `${event.process} ${event.type}`,
        })
        break
      case 'started':
        if (event.restarted)
          this.#marks.push({
            process: event.process,
            at: event.at,
            type: 'started',
            text: `${event.process} restarted`,
          })
        break
      case 'invoked':
        this.#marks.push({
          process: event.process,
          at: event.at,
          type: 'invoked',
          text: `${event.process} asks: ${this.#lab.operationText(event.what)}`,
        })
        break
      case 'completed':
        this.#marks.push({
          process: event.process,
          at: event.at,
          type: 'completed',
          text: `${event.process} hears: ${this.#lab.outcomeText(event.outcome).text}`,
        })
        break
      default:
        break
    }
  }

  #piece(world: World<LabTypes>, process: ProcessId, at: Micros): void {
    const style = this.#lab.lane(world, process)
    const now = this.#current.get(process)
    if (now !== undefined && now.weight === style.weight && now.hue === style.hue && now.label === style.label) return
    this.#closePiece(process, at)
    this.#current.set(process, { process, from: at, to: at, ...style })
  }

  #closePiece(process: ProcessId, at: Micros): void {
    const now = this.#current.get(process)
    if (now !== undefined) this.#pieces.push({ ...now, to: at })
  }

  #cuts(world: World<LabTypes>, at: Micros): void {
    const clients = new Set(world.processes.filter((p) => p.beside !== undefined).map((p) => p.id))
    const links = world.cuts().filter(({ from, to }) => !clients.has(from) && !clients.has(to))
    if (links.length > 0) this.#open.set(null, { process: null, from: at, to: at, type: 'cut', links })
  }

  #openSpan(process: ProcessId, at: Micros, type: LaneSpan['type']): void {
    this.#open.set(process, { process, from: at, to: at, type, links: [] })
  }

  #closeSpan(process: ProcessId | null, at: Micros): void {
    const span = this.#open.get(process)
    if (span === undefined) return
    this.#open.delete(process)
    this.#spans.push({ ...span, to: at })
  }
}

const MOVES = new Set<string>(HANDLED)
