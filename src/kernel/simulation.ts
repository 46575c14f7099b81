import { assert, broken } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import type { Command } from './command.ts'
import { Core, type CoreData, coreData, type Engine } from './core.ts'
import { execute } from './commands.ts'
import { arrivalOf, type Due, type Flight, isFlight } from './due.ts'
import { KernelEnv } from './env.ts'
import type { Event } from './event.ts'
import { arrive, breakOff, expire, land, start, sync } from './handlers.ts'
import type { Entries } from '../base/heap.ts'
import { Log } from '../base/log.ts'
import { type Machine, OFF } from './machine.ts'
import type {
  DiskSettings,
  FlightView,
  LabTypes,
  Link,
  NetworkSettings,
  ProcessId,
  ProcessSetup,
  Run,
  Setup,
  Status,
  TimedCommand,
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

/** A simulation at one moment, as a value. */
export interface Checkpoint<T extends LabTypes> {
  readonly setup: Setup<T>
  readonly commands: Log<TimedCommand<T>>
  readonly at: Micros
  readonly steps: number
  readonly core: CoreData<T>
  readonly agenda: Entries<Due<T>>
  readonly machines: readonly Machine<T>[]
}

/** The commands of a run: a list, or a view that is shared with a checkpoint. */
export type Commands<T extends LabTypes> = readonly TimedCommand<T>[] | Log<TimedCommand<T>>

/** Most steps within one instant: beyond it, messages without latency are chasing each other. */
export const MAX_STEPS_PER_INSTANT = 200_000

/**
 * The deterministic execution of a run: one agenda of due events, simulated time, counter-based randomness. Two
 * simulations of one run make the same events, to the bit, in every place where this code runs.
 */
export class Simulation<T extends LabTypes> implements World<T> {
  observer: Observer<T> | null = null
  readonly #setup: Setup<T>
  readonly #commands: Log<TimedCommand<T>>
  readonly #core: Core<T>
  readonly #env: KernelEnv<T>

  constructor(
    engine: Engine<T>,
    run: { setup: Setup<T>; commands: Commands<T> },
    from?: Checkpoint<T>,
    observer?: Observer<T>,
  ) {
    this.#setup = run.setup
    this.#commands = run.commands instanceof Log ? run.commands.copy() : new Log(run.commands)
    this.#core = new Core(engine, run.setup)
    this.#env = new KernelEnv(this.#core)
    this.observer = observer ?? null
    if (from === undefined) this.#boot()
    else restore(this.#core, from)
  }

  /** The simulation at a checkpoint; with other commands from there on, if any are given. */
  static from<T extends LabTypes>(
    engine: Engine<T>,
    checkpoint: Checkpoint<T>,
    commands: Commands<T> = checkpoint.commands,
  ): Simulation<T> {
    return new Simulation(engine, { setup: checkpoint.setup, commands }, checkpoint)
  }

  /**
   * Executes what is next: a command or something due. False when nothing is left, or nothing until `until`: what is due
   * and turns out to be void, such as a timer that was moved, makes no step, so it must not lead beyond.
   */
  step(until = Number.POSITIVE_INFINITY): boolean {
    const core = this.#core
    const { agenda } = core
    for (;;) {
      const at = agenda.peekAt()
      if (core.commandsDone < this.#commands.length) {
        const command = this.#commands.at(core.commandsDone) as TimedCommand<T>
        if (this.#isNext(command, at)) {
          if (command.at > until) return false
          this.#executeNext(command)
          return true
        }
      }
      if (at > until) return false
      const due = agenda.pop()
      if (due === undefined) return false
      if (this.#executeDue(due, at)) return true
    }
  }

  /** Executes all that happens up to and at `at`, and lets the clock stand there. */
  advanceTo(at: Micros): void {
    while (this.step(at));
    this.#moveTo(Math.max(at, this.#core.now))
  }

  /** Lets the clock stand at `at` and does nothing there yet; nothing may be due before. */
  idleTo(at: Micros): void {
    assert(this.nextAt() >= at, `something is due before ${at} µs`)
    this.#moveTo(at)
  }

  /** When something may happen next; Infinity if nothing will. */
  nextAt(): Micros {
    const command = this.#commands.at(this.#core.commandsDone)
    return Math.min(this.#core.agenda.peekAt(), command?.at ?? Number.POSITIVE_INFINITY)
  }

  /** Does this now. It becomes part of the run, in place of all commands that were still to come. */
  apply(command: Command<T>, how: Pick<TimedCommand<T>, 'scripted' | 'joined'> = PLAINLY): void {
    const core = this.#core
    this.#commands.truncate(core.commandsDone)
    const { now: at, stepsHere: within } = core
    const timed = how === PLAINLY ? { at, within, command } : { at, within, command, ...how }
    this.#commands.append(timed)
    this.#executeNext(timed)
  }

  /** A value to come back to. Copies nothing now: whoever changes a process next copies it first. */
  checkpoint(): Checkpoint<T> {
    const core = this.#core
    core.owner = {}
    return {
      setup: this.#setup,
      commands: this.#commands.copy(),
      at: core.now,
      steps: core.steps,
      core: coreData(core),
      agenda: core.agenda.copyEntries(),
      machines: core.machines.slice(),
    }
  }

  /** 16 hex digits over every event so far. */
  fingerprint(): string {
    return hex(this.#core.hash1) + hex(this.#core.hash2)
  }

  get run(): Pick<Run<T>, 'setup' | 'commands'> {
    return { setup: this.#setup, commands: this.#commands.slice() }
  }
  /** How many commands the run has, done and to come. */
  get commandCount(): number {
    return this.#commands.length
  }
  /** The commands as a view, to go on with in another simulation. */
  get commands(): Log<TimedCommand<T>> {
    return this.#commands.copy()
  }
  /** Commands and due things executed so far. */
  get steps(): number {
    return this.#core.steps
  }
  /** Due things taken up at this very instant, void ones too: the `within` of a command given now. */
  get stepsHere(): number {
    return this.#core.stepsHere
  }
  get commandsDone(): number {
    return this.#core.commandsDone
  }
  /** Events so far. */
  get seq(): number {
    return this.#core.seq
  }

  get now(): Micros {
    return this.#core.now
  }
  get config(): T['config'] {
    return this.#core.config
  }
  get network(): NetworkSettings {
    return this.#core.network
  }
  get disk(): DiskSettings {
    return this.#core.disk
  }
  get workload(): Workload | null {
    return this.#core.workload
  }
  get processes(): readonly ProcessSetup[] {
    return this.#core.machines.map((m) => m.setup)
  }
  ids(role: string): readonly ProcessId[] {
    return this.#core.roleIds.get(role) ?? []
  }
  has(id: ProcessId): boolean {
    return this.#core.indexOf.has(id)
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
    return this.#machine(id).config ?? this.#core.config
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
    for (const m of this.#core.machines) {
      for (const link of m.links?.values() ?? []) {
        if (link.cut) links.push({ from: m.id, to: (this.#core.machines[link.to] as Machine<T>).id })
      }
    }
    return links
  }
  flights(): readonly FlightView<T['message']>[] {
    const flights = this.#core.agenda.items().filter(isFlight)
    const held = new Map(this.#core.tray.map(({ flight }, turn) => [flight, turn]))
    return [...flights, ...held.keys()]
      .toSorted((x, y) => x.sentSeq - y.sentSeq || x.course.copy - y.course.copy)
      .map((flight) => this.#view(flight, held.get(flight) ?? null))
  }

  #view(flight: Flight<T>, turn: number | null): FlightView<T['message']> {
    const { message, sentAt, at, course } = flight
    return {
      id: this.#core.flightId(flight),
      from: (this.#core.machines[flight.from] as Machine<T>).id,
      to: (this.#core.machines[flight.to] as Machine<T>).id,
      message,
      bytes: this.#core.engine.protocol.size(message),
      sentAt,
      endsAt: turn !== null ? Number.POSITIVE_INFINITY : at,
      arrivesAt: arrivalOf(flight),
      fate: course.fate,
      held: turn !== null,
      turn,
    }
  }

  #machine(id: ProcessId): Machine<T> {
    const found = this.#core.find(id)
    return found ?? broken(`there is no process called ${id}`)
  }

  #boot(): void {
    const core = this.#core
    this.#listen()
    for (const setup of this.#setup.processes) core.addMachine(setup)
    for (const machine of core.machines) start(core, this.#env, machine, 0)
    if (this.#setup.workload) setWorkload(core, this.#setup.workload)
    this.#tell()
  }

  #isNext(command: TimedCommand<T>, dueAt: Micros): boolean {
    const core = this.#core
    if (dueAt > command.at) return true
    if (dueAt < command.at || command.within === undefined) return false
    return (core.now === command.at ? core.stepsHere : 0) >= command.within
  }

  #executeNext(timed: TimedCommand<T>): void {
    const core = this.#core
    this.#moveTo(timed.at)
    this.#listen()
    execute(core, this.#env, timed)
    core.commandsDone++
    core.steps++
    this.#tell()
  }

  #executeDue(due: Due<T>, at: Micros): boolean {
    const core = this.#core
    this.#moveTo(at)
    this.#listen()
    // Counted even if it makes no step: a command given now comes after it when the run is repeated.
    core.stepsHere++
    if (core.stepsHere >= MAX_STEPS_PER_INSTANT) broken(`more than ${MAX_STEPS_PER_INSTANT} steps at ${core.now} µs`)
    if (!this.#dispatch(due, at)) return false
    core.steps++
    this.#tell()
    return true
  }

  #dispatch(due: Due<T>, at: Micros): boolean {
    if (typeof due === 'number') return expire(this.#core, this.#env, due, at)
    switch (due.type) {
      case 'flight':
        return land(this.#core, this.#env, due)
      case 'timer':
        return expire(this.#core, this.#env, due, at)
      case 'sync':
        return sync(this.#core, this.#env, due)
      case 'work':
        return work(this.#core, this.#env, due)
      case 'break':
        return breakOff(this.#core, this.#env, due)
      case 'again':
        return isFlight(due.due) ? arrive(this.#core, this.#env, due.due) : this.#dispatch(due.due, at)
    }
  }

  #listen(): void {
    const { observer } = this
    this.#core.wanted = observer === null ? 0 : observer.wants
    this.#core.causal = observer !== null && observer.causes !== false
    this.#core.named = observer !== null && observer.ids !== false
  }

  #moveTo(at: Micros): void {
    const core = this.#core
    if (at === core.now) return
    if (at < core.now) broken(`time cannot go back from ${core.now} to ${at}`)
    core.now = at
    core.stepsHere = 0
  }

  #tell(): void {
    const core = this.#core
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

function restore<T extends LabTypes>(core: Core<T>, from: Checkpoint<T>): void {
  Object.assign(core, from.core)
  core.owner = {}
  core.fresh = []
  core.machines = from.machines.slice()
  core.refill(from.agenda)
  core.directoryOwner = {}
  core.trayOwner = {}
}

/** Nothing more to say of a command. */
const PLAINLY = Object.freeze({})
const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
