import { AssertionError } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import { type Violation, Watch } from '../check/monitor.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { type Condition, holds, parseCondition } from '../lab/condition.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { HuntHints } from '../lab/hunt.ts'
import { readScenarioOf, type Scenario } from '../lab/scenario.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import { readScriptCommand } from '../lab/script-command.ts'
import type { ScriptCommand } from '../lab/script.ts'

/**
 * What was broken: a monitor's property, or, with the name `SETTLES`, the sentence that must come true after healing, or, with
 * the name `ASSERTION`, the engine itself.
 */
export interface Broken {
  monitor: string
  text: string
  at: Micros
}

/** In the place of a monitor's name, for a lab that did not settle after all was healed. */
export const SETTLES = 'Settles'

/**
 * A run of so many events is given up: with a mistake on, answers to answers may grow without end, and no seed may hold up
 * a hunt. A usual run has a hundredth of it.
 */
const MOST_EVENTS = 300_000

/** In the place of a monitor's name, for an assertion of the engine that failed before any property broke. */
export const ASSERTION = 'Assertion'

/**
 * One run that is watched, driven from outside: it goes on to an instant, takes commands as a scenario writes them, and
 * stops at the first violation.
 */
export class Chase {
  readonly lab: AnyLab
  readonly simulation: Simulation<LabTypes>
  readonly scenario: Scenario
  readonly #watch: Watch<LabTypes>
  #events = 0
  #failure: Broken | null = null

  private constructor(lab: AnyLab, scenario: Scenario) {
    this.lab = lab
    this.scenario = scenario
    this.#watch = new Watch<LabTypes>(lab.monitors)
    this.simulation = new Simulation<LabTypes>(lab, scenario.run, undefined, this.#watch)
  }

  /** @throws RangeError with the reader's sentence if the file is no scenario of this lab. */
  static begin(lab: AnyLab, file: ScenarioFile): Chase {
    const read = readScenarioOf(lab, file)
    if (!read.ok) throw new RangeError(read.error)
    return new Chase(lab, read.value.scenario)
  }

  /** The first property that was broken; null while none is. */
  broken(): Broken | null {
    const [first] = this.#watch.violations
    return first === undefined ? this.#failure : brokenBy(first)
  }

  /** How this property was broken for the first time; null while it holds. */
  breaks(monitor: string): Broken | null {
    if (monitor === ASSERTION) return this.#failure
    const found = this.#watch.violations.find((violation) => violation.monitor === monitor)
    return found === undefined ? null : brokenBy(found)
  }

  /** Whether there were too many events to go on. */
  get spent(): boolean {
    return this.#events >= MOST_EVENTS
  }

  /** Whether nobody can say that all properties held: a monitor has lost count, or the run was given up. */
  get undecided(): boolean {
    return this.spent || this.#watch.undecided().some((why) => why !== null)
  }

  get events(): number {
    return this.#events
  }

  /** Goes on to an instant, or until a property breaks: this one, or, if none is named, any. */
  advanceTo(at: Micros, monitor: string | null = null): void {
    this.#guarded(() => {
      while (this.simulation.step(at)) {
        this.#events++
        if (this.#hasBroken(monitor) || this.spent) return
      }
      this.simulation.advanceTo(at)
    })
  }

  /** Does what a scenario says; false if it makes no sense now. */
  do(said: ScriptCommand): boolean {
    const read = readScriptCommand(this.lab, said, this.simulation)
    if (!read.ok) return false
    this.#guarded(() => this.simulation.apply(read.value))
    return true
  }

  /** Goes on until the lab has settled, a property breaks, or `end` comes; what it means that it has not settled by then. */
  settle(settles: NonNullable<HuntHints['settles']>, end: Micros): Broken | null {
    const read = parseCondition(this.lab, settles.condition)
    if (!read.ok) throw new RangeError(`settles: ${read.error}`)
    const settled = this.#guarded(() => {
      while (!this.#holds(read.value)) {
        if (!this.simulation.step(end)) return false
        this.#events++
        if (this.#hasBroken(null) || this.spent) return true
      }
      return true
    })
    if (settled !== false) return null
    this.simulation.advanceTo(end)
    return { monitor: SETTLES, text: `“${settles.condition}” did not come true after everything was healed.`, at: end }
  }

  /** A few violations at most: a hunt stops at the first. */
  #hasBroken(monitor: string | null): boolean {
    const { violations } = this.#watch
    if (violations.length === 0) return false
    return monitor === null || violations.some((violation) => violation.monitor === monitor)
  }

  /** An assertion that fails ends the run; nothing in it can be gone on with. */
  #guarded<R>(go: () => R): R | null {
    if (this.#failure !== null) return null
    try {
      return go()
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error
      this.#failure = { monitor: ASSERTION, text: `The engine stopped: ${error.message}.`, at: this.simulation.now }
      return null
    }
  }

  #holds(condition: Condition): boolean {
    const seen = {
      told: this.#events,
      violations: this.#watch.violations,
      undecided: () => [],
      outcome: () => ({ done: false, outcome: null }),
    }
    return holds(condition, this.lab, this.simulation, seen)
  }
}

const brokenBy = ({ monitor, text, at }: Violation): Broken => ({ monitor, text, at })
