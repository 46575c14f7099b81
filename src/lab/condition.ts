import { fail, ok, type Result } from '../base/result.ts'
import type { LabTypes, World } from '../kernel/types.ts'
import type { AnyLab, Predicate, Seen } from './definition.ts'
import { housePredicates } from './house-predicates.ts'

/** A statement about the world that is true or false at each moment, read from the predicate language. */
export type Condition =
  | { type: 'and' | 'or'; parts: readonly Condition[] }
  | { type: 'not'; part: Condition }
  | { type: 'atom'; predicate: Predicate<LabTypes>; args: readonly string[]; text: string }

/**
 * Reads a condition: sentences of the lab and of the house, joined by `and`, `or`, `not` and parentheses. A value of
 * several words stands in double quotes. Errors say what was found and which sentence comes nearest.
 */
export function parseCondition(lab: AnyLab, text: string): Result<Condition> {
  const reader = new Reader(tokens(text), [...lab.predicates, ...housePredicates])
  const found = reader.either()
  if (!found.ok) return found
  const rest = reader.peek()
  return rest === undefined ? found : fail(`unexpected “${rest}” in “${text}”`)
}

export function holds(condition: Condition, lab: AnyLab, world: World<LabTypes>, seen: Seen): boolean {
  switch (condition.type) {
    case 'and':
      return condition.parts.every((part) => holds(part, lab, world, seen))
    case 'or':
      return condition.parts.some((part) => holds(part, lab, world, seen))
    case 'not':
      return !holds(condition.part, lab, world, seen)
    case 'atom':
      return condition.predicate.holds(
        world,
        condition.args.map((arg) => lab.aliases[arg]?.(world) ?? arg),
        seen,
      )
  }
}

/** Every process that a condition names, to be checked against the cluster. */
export function namedProcesses(condition: Condition): string[] {
  if (condition.type === 'not') return namedProcesses(condition.part)
  if (condition.type !== 'atom') return condition.parts.flatMap(namedProcesses)
  const slots = condition.predicate.pattern.split(' ').filter(isSlot)
  return condition.args.filter((_, i) => PROCESS_SLOTS.has(slots[i] as string))
}

const PROCESS_SLOTS = new Set(['SERVER', 'CLIENT', 'PROCESS'])
const RESERVED = new Set(['and', 'or', 'not', '(', ')'])

const isSlot = (word: string): boolean => /^[A-Z]{2,}$/.test(word)

function tokens(text: string): string[] {
  return text.match(/"[^"]*"|[()]|[^\s()"]+/g) ?? []
}

/** Recursive descent over the words of a condition: `or` binds weakest, then `and`, then `not`. */
class Reader {
  readonly #words: readonly string[]
  readonly #predicates: readonly Predicate<LabTypes>[]
  #place = 0

  constructor(words: readonly string[], predicates: readonly Predicate<LabTypes>[]) {
    this.#words = words
    this.#predicates = predicates
  }

  peek(): string | undefined {
    return this.#words[this.#place]
  }

  either(): Result<Condition> {
    return this.#joined('or', () => this.#joined('and', () => this.#negated()))
  }

  #joined(word: 'and' | 'or', part: () => Result<Condition>): Result<Condition> {
    const parts: Condition[] = []
    do {
      const found = part()
      if (!found.ok) return found
      parts.push(found.value)
    } while (this.#take(word))
    return ok(parts.length === 1 ? (parts[0] as Condition) : { type: word, parts })
  }

  #negated(): Result<Condition> {
    if (this.#take('not')) {
      const part = this.#negated()
      return part.ok ? ok({ type: 'not', part: part.value }) : part
    }
    if (!this.#take('(')) return this.#atom()
    const inner = this.either()
    if (!inner.ok) return inner
    return this.#take(')') ? inner : fail('a parenthesis is not closed')
  }

  #atom(): Result<Condition> {
    const words: string[] = []
    while (this.peek() !== undefined && !RESERVED.has(this.peek() as string))
      words.push(this.#words[this.#place++] as string)
    if (words.length === 0)
      return fail(`expected a sentence, found ${this.peek() === undefined ? 'the end' : `“${this.peek()}”`}`)
    for (const predicate of this.#predicates) {
      const args = match(predicate.pattern.split(' '), words)
      if (args !== null) return ok({ type: 'atom', predicate, args, text: words.join(' ') })
    }
    return fail(`“${words.join(' ')}” is no sentence of this lab; the nearest is “${nearest(this.#predicates, words)}”`)
  }

  #take(word: string): boolean {
    if (this.peek() !== word) return false
    this.#place++
    return true
  }
}

function match(pattern: readonly string[], words: readonly string[]): string[] | null {
  if (pattern.length !== words.length) return null
  const args: string[] = []
  for (const [i, expected] of pattern.entries()) {
    const word = words[i] as string
    if (!isSlot(expected)) {
      if (expected !== word) return null
    } else if (expected === 'NUMBER' && !/^\d+$/.test(word)) return null
    else args.push(word.startsWith('"') ? word.slice(1, -1) : word)
  }
  return args
}

/** The sentence that shares most words with what was found. */
function nearest(predicates: readonly Predicate<LabTypes>[], words: readonly string[]): string {
  const shared = (pattern: string): number => pattern.split(' ').filter((word) => words.includes(word)).length
  let best = predicates[0]?.pattern ?? ''
  for (const { pattern } of predicates) if (shared(pattern) > shared(best)) best = pattern
  return best
}
