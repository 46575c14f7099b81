import { broken } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import { Core, type Engine } from './core.ts'
import type { CrowdCare } from './crowd.ts'
import { arrivalOf, type Due, type Flight, isFlight } from './due.ts'
import { KernelEnv } from './env.ts'
import type { Event } from './event.ts'
import { arrive, breakOff, expire, land, start, sync } from './handlers.ts'
import { type Machine, OFF } from './machine.ts'
import type {
  DiskSettings,
  FlightView,
  LabTypes,
  Link,
  NetworkSettings,
  ProcessId,
  ProcessSetup,
  Setup,
  Status,
  TimerView,
  Workload,
  World,
} from './types.ts'
import { setWorkload, work } from './workload.ts'

/** Listens to a simulation. Told of a handler's events when the handler is done, so the world is the one after it. */
export interface Observer<T extends LabTypes> {
  /** Bits of the event types to be told of, from `eventSet`. */
  readonly wants: number
  /** False if it does not look at what events came of, which costs something to say. */
  readonly causes?: boolean
  /** False if it does not look at the ids of messages, which are texts that have to be made: they are empty then. */
  readonly ids?: boolean
  observe(event: Event<T>, world: World<T>): void
}

/** Most steps within one instant: beyond it, messages without latency are chasing each other. */
export const MAX_STEPS_PER_INSTANT = 200_000

/** Deterministic execution: one agenda of due events, simulated time, counter-based randomness. */
export abstract class Execution<T extends LabTypes> implements World<T> {
  observer: Observer<T> | null
  protected readonly setup: Setup<T>
  protected readonly core: Core<T>
  protected readonly env: KernelEnv<T>

  /** Nothing has happened yet, not even a start. */
  protected constructor(
    engine: Engine<T>,
    setup: Setup<T>,
    observer: Observer<T> | null,
    crowds: CrowdCare | null = null,
  ) {
    this.setup = setup
    this.core = new Core(engine, setup, crowds)
    this.env = new KernelEnv(this.core)
    this.observer = observer
  }

  /**
   * Executes what is due next. False when nothing is left, or nothing until `until`: what is due and turns out to be void,
   * such as a timer that was moved, makes no step, so it must not lead beyond.
   */
  step(until = Number.POSITIVE_INFINITY): boolean {
    const { agenda } = this.core
    for (;;) {
      const at = agenda.peekAt()
      if (at > until) return false
      const due = agenda.pop()
      if (due === undefined) return false
      if (this.executeDue(due, at)) return true
    }
  }

  /** Executes all that happens up to and at `at`, and lets the clock stand there. */
  advanceTo(at: Micros): void {
    while (this.step(at));
    this.moveTo(Math.max(at, this.core.now))
  }

  /** When something may happen next; Infinity if nothing will. */
  nextAt(): Micros {
    return this.core.agenda.peekAt()
  }

  /** 16 hex digits over every event so far. */
  fingerprint(): string {
    return hex(this.core.hash1) + hex(this.core.hash2)
  }

  /** Commands and due things executed so far. */
  get steps(): number {
    return this.core.steps
  }
  /** Due things taken up at this very instant, void ones too: the `within` of a command given now. */
  get stepsHere(): number {
    return this.core.stepsHere
  }
  /** Events so far. */
  get seq(): number {
    return this.core.seq
  }

