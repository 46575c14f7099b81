import type { LabTypes, World } from '../kernel/types.ts'
import { type Condition, holds, parseCondition } from '../lab/condition.ts'
import type { AnyLab, Seen } from '../lab/definition.ts'
import type { Expectation } from '../lab/script.ts'
import type { Micros } from '../base/units.ts'
import type { ExpectationResult } from './messages.ts'

/** Looks, after every step, whether what a scenario expects has come true or has broken. */
export class Expectations {
  readonly #lab: AnyLab
  readonly #watched: { expectation: Expectation; condition: Condition; ok: boolean | null; at: Micros | null }[]

  constructor(lab: AnyLab, expectations: readonly Expectation[]) {
    this.#lab = lab
    this.#watched = expectations.map((expectation) => {
      const read = parseCondition(lab, expectation.condition)
      if (!read.ok) throw new TypeError(`an expectation that was read before cannot be read: ${read.error}`)
      return { expectation, condition: read.value, ok: null, at: null }
    })
  }

  /** The world as it stands at `now`, right after a step or a while later. */
  look(world: World<LabTypes>, seen: Seen, now: Micros): void {
    for (const watched of this.#watched) {
      const { expectation, condition } = watched
      if (watched.ok !== null || now < expectation.after) continue
      const always = expectation.mode === 'always'
      if (now > expectation.until) settle(watched, always, always ? expectation.until : null)
      else if (holds(condition, this.#lab, world, seen) !== always) settle(watched, !always, now)
    }
  }

  /** Whether a step at `now` may change anything: if not, the next look can wait. */
  get open(): boolean {
    return this.#watched.some((watched) => watched.ok === null)
  }

  /** At the end of a run, what is still open is decided: what never broke held, what never came failed. */
  close(at: Micros): void {
    for (const watched of this.#watched) {
      if (watched.ok !== null) continue
      const always = watched.expectation.mode === 'always'
      settle(watched, always, always ? Math.min(at, watched.expectation.until) : null)
    }
  }

  /** Takes back what was decided after `at`. */
  reopen(at: Micros): void {
    for (const watched of this.#watched) {
      const decidedAt = watched.at ?? watched.expectation.until
      if (watched.ok !== null && decidedAt > at) settle(watched, null, null)
    }
  }

  results(): ExpectationResult[] {
    return this.#watched.map(({ expectation, ok, at }) => ({ text: expectation.text, ok, at }))
  }
}

function settle(watched: { ok: boolean | null; at: Micros | null }, ok: boolean | null, at: Micros | null): void {
  watched.ok = ok
  watched.at = at
}
