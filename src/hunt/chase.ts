import type { Micros } from '../base/units.ts'
import { type Violation, Watch } from '../check/monitor.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { type Condition, holds, parseCondition } from '../lab/condition.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { HuntHints } from '../lab/hunt.ts'
import { readScenario, type Scenario } from '../lab/scenario.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import { readScriptCommand } from '../lab/script-command.ts'
import type { ScriptCommand } from '../lab/script.ts'

/** What was broken: a monitor's property, or, with the name `SETTLES`, the sentence that must come true after healing. */
export interface Broken {
  monitor: string
  text: string
  at: Micros
}

/** In the place of a monitor's name, for a lab that did not settle after all was healed. */
export const SETTLES = 'Settles'

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

  private constructor(lab: AnyLab, scenario: Scenario) {
    this.lab = lab
    this.scenario = scenario
    this.#watch = new Watch<LabTypes>(lab.monitors)
    this.simulation = new Simulation<LabTypes>(lab, scenario.run, undefined, this.#watch)
  }

  /** @throws RangeError with the reader's sentence if the file is no scenario of this lab. */
  static async begin(lab: AnyLab, file: ScenarioFile): Promise<Chase> {
    const read = await readScenario({ [lab.id]: () => Promise.resolve(lab) }, file)
    if (!read.ok) throw new RangeError(read.error)
    return new Chase(lab, read.value.scenario)
  }

  /** The first property that was broken; null while none is. */
  broken(): Broken | null {
    const [first] = this.#watch.violations
    return first === undefined ? null : brokenBy(first)
  }

  /** How this property was broken for the first time; null while it holds. */
  breaks(monitor: string): Broken | null {
    const found = this.#watch.violations.find((violation) => violation.monitor === monitor)
    return found === undefined ? null : brokenBy(found)
  }

  /** What monitors can no longer say. */
  get undecided(): boolean {
    return this.#watch.undecided().some((why) => why !== null)
  }

  get events(): number {
    return this.#events
  }

  advanceTo(at: Micros): void {
    while (this.simulation.step(at)) this.#events++
    this.simulation.advanceTo(at)
  }

  /** Does what a scenario says; false if it makes no sense now. */
  do(said: ScriptCommand): boolean {
    const read = readScriptCommand(this.lab, said, this.simulation)
    if (read.ok) this.simulation.apply(read.value)
    return read.ok
  }

  /** Goes on until the lab has settled, or until `end`; what it means that it has not. */
  settle(settles: NonNullable<HuntHints['settles']>, end: Micros): Broken | null {
    const read = parseCondition(this.lab, settles.condition)
    if (!read.ok) throw new RangeError(`settles: ${read.error}`)
    for (;;) {
      if (this.#holds(read.value)) return null
      if (!this.simulation.step(end)) break
      this.#events++
    }
    this.simulation.advanceTo(end)
    return { monitor: SETTLES, text: `“${settles.condition}” did not come true after everything was healed.`, at: end }
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
