import { judgeLevels, type Ladder } from '../../check/levels.ts'
import { HistoryCheck, type HistoryVerdict } from '../../check/linearizability.ts'
import { type ModelName, models } from '../../check/models.ts'
import type { AnyModel, Operation } from '../../check/operation.ts'

/** A history to judge: what changed since the last one that was sent. */
export interface ToJudge {
  id: number
  model: ModelName
  /** Operations before this place are as they were. */
  from: number
  operations: readonly Operation[]
}

export interface FromJudge {
  id: number
  found: HistoryVerdict
  /** Null for what is no store. */
  ladder: Ladder | null
}

/** Judges the history that came last, a little at a time. */
export class Judge {
  readonly #post: (answer: FromJudge) => void
  #operations: Operation[] = []
  #model: AnyModel = models.register
  #check: HistoryCheck<unknown, unknown, unknown> | null = null
  #id = 0

  constructor(post: (answer: FromJudge) => void) {
    this.#post = post
  }

  get busy(): boolean {
    return this.#check !== null
  }

  receive({ id, model, from, operations }: ToJudge): void {
    this.#id = id
    this.#operations = [...this.#operations.slice(0, from), ...operations]
    this.#model = apart(models[model])
    this.#check = new HistoryCheck(this.#model, this.#operations)
  }

  work(): void {
    const check = this.#check
    if (check === null) return
    if (!check.done) check.work()
    if (!check.done) return
    this.#check = null
    const found = check.result()
    this.#post({ id: this.#id, found, ladder: judgeLevels(this.#model, this.#operations, found) })
  }
}

/** A register for each key, where inputs name one. */
function apart(model: AnyModel): AnyModel {
  return { ...model, key: (input: { key?: unknown }) => input.key ?? null }
}
