import type { Micros } from '../base/units.ts'
import { type Event, HANDLED } from '../kernel/event.ts'
import type { LabTypes, MessageId, ProcessId, World } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { LaneMark, LaneMessage, LanePiece, Lanes } from '../lab/lanes.ts'
import { Effects } from './effects.ts'
import { faultMark, LaneSpans } from './lane-spans.ts'

/** Most messages of one diagram: beyond it, lines would only cover each other. */
const MAX_LANE_MESSAGES = 3_000

/** Collects what the space-time diagram draws, event by event, while an interval is executed again. */
export class LaneRecorder {
  readonly #lab: AnyLab
  readonly #from: Micros
  readonly #pieces: LanePiece[] = []
  readonly #current = new Map<ProcessId, LanePiece>()
  readonly #messages = new Map<MessageId, LaneMessage>()
  readonly #marks: LaneMark[] = []
  readonly #spans = new LaneSpans()
  readonly #effects: Effects
  #truncated = false
  /** The one process that is wanted; null for all. */
  readonly #only: ProcessId | null

  constructor(lab: AnyLab, from: Micros, only: ProcessId | null = null) {
    this.#lab = lab
    this.#from = from
    this.#only = only
    this.#effects = new Effects(lab)
  }

  /** The world at the beginning of the interval: what stands, and what is in flight. */
  begin(world: World<LabTypes>): void {
    for (const { id } of world.processes) {
      if (!this.#wants(id)) continue
      this.#piece(world, id, this.#from)
    }
    this.#spans.begin(world, this.#from, (id) => this.#wants(id))
    for (const { id, from, to, message, sentAt, arrivesAt } of world.flights()) {
      if (this.#wants(from) || this.#wants(to)) this.#sent(id, from, to, message, sentAt, arrivesAt)
    }
  }

  add(event: Event<LabTypes>, world: World<LabTypes>): void {
    this.#effects.add(event, world)
    if (!this.#isAbout(event)) return
    if (event.type === 'sent') this.#sent(event.id, event.process, event.to, event.message, event.at, event.at)
    else if (event.type === 'delivered') this.#ended(event.id, event.at, 'arrived', event.at)
    else if (event.type === 'lost') this.#ended(event.id, event.at, event.why, event.arrivesAt)
    this.#spans.add(event, world)
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
    const messages = [...this.#messages.values()].map((message) => {
      if (message.fate === 'flying') return { ...message, endedAt: Math.max(to, message.sentAt) }
      const effects = this.#effects.of(message.id)
      return effects.length === 0 ? message : { ...message, effects }
    })
    return {
      from: this.#from,
      to,
      pieces: this.#pieces,
      messages,
      marks: [...this.#marks, ...violations],
      spans: this.#spans.list(this.#from, to),
      truncated: this.#truncated,
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
    const fault = faultMark(event)
    if (fault !== null) this.#marks.push(fault)
    else if (event.type === 'invoked') {
      const text = `${event.process} asks: ${this.#lab.operationText(event.what)}`
      this.#marks.push({ process: event.process, at: event.at, type: 'invoked', text })
    } else if (event.type === 'completed') {
      const text = `${event.process} hears: ${this.#lab.outcomeText(event.outcome).text}`
      this.#marks.push({ process: event.process, at: event.at, type: 'completed', text })
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
}

const MOVES = new Set<string>(HANDLED)
