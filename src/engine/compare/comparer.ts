import type { Micros } from '../../base/units.ts'
import type { Event } from '../../kernel/event.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Comparison, ComparedFigure, Difference, Pair, Said, Stride } from '../../lab/comparison.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { eventText, firstDifference } from '../../lab/event-words.ts'
import type { Place } from '../../lab/moment.ts'
import { accounts } from '../accounts.ts'
import type { AnyRun, Fired, Script } from '../messages.ts'
import type { RunPast } from '../past.ts'
import type { Scripting } from '../scripting.ts'
import { measured, surveyFigures } from '../survey.ts'
import { Timeline } from '../timeline.ts'
import { Divergence, type Parting } from './divergence.ts'
import { stride } from './strides.ts'
import { firstToldOtherwise } from './told.ts'

/** One of two runs that are compared. */
export interface ComparedSide {
  value: AnyRun
  /** What of it has not come true yet happens as it comes true here. */
  script: Script
  fired: readonly Fired[]
}

/** Two runs of one lab, each played to `until`. */
export interface CompareJob {
  sides: Pair<ComparedSide>
  until: Micros
}

/** Plays two runs in step: where they part, and what each came to. A little at a time. */
export class Comparer {
  readonly #lab: AnyLab
  readonly #job: CompareJob
  readonly #sides: Pair<Timeline>
  readonly #divergence: Divergence
  #told: Difference | null = null
  #done = false

  constructor(lab: AnyLab, job: CompareJob, scripting: Scripting) {
    const timeline = ({ value, script, fired }: ComparedSide): Timeline =>
      new Timeline(lab, value, { script, fired, scripting, accounts, metrics: true })
    this.#lab = lab
    this.#job = job
    this.#sides = [timeline(job.sides[0]), timeline(job.sides[1])]
    this.#divergence = new Divergence(this.#sides, job.until)
  }

  /** The instant that both have come to. */
  get at(): Micros {
    return this.#divergence.at
  }

  /** Goes on for at most so many steps of each; what they came to, once both are at the end. */
  goOn(steps: number): Comparison | null {
    const { until } = this.#job
    if (!this.#divergence.goOn(steps)) return null
    const { found } = this.#divergence
    const [a, b] = this.#sides
    // Not in one expression: both are to move.
    const isThere = a.seek(until, steps)
    const bothThere = b.seek(until, steps) && isThere
    if (found !== null) this.#told ??= firstToldOtherwise([a, b], found.seq, bothThere)
    this.#done = bothThere
    return bothThere ? this.#result(found) : null
  }

  /** One event further or back from where both stand; null if there is none, or while they are still being played. */
  stride(from: Pair<Place>, by: 1 | -1): Stride | null {
    if (!this.#done) return null
    const [a, b] = this.#sides
    const [processesA, processesB] = this.#job.sides.map(({ value }) => value.setup.processes) as [Processes, Processes]
    const sides = [
      { line: a, processes: processesA },
      { line: b, processes: processesB },
    ] as const
    return stride(this.#lab, sides, from, by, this.#job.until)
  }

  #result(found: Parting | null): Comparison {
    const [a, b] = this.#sides
    return {
      until: this.#job.until,
      events: [a.seq, b.seq],
      first: found === null ? null : this.#difference(found),
      told: this.#told,
      figures: this.#figures(),
    }
  }

  #difference({ events: [a, b], pasts }: Parting): Difference {
    const sides = [this.#said(a, pasts[0], 0), this.#said(b, pasts[1], 1)] as const
    const alike = a !== null && b !== null && a.at === b.at && sides[0]?.text === sides[1]?.text
    return {
      at: Math.min(a?.at ?? Number.POSITIVE_INFINITY, b?.at ?? Number.POSITIVE_INFINITY),
      sides,
      field: alike ? firstDifference({ ...a, causes: [] }, { ...b, causes: [] }) : null,
    }
  }

  #said(event: Event<LabTypes> | null, past: RunPast, side: 0 | 1): Said | null {
    if (event === null) return null
    const { seq, at } = event
    return { seq, at, ...eventText(this.#lab, event, past, this.#job.sides[side].value.setup.processes) }
  }

  #figures(): ComparedFigure[] {
    const [a, b] = this.#sides.map((side) => measured(side, this.#job.until)) as [(number | null)[], (number | null)[]]
    const answered = this.#sides.map(
      ({ chronicle }) => chronicle.history.records.filter((it) => it.return !== null).length,
    )
    return [
      { label: 'Operations answered', unit: 'count', values: answered as [number, number] },
      ...surveyFigures(this.#lab).map(({ label, unit }, i) => ({
        label,
        unit,
        values: [a[i] ?? null, b[i] ?? null] as const,
      })),
    ]
  }
}

type Processes = AnyRun['setup']['processes']
