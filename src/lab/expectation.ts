import { fail, ok, type Result } from '../base/result.ts'
import { parseDuration, type Micros } from '../base/units.ts'
import { clauseTokens, type Token } from './condition.ts'
import type { Claim, Expectation } from './script.ts'

type Said =
  | string
  | { expect: string; text?: string | undefined; after?: string | undefined; within?: string | undefined }

interface Window {
  after: Micros
  /** The end of a clause that has no limit of its own. */
  until: Micros
  /** The end of the scenario, beyond which no limit reaches. */
  end: Micros
}

/**
 * Reads an expectation: clauses `[always | eventually] CONDITION [within TIME]`, joined by `and`, `or`, `not` and
 * parentheses. Without `always` a condition must come true at some moment; without `within` the scenario's end is the
 * limit. A clause reaches as far as it can: to its `within`, to where the next one begins, or to the closing parenthesis.
 */
export function readExpectation(said: Said, end: Micros): Result<Expectation> {
  const { expect, text, after, within } = typeof said === 'string' ? { expect: said } : said
  const from = after === undefined ? 0 : (parseDuration(after) ?? 0)
  if (from > end) return fail(`“after” lies after the end of the scenario, so that nothing would be looked at`)
  const limit = within === undefined ? null : parseDuration(within)
  const until = limit === null ? end : Math.min(end, from + limit)
  const tokens = clauseTokens(expect)
  if (!tokens.ok) return tokens
  const reader = new Reader(expect, tokens.value, { after: from, until, end })
  const claim = reader.read()
  return claim.ok ? ok({ text: text ?? expect.trim(), claim: claim.value }) : claim
}

/** The clauses of a claim, from left to right. */
export function clausesOf(claim: Claim): Extract<Claim, { type: 'clause' }>[] {
  return claim.type === 'clause' ? [claim] : claim.parts.flatMap(clausesOf)
}

/** Recursive descent over clauses: `or` binds weakest, then `and`, then `not`. */
class Reader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #window: Window
  #place = 0

  constructor(text: string, tokens: readonly Token[], window: Window) {
    this.#text = text
    this.#tokens = tokens
    this.#window = window
  }

  read(): Result<Claim> {
    const found = this.#either()
    const rest = this.#peek()
    return !found.ok || rest === undefined ? found : fail(`unexpected “${rest}” in “${this.#text}”`)
  }

  #either(): Result<Claim> {
    return this.#joined('or', () => this.#joined('and', () => this.#negated()))
  }

  #joined(word: 'and' | 'or', part: () => Result<Claim>): Result<Claim> {
    const parts: Claim[] = []
    do {
      const found = part()
      if (!found.ok) return found
      parts.push(found.value)
    } while (this.#take(word))
    return ok(parts.length === 1 ? (parts[0] as Claim) : { type: word, parts })
  }

  #negated(): Result<Claim> {
    if (!this.#startsClause(this.#place)) return this.#clause()
    if (this.#take('not')) {
      const part = this.#negated()
      return part.ok ? ok(negation(part.value)) : part
    }
    if (!this.#take('(')) return this.#clause()
    const inner = this.#either()
    if (!inner.ok) return inner
    return this.#take(')') ? inner : fail(`expected “)”, found ${this.#found()} in “${this.#text}”`)
  }

  /** A mode, a condition that the lab's own reader will read, and a limit. */
  #clause(): Result<Claim> {
    const mode = this.#take('always') ? 'always' : 'eventually'
    if (mode === 'eventually') this.#take('eventually')
    const first = this.#tokens[this.#place]
    let last = first
    while (!this.#clauseEnds()) {
      const token = this.#tokens[this.#place] as Token
      if (token.type === 'open' ? token.temporal : MODES.has(token.text)) {
        return fail(`unexpected “${token.text}” in “${this.#text}”: a clause does not stand inside another`)
      }
      const lastPlace = token.type === 'open' ? token.end : this.#place
      last = this.#tokens[lastPlace]
      this.#place = lastPlace + 1
    }
    if (first === undefined || last === undefined || first === this.#tokens[this.#place]) {
      return fail(`expected a condition, found ${this.#found()} in “${this.#text}”`)
    }
    const condition = this.#text.slice(first.from, last.to)
    const { after, until, end } = this.#window
    if (!this.#take('within')) return ok({ type: 'clause', mode, condition, after, until })
    const limit = this.#duration()
    if (limit === null) {
      return fail(
        `“within” is followed by a time with its unit, as in “within 2s”, found ${this.#found()} in “${this.#text}”`,
      )
    }
    return ok({ type: 'clause', mode, condition, after, until: Math.min(end, after + limit) })
  }

  /** Before a limit, a closing parenthesis, or a joining word that another clause follows. */
  #clauseEnds(): boolean {
    const token = this.#tokens[this.#place]
    if (token === undefined || token.text === 'within' || token.text === ')') return true
    return (token.text === 'and' || token.text === 'or') && this.#startsClause(this.#place + 1)
  }

  /** Whether what stands here is more than a condition: a mode, or a parenthesis with a mode or a limit in it. */
  #startsClause(place: number): boolean {
    let at = place
    while (this.#tokens[at]?.text === 'not') at++
    const token = this.#tokens[at]
    return token !== undefined && (token.type === 'open' ? token.temporal : MODES.has(token.text))
  }

  /** `2s`, or with a space between. */
  #duration(): Micros | null {
    const [number, unit] = [this.#tokens[this.#place]?.text ?? '', this.#tokens[this.#place + 1]?.text ?? '']
    const words = parseDuration(number) !== null ? 1 : 2
    const found = parseDuration(words === 1 ? number : `${number} ${unit}`)
    if (found !== null) this.#place += words
    return found
  }

  #peek(): string | undefined {
    return this.#tokens[this.#place]?.text
  }

  #found(): string {
    const word = this.#peek()
    return word === undefined ? 'the end' : `“${word}”`
  }

  #take(word: string): boolean {
    if (this.#peek() !== word) return false
    this.#place++
    return true
  }
}

const MODES = new Set(['always', 'eventually'])

/** What never is always is not: a negated clause is a clause of the other mode. */
function negation(claim: Claim): Claim {
  if (claim.type !== 'clause') {
    return { type: claim.type === 'and' ? 'or' : 'and', parts: claim.parts.map(negation) }
  }
  const mode = claim.mode === 'always' ? 'eventually' : 'always'
  return { ...claim, mode, condition: `not (${claim.condition})` }
}
