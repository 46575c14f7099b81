import { must } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import type { Violation } from '../check/monitor.ts'
import type { Command } from '../kernel/command.ts'
import { type Commands, type Observer, Simulation } from '../kernel/simulation.ts'
import type { LabTypes, World } from '../kernel/types.ts'
import { sharedCommands } from '../lab/branch.ts'
import type { Condition } from '../lab/condition.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Expectation, Script } from '../lab/script.ts'
import type { Accounts } from './accounts.ts'
import type { RunChronicle } from './chronicle.ts'
import type { Expectations } from './expectations.ts'
import type { Overview } from '../lab/lanes.ts'
import type { MetricsView } from '../lab/metrics.ts'
import { type Mark, Marks } from './marks.ts'
import { Branches, type Future } from './branches.ts'
import type { AnyRun, Fired, Moment, Tree } from './messages.ts'
import type { RunPast } from './past.ts'
import { ScriptRunner } from './script-runner.ts'
import type { Scripting } from './scripting.ts'
import { Witness } from './witness.ts'

export interface TimelineOptions {
  script?: Script
  fired?: readonly Fired[]
  expectations?: readonly Expectation[]
  /** Needed with a script or expectations, and for `holds`. */
  scripting?: Scripting | null
  /** Steps between two checkpoints; 0 for none, where nobody winds back. */
  spacing?: number
  /** Tells what every lab tells alike; left out, only the lab itself tells. */
  accounts?: Accounts | null
  /** Measures the run; needs `accounts`. */
  metrics?: boolean
  /** Keeps what the space-time diagram shows of hours; needs `accounts`. */
  overview?: boolean
  /** The futures that were left. */
  tree?: Tree
}

/**
 * A run that can be shown at any moment. It keeps checkpoints and re-executes from the nearest one, so every moment is the
 * very one that a run played straight through would show. Acting at a moment drops what came after it.
 */
export class Timeline {
  readonly lab: AnyLab
  /** Who listens to the run, and knows what happened in it. */
  readonly witness: Witness
  readonly chronicle: RunChronicle
  /** Null where nothing is expected. */
  readonly expectations: Expectations | null
  readonly branches: Branches
  /** How far the run on show was seen when it was left, if it was taken up again. */
  promised: Micros = 0
  /** The earliest event after which the run was changed since somebody last asked. */
  forkedAt = Number.POSITIVE_INFINITY
  #sim: Simulation<LabTypes>
  #reached: Micros = 0
  readonly #run: AnyRun
  readonly #marks: Marks
  readonly #script: ScriptRunner
  #stoppedAt: Violation | null = null

  constructor(lab: AnyLab, run: AnyRun, options: TimelineOptions = {}) {
    this.lab = lab
    this.#run = run
    const { script = [], fired = [], scripting = null, expectations = [] } = options
    const { accounts = null, metrics: measures = false, overview: keepsOverview = false } = options
    this.witness = new Witness(lab, run.setup, accounts, { measures, keepsOverview })
    this.chronicle = this.witness.chronicle
    this.#script = new ScriptRunner(lab, this.chronicle, script, fired, scripting)
    const Expected = expectations.length === 0 ? null : must(scripting, 'what reads expectations').Expectations
    this.expectations = Expected === null ? null : new Expected(lab, expectations)
    this.#marks = new Marks(options.spacing ?? 1_000)
    this.branches = new Branches(options.tree)
    this.#sim = new Simulation<LabTypes>(lab, run, undefined, this.witness)
    this.#mark()
    this.#afterStep()
  }

