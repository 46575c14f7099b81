import { assert } from '../base/assert.ts'
import type { Entries } from '../base/heap.ts'
import { Log } from '../base/log.ts'
import type { Micros } from '../base/units.ts'
import type { Command } from './command.ts'
import { execute } from './commands.ts'
import { type Core, type CoreData, coreData, type Engine } from './core.ts'
import { crowdCare } from './crowd.ts'
import type { Due } from './due.ts'
import { Execution, type Observer } from './execution.ts'
import type { Machine } from './machine.ts'
import type { LabTypes, Run, Setup, TimedCommand } from './types.ts'

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

/**
 * The execution of a run, commands included, which can be come back to. Two simulations of one run make the same events, to
 * the bit, in every place where this code runs.
 */
export class Simulation<T extends LabTypes> extends Execution<T> {
  readonly #commands: Log<TimedCommand<T>>

  constructor(
    engine: Engine<T>,
    run: { setup: Setup<T>; commands: Commands<T> },
    from?: Checkpoint<T>,
    observer: Observer<T> | null = null,
  ) {
    super(engine, run.setup, observer, crowdCare)
    this.#commands = run.commands instanceof Log ? run.commands.copy() : new Log(run.commands)
    if (from === undefined) this.boot()
    else restore(this.core, from)
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
   * Executes what is next: a command or something due. False when nothing is left, or nothing until `until`, as for what is
   * due alone.
   */
  override step(until = Number.POSITIVE_INFINITY): boolean {
    const core = this.core
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
      if (this.executeDue(due, at)) return true
    }
  }

  /** Lets the clock stand at `at` and does nothing there yet; nothing may be due before. */
  idleTo(at: Micros): void {
    assert(this.nextAt() >= at, `something is due before ${at} µs`)
    this.moveTo(at)
  }

  override nextAt(): Micros {
    const command = this.#commands.at(this.core.commandsDone)
    return Math.min(super.nextAt(), command?.at ?? Number.POSITIVE_INFINITY)
  }

  /** Does this now. It becomes part of the run, in place of all commands that were still to come. */
  apply(command: Command<T>, how: Pick<TimedCommand<T>, 'scripted' | 'joined'> = PLAINLY): void {
    const core = this.core
    this.#commands.truncate(core.commandsDone)
    const { now: at, stepsHere: within } = core
    const timed = how === PLAINLY ? { at, within, command } : { at, within, command, ...how }
    this.#commands.append(timed)
    this.#executeNext(timed)
  }

  /** A value to come back to. Copies nothing now: whoever changes a process next copies it first. */
  checkpoint(): Checkpoint<T> {
    const core = this.core
    core.owner = {}
    return {
      setup: this.setup,
      commands: this.#commands.copy(),
      at: core.now,
      steps: core.steps,
      core: coreData(core),
      agenda: core.agenda.copyEntries(),
      machines: core.machines.slice(),
    }
  }

  get run(): Pick<Run<T>, 'setup' | 'commands'> {
    return { setup: this.setup, commands: this.#commands.slice() }
  }
  /** How many commands the run has, done and to come. */
  get commandCount(): number {
    return this.#commands.length
  }
  /** The commands as a view, to go on with in another simulation. */
  get commands(): Log<TimedCommand<T>> {
    return this.#commands.copy()
  }
  get commandsDone(): number {
    return this.core.commandsDone
  }

  #isNext(command: TimedCommand<T>, dueAt: Micros): boolean {
    const core = this.core
    if (dueAt > command.at) return true
    if (dueAt < command.at || command.within === undefined) return false
    return (core.now === command.at ? core.stepsHere : 0) >= command.within
  }

  #executeNext(timed: TimedCommand<T>): void {
    const core = this.core
    this.moveTo(timed.at)
    this.listen()
    execute(core, this.env, timed)
    core.commandsDone++
    core.steps++
    this.tell()
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

export type { Observer }
