import { fail, ok, type Result } from '../base/result.ts'
import type { LabTypes, World } from '../kernel/types.ts'
import type { AnyLab, Predicate, Seen } from './definition.ts'
import { HISTORY, NO_VIOLATION, predicatesOfHouse, VIOLATION } from './house-predicates.ts'

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
  const reader = new Reader(tokens(text), [...lab.predicates, ...predicatesOfHouse(lab)])
  const found = reader.either()
  if (!found.ok) return found
  const rest = reader.peek()
  return rest === undefined ? found : fail(`unexpected “${rest}” in “${text}”`)
}

export function holds(
  condition: Condition,
  lab: AnyLab,
  world: World<LabTypes>,
  seen: Seen,
  answers?: Answers,
): boolean {
  switch (condition.type) {
    case 'and':
      return condition.parts.every((part) => holds(part, lab, world, seen, answers))
    case 'or':
      return condition.parts.some((part) => holds(part, lab, world, seen, answers))
    case 'not':
      return !holds(condition.part, lab, world, seen, answers)
    case 'atom':
      return holdsAtom(condition, lab, world, seen, answers)
  }
}

/** What was last answered to sentences that change with notes alone. For whoever asks at the end of all that is known. */
export type Answers = WeakMap<Atom, { told: number; answer: boolean }>

type Atom = Extract<Condition, { type: 'atom' }>

function holdsAtom(atom: Atom, lab: AnyLab, world: World<LabTypes>, seen: Seen, answers?: Answers): boolean {
  const { predicate } = atom
  const known = predicate.noted === true ? answers?.get(atom) : undefined
  if (known !== undefined && known.told === seen.told) return known.answer
  const answer = predicate.holds(world, resolved(atom, lab, world), seen)
  if (predicate.noted === true) answers?.set(atom, { told: seen.told, answer })
  return answer
}

/** Aliases become the process that they stand for now; where nobody does, the name stays and no process has it. */
function resolved({ predicate, args }: Atom, lab: AnyLab, world: World<LabTypes>): string[] {
  const slots = slotsOf(predicate)
  return args.map((arg, i) => {
    const isAlias = PROCESS_SLOTS.has(slots[i] as string) && Object.hasOwn(lab.aliases, arg)
    return isAlias ? (lab.aliases[arg]?.(world) ?? arg) : arg
  })
}

/** What a condition names, each with the word of the pattern that it stands for: `SERVER`, `OPERATION` and so on. */
export function namesIn(condition: Condition): { slot: string; name: string }[] {
  if (condition.type === 'not') return namesIn(condition.part)
  if (condition.type !== 'atom') return condition.parts.flatMap(namesIn)
  const slots = slotsOf(condition.predicate)
  return condition.args.map((name, i) => ({ slot: slots[i] as string, name }))
}

/** Whether it says, and does not deny, that a monitor found a violation. */
export function speaksOfViolation(condition: Condition, denied = false): boolean {
  if (condition.type === 'not') return speaksOfViolation(condition.part, !denied)
  if (condition.type !== 'atom') return condition.parts.some((part) => speaksOfViolation(part, denied))
  return (denied ? [NO_VIOLATION, HISTORY] : [VIOLATION]).includes(condition.predicate.pattern)
}

const PROCESS_SLOTS = new Set(['SERVER', 'CLIENT', 'PROCESS'])
const RESERVED = new Set(['and', 'or', 'not', '(', ')'])

const isSlot = (word: string): boolean => /^[A-Z]{2,}$/.test(word)
const slotsOf = ({ pattern }: Predicate<LabTypes>): string[] => pattern.split(' ').filter(isSlot)

/** A word, with its place in the text. A parenthesis knows where it closes and whether clauses stand in it. */
export type Token =
  | { type: 'word'; text: string; from: number; to: number }
  | { type: 'open'; text: string; from: number; to: number; end: number; temporal: boolean }

/** The words of an expectation, or the parenthesis that is not closed. */
export function clauseTokens(text: string): Result<Token[]> {
  const found: Token[] = []
  const open: Extract<Token, { type: 'open' }>[] = []
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    const at = { text: word, from: index, to: index + word.length }
    if (word === '(') {
      const token: Extract<Token, { type: 'open' }> = { type: 'open', ...at, end: -1, temporal: false }
      open.push(token)
      found.push(token)
      continue
    }
    if (word === ')') {
      const inner = open.pop()
      if (inner === undefined) return fail(`unexpected “)” in “${text}”`)
      inner.end = found.length
      const around = open.at(-1)
      if (around !== undefined) around.temporal ||= inner.temporal
    } else if (open.length > 0 && TEMPORAL.has(word)) (open.at(-1) as { temporal: boolean }).temporal = true
    found.push({ type: 'word', ...at })
  }
  return open.length === 0 ? ok(found) : fail(`a parenthesis is not closed in “${text}”`)
}

const WORDS = /"[^"]*"|[()]|[^\s()"]+|"/g
const TEMPORAL = new Set(['always', 'eventually', 'within'])

const tokens = (text: string): string[] => text.match(WORDS) ?? []

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
    else if (word === '"') return null
    else args.push(word.startsWith('"') ? word.slice(1, -1) : word)
  }
  return args
}

/** The sentence that shares most words with what was found; of several the one that is as long. */
function nearest(predicates: readonly Predicate<LabTypes>[], words: readonly string[]): string {
  const likeness = (pattern: string): number => {
    const expected = pattern.split(' ')
    return 2 * expected.filter((word) => words.includes(word)).length + Number(expected.length === words.length)
  }
  let best = predicates[0]?.pattern ?? ''
  for (const { pattern } of predicates) if (likeness(pattern) > likeness(best)) best = pattern
  return best
}