  get world(): World<LabTypes> {
    return this.#sim
  }
  get moment(): Moment {
    return { at: this.#sim.now, steps: this.#sim.steps }
  }
  get seq(): number {
    return this.#sim.seq
  }
  /** The furthest instant that the run has been executed to since it was last changed. */
  get reached(): Micros {
    return this.#reached
  }
  /** The parts of the script that have come true. */
  get fired(): readonly Fired[] {
    return this.#script.fired
  }
  fingerprint(): string {
    return this.#sim.fingerprint()
  }
  /** How many commands the run has so far. */
  get commandCount(): number {
    return this.#sim.commandCount
  }
  /** The run as it stands: what was opened, and all that was done since. */
  run(): AnyRun {
    return { ...this.#run, commands: this.#sim.run.commands }
  }
  /** When something may happen next, scripted parts included. */
  nextAt(): Micros {
    return Math.min(this.#sim.nextAt(), this.#script.dueAt(this.#sim))
  }

  /** The violation that the last `seek` stopped at. */
  get stoppedAt(): Violation | null {
    return this.#stoppedAt
  }

  /**
   * Goes towards the instant `at`, at most `budget` steps of the way. True when it is there; or, if asked to `stop`, after
   * the step in which a property broke for the first time.
   */
  seek(at: Micros, budget = Number.POSITIVE_INFINITY, stop = false): boolean {
    this.#stoppedAt = null
    if (at < this.#sim.now) this.#rewind(this.#marks.before(at))
    else if (!stop) this.#leapTo(at)
    let known = this.witness.violations.length
    for (let left = budget; this.stepForward(at); left--) {
      if (stop && this.witness.violations.length > known) {
        this.#stoppedAt = firstOfItsKind(this.witness.violations, known)
        if (this.#stoppedAt !== null) return true
        known = this.witness.violations.length
      }
      if (left <= 0) return false
    }
    this.#standAt(at)
    return true
  }

  /**
   * Goes on until this part of the script has come true, at most to the instant `at` and `budget` steps of the way. True when
   * it stands right after that part, or, if the part is behind or does not come, at `at`.
   */
  reach(part: number, at: Micros, budget = Number.POSITIVE_INFINITY): boolean {
    const known = this.fired[part]
    if (at < this.#sim.now || (known !== undefined && (known.at > at || this.#isPast(known))))
      return this.seek(at, budget)
    if (known !== undefined) {
      this.goTo(known)
      return true
    }
    this.#leapTo(at)
    for (let left = budget; this.stepForward(at); left--) {
      if (this.fired.length > part) return true
      if (left <= 0) return false
    }
    this.#standAt(at)
    return true
  }

  #isPast({ at, steps }: Moment): boolean {
    return steps < this.#sim.steps || (steps === this.#sim.steps && at < this.#sim.now)
  }

  /** Goes to an exact moment of the run as it is known. */
  goTo({ at, steps }: Moment): void {
    if (this.#isPast({ at, steps })) this.#rewind(this.#marks.beforeStep(steps))
    while (this.#sim.steps < steps && this.stepForward());
    if (at <= this.#sim.now) return
    // What is due before and void, such as a timer that was moved, is no step and must not keep the clock from going there.
    if (this.#sim.step(at - 1)) this.#afterStep()
    else this.#sim.idleTo(at)
    this.#reached = Math.max(this.#reached, this.#sim.now)
  }

  /** One step on; false if nothing happens until `until`. A part of the script comes after all that is due at its instant. */
  stepForward(until: Micros = Number.POSITIVE_INFINITY): boolean {
    const scripted = this.#script.dueAt(this.#sim)
    if (!this.#sim.step(Math.min(until, scripted))) {
      if (scripted > until || scripted === Number.POSITIVE_INFINITY) return false
      this.#script.fire(this.#sim, scripted)
    }
    this.#afterStep()
    return true
  }

  /** The moment before the last step; false at the start. */
  stepBack(): boolean {
    const { steps } = this.#sim
    if (steps === 0) return false
    this.#rewind(this.#marks.beforeStep(steps - 1))
    while (this.#sim.steps < steps - 1) this.stepForward()
    return true
  }

  /**
   * Does something now. What was to come is dropped, but for the parts of the script that have not come true yet; if asked to
   * keep it, it becomes a branch.
   */
  act(command: Command<LabTypes>, also: readonly Command<LabTypes>[] = [], keeps = false): void {
    this.branches.act(this.#future(), this.moment, keeps)
    this.#forget()
    this.#do(command, {})
    for (const next of also) this.#do(next, { joined: true })
  }

  /** Takes back the last thing that was done, with what was joined to it, and stands at its moment. False if there is none. */
  undo(): boolean {
    const { moment } = this
    const deed = this.branches.undo(this.#future(), moment)
    if (deed === null) return this.#undoLast()
    this.#adopt(deed.future)
    this.goTo(deed.moment)
    return true
  }

  /** Does again what was undone last, and stands where that was. False if there is nothing. */
  redo(): boolean {
    const deed = this.branches.redo(this.#future(), this.moment)
    if (deed === null) return false
    this.#adopt(deed.future)
    this.goTo(deed.moment)
    return true
  }

  /** Takes up another branch, somewhere before it parts from this one. False if there is none of this number. */
  switchTo(branch: number): boolean {
    const future = this.branches.switchTo(branch, this.#future())
    if (future !== null) this.#adopt(future)
    return future !== null
  }

  /** In a run that was opened with commands in it, the last that was not the script's is taken back. */
  #undoLast(): boolean {
    const { commands } = this.#future()
    let index = commands.findLastIndex((command) => command.scripted !== true)
    while (commands[index]?.joined === true) index--
    const last = commands[index]
    if (last === undefined) return false
    this.branches.undid(this.#future(), this.moment)
    this.#adopt({ commands: commands.slice(0, index), fired: this.fired, reached: 0 })
    const before = commands.slice(0, index)
    const isBefore = ({ at }: Fired): boolean =>
      at < last.at || before.some((command) => command.scripted === true && command.at === at)
    this.#script.fired = this.fired.filter((fired) => fired.at <= last.at && isBefore(fired))
    this.seek(last.at)
    return true
  }

  #future(): Future {
    return { commands: this.#sim.run.commands, fired: this.fired, reached: Math.max(this.#reached, this.promised) }
  }

  /** Goes on with other commands, from a checkpoint before they part from those of the run on show. */
  #adopt({ commands, fired, reached }: Future): void {
    const shared = sharedCommands(this.#sim.run.commands, commands)
    const mark = this.#marks.beforeChange(shared, commands[shared]?.at ?? Number.POSITIVE_INFINITY)
    this.#restore(mark, commands)
    this.#forget()
    this.#script.fired = fired.slice()
    this.promised = reached
  }

  #do(command: Command<LabTypes>, how: { joined?: true }): void {
    this.#sim.apply(command, how)
    this.#afterStep()
  }

  /** Whether a condition holds now. */
  holds(condition: Condition): boolean {
    return this.#script.holds(condition, this.#sim)
  }

  /** An interval of any length at a glance, as far as the run has come. Only of a timeline that keeps it. */
  overview(from: Micros, to: Micros, columns: number): Overview {
    return this.witness.overview(from, Math.min(to, this.#reached), columns)
  }

  /**
   * All that happens from an instant on, to be executed again before somebody's eyes; the first checkpoint lies after the
   * start, which has events of its own.
   */
  replay(from: Micros, observer: Observer<LabTypes>): Simulation<LabTypes> {
    if (from <= 0) return new Simulation<LabTypes>(this.lab, this.run(), undefined, observer)
    const sim = this.replayFrom(from - 1)
    sim.observer = observer
    return sim
  }

  /** Every event of the run as far as it is known, each stretch executed again when it is asked for. */
  past(Past: typeof RunPast): RunPast {
    return new Past(this.lab, this.#marks, this.#sim.commands, Math.max(this.chronicle.known, this.#sim.seq))
  }

  /** All that was measured, as far as the run has come. Only of a timeline that was asked to measure. */
  metrics(): MetricsView {
    return this.witness.metrics(this.#reached)
  }

  /** The run from the checkpoint before an instant on, to be executed again beside the one on show. */
  replayFrom(at: Micros): Simulation<LabTypes> {
    return this.#from(this.#marks.before(at))
  }

  /** The same from the last checkpoint on that has at most so many steps behind it. */
  replayFromStep(steps: number): Simulation<LabTypes> {
    return this.#from(this.#marks.beforeStep(steps))
  }

  #from({ checkpoint }: Mark): Simulation<LabTypes> {
    return Simulation.from<LabTypes>(this.lab, checkpoint, this.#sim.commands)
  }

  #afterStep(): void {
    this.#reached = Math.max(this.#reached, this.#sim.now)
    if (this.#marks.isDue(this.#sim.steps)) this.#mark()
    if (!this.witness.comesTo(this.#sim.seq)) return
    this.expectations?.look(this.#sim, this.chronicle, this.#sim.now)
    this.#script.look(this.#sim)
  }

  #mark(): void {
    this.#marks.add({
      checkpoint: this.#sim.checkpoint(),
      memory: this.witness.memory(),
      commandsDone: this.#sim.commandsDone,
    })
  }

  #rewind(mark: Mark): void {
    this.#restore(mark, this.#sim.commands)
  }

  #restore(mark: Mark, commands: Commands<LabTypes>): void {
    this.witness.goBackTo(mark.memory)
    this.#sim = Simulation.from<LabTypes>(this.lab, mark.checkpoint, commands)
    this.#sim.observer = this.witness
  }

  /** Over known ground there may be a checkpoint on the way. */
  #leapTo(at: Micros): void {
    const mark = this.#marks.before(at)
    if (mark.checkpoint.steps > this.#sim.steps + LEAP) this.#rewind(mark)
  }

  #standAt(at: Micros): void {
    this.#sim.advanceTo(at)
    this.#reached = Math.max(this.#reached, at)
    if (this.#sim.seq >= this.chronicle.known) this.expectations?.look(this.#sim, this.chronicle, at)
  }

  /** Drops everything that comes after the moment on show. */
  #forget(): void {
    const { steps, seq, now } = this.#sim
    this.#marks.dropAfter(steps)
    this.forkedAt = Math.min(this.forkedAt, seq)
    this.witness.forget(this.#sim, (from, observer) => this.replay(from, observer))
    this.#script.forget(this.moment)
    this.expectations?.reopen(now)
    this.#reached = now
    this.promised = 0
  }
}

/** The first violation from this place on whose property had held until then. */
function firstOfItsKind(violations: readonly Violation[], from: number): Violation | null {
  const before = new Set(violations.slice(0, from).map(({ monitor }) => monitor))
  return violations.slice(from).find(({ monitor }) => !before.has(monitor)) ?? null
}

/** Re-executing fewer steps than this is quicker than waking a checkpoint. */
const LEAP = 500