  get now(): Micros {
    return this.core.now
  }
  get config(): T['config'] {
    return this.core.config
  }
  get network(): NetworkSettings {
    return this.core.network
  }
  get disk(): DiskSettings {
    return this.core.disk
  }
  get workload(): Workload | null {
    return this.core.workload
  }
  get processes(): readonly ProcessSetup[] {
    return this.core.machines.map((m) => m.setup)
  }
  ids(role: string): readonly ProcessId[] {
    return this.core.roleIds.get(role) ?? []
  }
  has(id: ProcessId): boolean {
    return this.core.indexOf.has(id)
  }
  status(id: ProcessId): Status {
    return this.#machine(id).status
  }
  state(id: ProcessId): T['state'] | null {
    return this.#machine(id).state
  }
  durable(id: ProcessId): T['durable'] | null {
    return this.#machine(id).disk.kept
  }
  unsynced(id: ProcessId): number {
    return this.#machine(id).disk.pending.length
  }
  configOf(id: ProcessId): T['config'] {
    return this.#machine(id).config ?? this.core.config
  }
  timers(id: ProcessId): readonly TimerView[] {
    const views: TimerView[] = []
    for (let it = this.#machine(id).timers; it !== null; it = it.next) {
      if (it.dueAt !== OFF) views.push({ timer: it.name, setAt: it.setAt, dueAt: it.dueAt })
    }
    return views
  }
  isCut(from: ProcessId, to: ProcessId): boolean {
    return this.#machine(from).links?.get(this.#machine(to).index)?.cut ?? false
  }
  stopOf(id: ProcessId): number {
    const m = this.#machine(id)
    return m.status === 'up' ? 0 : m.stopSeq
  }
  cutOf(from: ProcessId, to: ProcessId): number {
    const link = this.#machine(from).links?.get(this.#machine(to).index)
    return link?.cut === true ? link.cutSeq : 0
  }
  cuts(): readonly Link[] {
    const links: Link[] = []
    for (const m of this.core.machines) {
      for (const link of m.links?.values() ?? []) {
        if (link.cut) links.push({ from: m.id, to: (this.core.machines[link.to] as Machine<T>).id })
      }
    }
    return links
  }
  flights(): readonly FlightView<T['message']>[] {
    const flights = this.core.agenda.items().filter(isFlight)
    const held = new Map(this.core.tray.map(({ flight }, turn) => [flight, turn]))
    return [...flights, ...held.keys()]
      .toSorted((x, y) => x.sentSeq - y.sentSeq || x.course.copy - y.course.copy)
      .map((flight) => this.#view(flight, held.get(flight) ?? null))
  }

  #view(flight: Flight<T>, turn: number | null): FlightView<T['message']> {
    const { message, sentAt, at, course } = flight
    return {
      id: this.core.flightId(flight),
      from: (this.core.machines[flight.from] as Machine<T>).id,
      to: (this.core.machines[flight.to] as Machine<T>).id,
      message,
      bytes: this.core.engine.protocol.size(message),
      sentAt,
      endsAt: turn !== null ? Number.POSITIVE_INFINITY : at,
      arrivesAt: arrivalOf(flight),
      fate: course.fate,
      held: turn !== null,
      turn,
    }
  }

  #machine(id: ProcessId): Machine<T> {
    const found = this.core.find(id)
    return found ?? broken(`there is no process called ${id}`)
  }

  protected boot(): void {
    const core = this.core
    this.listen()
    for (const setup of this.setup.processes) core.addMachine(setup)
    for (const machine of core.machines) start(core, this.env, machine, 0)
    if (this.setup.workload) setWorkload(core, this.setup.workload)
    this.tell()
  }

  protected executeDue(due: Due<T>, at: Micros): boolean {
    const core = this.core
    this.moveTo(at)
    this.listen()
    // Counted even if it makes no step: a command given now comes after it when the run is repeated.
    core.stepsHere++
    if (core.stepsHere >= MAX_STEPS_PER_INSTANT) broken(`more than ${MAX_STEPS_PER_INSTANT} steps at ${core.now} µs`)
    if (!this.#dispatch(due, at)) return false
    core.steps++
    this.tell()
    return true
  }

  #dispatch(due: Due<T>, at: Micros): boolean {
    if (typeof due === 'number') return expire(this.core, this.env, due, at)
    switch (due.type) {
      case 'flight':
        return land(this.core, this.env, due)
      case 'timer':
        return expire(this.core, this.env, due, at)
      case 'sync':
        return sync(this.core, this.env, due)
      case 'work':
        return work(this.core, this.env, due)
      case 'break':
        return breakOff(this.core, this.env, due)
      case 'again':
        return isFlight(due.due) ? arrive(this.core, this.env, due.due) : this.#dispatch(due.due, at)
    }
  }

  protected listen(): void {
    const { observer } = this
    this.core.wanted = observer === null ? 0 : observer.wants
    this.core.causal = observer !== null && observer.causes !== false
    this.core.named = observer !== null && observer.ids !== false
  }

  protected moveTo(at: Micros): void {
    const core = this.core
    if (at === core.now) return
    if (at < core.now) broken(`time cannot go back from ${core.now} to ${at}`)
    core.now = at
    core.stepsHere = 0
  }

  protected tell(): void {
    const core = this.core
    const events = core.fresh
    if (events.length === 0) return
    if (events.length === 1) {
      this.observer?.observe(events.pop() as Event<T>, this)
      return
    }
    core.fresh = []
    for (const event of events) this.observer?.observe(event, this)
  }
}

/** The execution of a cluster that is left to itself: to the bit a `Simulation` of this setup without a command. */
export class Undisturbed<T extends LabTypes> extends Execution<T> {
  constructor(engine: Engine<T>, setup: Setup<T>, observer: Observer<T>) {
    super(engine, setup, observer)
    this.boot()
  }
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
