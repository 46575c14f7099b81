import type { LabTypes, World } from '../kernel/types.ts'
import { type Answers, type Condition, holds, parseCondition } from '../lab/condition.ts'
import type { AnyLab, Seen } from '../lab/definition.ts'
import type { Claim, Expectation } from '../lab/script.ts'
import type { Micros } from '../base/units.ts'
import type { ExpectationResult } from './messages.ts'

type Watched =
  | { type: 'and' | 'or'; parts: readonly Watched[] }
  | { type: 'clause'; clause: Extract<Claim, { type: 'clause' }>; condition: Condition; decided: Decided | null }
type Clause = Extract<Watched, { type: 'clause' }>

interface Decided {
  ok: boolean
  /** When it was certain. */
  on: Micros
  /** What is told: null for what never came. */
  at: Micros | null
}

/** Looks, after every step, whether what a scenario expects has come true or has broken. */
export class Expectations {
  readonly #lab: AnyLab
  readonly #watched: { text: string; claim: Watched }[]
  readonly #clauses: readonly Clause[]
  /** Whoever looks stands at the end of all that is known. */
  readonly #answers: Answers = new WeakMap()

  constructor(lab: AnyLab, expectations: readonly Expectation[]) {
    this.#lab = lab
    this.#watched = expectations.map(({ text, claim }) => ({ text, claim: watch(lab, claim) }))
    this.#clauses = this.#watched.flatMap(({ claim }) => clausesOf(claim))
  }

  /** The world as it stands at `now`, right after a step or a while later. */
  look(world: World<LabTypes>, seen: Seen, now: Micros): void {
    for (const watched of this.#clauses) {
      const { clause, condition } = watched
      if (watched.decided !== null || now < clause.after) continue
      const always = clause.mode === 'always'
      if (now > clause.until) watched.decided = runOut(clause, clause.until)
      else if (holds(condition, this.#lab, world, seen, this.#answers) !== always) {
        watched.decided = { ok: !always, on: now, at: now }
      }
    }
  }

  /** Whether a step at `now` may change anything: if not, the next look can wait. */
  get open(): boolean {
    return this.#clauses.some(({ decided }) => decided === null)
  }

  /** At the end of a run, what is still open is decided: what never broke held, what never came failed. */
  close(at: Micros): void {
    for (const watched of this.#clauses) watched.decided ??= runOut(watched.clause, Math.min(at, watched.clause.until))
  }

  /** Takes back what was decided after `at`. */
  reopen(at: Micros): void {
    for (const watched of this.#clauses) {
      if (watched.decided !== null && watched.decided.on > at) watched.decided = null
    }
  }

  results(): ExpectationResult[] {
    return this.#watched.map(({ text, claim }) => {
      const decided = verdict(claim)
      return { text, ok: decided?.ok ?? null, at: decided?.at ?? null }
    })
  }
}

function watch(lab: AnyLab, claim: Claim): Watched {
  if (claim.type !== 'clause') return { type: claim.type, parts: claim.parts.map((part) => watch(lab, part)) }
  const read = parseCondition(lab, claim.condition)
  if (!read.ok) throw new TypeError(`an expectation that was read before cannot be read: ${read.error}`)
  return { type: 'clause', clause: claim, condition: read.value, decided: null }
}

const clausesOf = (watched: Watched): Clause[] =>
  watched.type === 'clause' ? [watched] : watched.parts.flatMap(clausesOf)

/** Nothing more can come of it: what had to hold to the end held, what had to come did not. */
function runOut({ mode }: Clause['clause'], on: Micros): Decided {
  return mode === 'always' ? { ok: true, on, at: on } : { ok: false, on, at: null }
}

/** One part that fails decides an `and` at once, one that holds an `or`; else the last part decides. */
function verdict(watched: Watched): Decided | null {
  if (watched.type === 'clause') return watched.decided
  const parts = watched.parts.map(verdict)
  const decisive = parts.filter((part) => part !== null && part.ok === (watched.type === 'or')) as Decided[]
  if (decisive.length > 0) return decisive.reduce((x, y) => (y.on < x.on ? y : x))
  return parts.includes(null) ? null : (parts as Decided[]).reduce((x, y) => (y.on > x.on ? y : x))
}
