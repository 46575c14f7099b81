import { assert, must } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, OperationId } from '../kernel/types.ts'
import type { Answers, Condition } from '../lab/condition.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Fired, Script, ScriptPart } from '../lab/script.ts'
import type { RunChronicle } from './chronicle.ts'
import type { Moment } from './messages.ts'
import type { Scripting } from './scripting.ts'

type Sim = Simulation<LabTypes>

interface Part {
  part: ScriptPart
  condition: Condition | null
  /** If it holds when the part comes true, its commands are left out. */
  unless: Condition | null
}

/** The parts of a script, in their order: each comes true by its time or its condition, and becomes commands of the run. */
export class ScriptRunner {
  /** Those that have come true. */
  fired: Fired[]
  /** Needed with a script, and for `holds`. */
  readonly #scripting: Scripting | null
  readonly #lab: AnyLab
  readonly #chronicle: RunChronicle
  readonly #parts: readonly Part[]
  /** When the condition of the part that is next came true, and its delay is running. */
  #conditionMetAt: Micros | null = null
  readonly #answers: Answers = new WeakMap()

  constructor(
    lab: AnyLab,
    chronicle: RunChronicle,
    script: Script,
    fired: readonly Fired[],
    scripting: Scripting | null,
  ) {
    this.#lab = lab
    this.#chronicle = chronicle
    this.#scripting = scripting
    this.#parts = script.map((part) => ({
      part,
      condition: this.#readCondition(part.when),
      unless: this.#readCondition(part.unless ?? null),
    }))
    this.fired = fired.slice()
    for (const { names } of this.fired) chronicle.name(names ?? {})
  }

  /** When the next part comes by its time; Infinity if it waits for a condition or nothing is left. */
  dueAt(sim: Sim): Micros {
    const next = this.#next(sim)
    if (next === null) return Number.POSITIVE_INFINITY
    const from = next.condition === null ? (next.part.at ?? this.fired.at(-1)?.at ?? 0) : this.#conditionMetAt
    return from === null ? Number.POSITIVE_INFINITY : Math.max(from + next.part.delay, sim.now)
  }

  /** Sees whether the condition of the next part has come true. */
  look(sim: Sim): void {
    const next = this.#next(sim)
    if (next === null || next.condition === null || this.#conditionMetAt !== null) return
    if (sim.now < (next.part.at ?? 0)) return
    const { holds } = this.#read()
    if (holds(next.condition, this.#lab, sim, this.#chronicle, this.#answers)) this.#conditionMetAt = sim.now
  }

  /** Does the next part, at its instant. */
  fire(sim: Sim, at: Micros): void {
    const index = this.fired.length
    const { part, unless } = this.#parts[index] as Part
    assert(at >= sim.now, `part ${index} of the script is late`)
    sim.advanceTo(at)
    this.#conditionMetAt = null
    let problem: string | null = null
    const names: Record<string, OperationId> = {}
    const spared = unless !== null && this.holds(unless, sim)
    for (const said of spared ? [] : part.do) {
      const read = this.#read().readScriptCommand(this.#lab, said, sim)
      if (read.ok) sim.apply(read.value, { scripted: true })
      else problem = read.error
      const begun = typeof said['as'] === 'string' ? this.#chronicle.lastOperation() : null
      if (begun !== null) names[said['as'] as string] = begun
    }
    this.#chronicle.name(names)
    const named = Object.keys(names).length > 0
    this.fired.push({ index, at, steps: sim.steps, problem, ...(named && { names }) })
  }

  /** What came true after a moment has not. */
  forget({ at, steps }: Moment): void {
    this.fired = this.fired.filter((fired) => fired.steps <= steps && fired.at <= at)
    this.#conditionMetAt = null
  }

  /** Whether a condition holds now. */
  holds(condition: Condition, sim: Sim): boolean {
    return this.#read().holds(condition, this.#lab, sim, this.#chronicle)
  }

  /** The part that comes next; null while something that was done has yet to be done again, or if nothing is left. */
  #next(sim: Sim): Part | null {
    const last = this.fired.at(-1)
    const atFrontier = (last === undefined || last.steps <= sim.steps) && sim.commandsDone === sim.commandCount
    return atFrontier ? (this.#parts[this.fired.length] ?? null) : null
  }

  #readCondition(text: string | null): Condition | null {
    if (text === null) return null
    const read = this.#read().parseCondition(this.#lab, text)
    assert(read.ok, `a condition that was read before cannot be read: ${text}`)
    return read.value
  }

  #read(): Scripting {
    return must(this.#scripting, 'what reads scripts')
  }
}
