import { must } from '../base/assert.ts'
import type { Model, Operation } from './operation.ts'
import { canonical } from './plain.ts'
import { Search } from './search.ts'

export type Verdict = 'ok' | 'illegal' | 'unknown'

export interface HistoryVerdict {
  /** `illegal` if one partition is; `unknown` if the steps ran out before one was, and before all were `ok`. */
  verdict: Verdict
  /** Operations that were tried, over all partitions. */
  steps: number
  /** One for each key, in order of first appearance; a single one, of key null, for a model without keys. */
  partitions: Partition[]
}

/** What is known of the operations of one key. Operations are named by their place in the history. */
export type Partition =
  /** One order that explains everything; what never returned and is not needed is left out. */
  | { key: unknown; verdict: 'ok'; order: number[] }
  /** The longest order that explains its operations, and the first to return of those that it cannot take in. */
  | { key: unknown; verdict: 'illegal'; longest: number[]; stuck: number }
  /** The steps ran out. The longest order so far. */
  | { key: unknown; verdict: 'unknown'; longest: number[]; stuck: null }

export interface CheckOptions {
  /** The most operations to try, over all partitions; 10 million if left out. */
  maxSteps?: number
}

/**
 * Whether a history is linearizable: whether one order of its operations, in which each takes effect at a moment between
 * its call and its return, gives every client what it was told (Herlihy & Wing 1990). The search is Wing & Gong's with
 * Lowe's memory, apart for each key of the model. All keys advance in turn under one budget of steps, so a hard one does
 * not keep an easy one from being refuted. The verdict depends on nothing but the arguments.
 *
 * Throws a TypeError, which names the operation, if a call is no number or a return neither null nor a time after it.
 */
export function checkHistory<S, In, Out>(
  model: Model<S, In, Out>,
  operations: readonly Operation<In, Out>[],
  options: CheckOptions = {},
): HistoryVerdict {
  const check = new HistoryCheck(model, operations, options)
  while (!check.done) check.work()
  return check.result()
}

/** The same in slices, for whoever has other things to do meanwhile. */
export class HistoryCheck<S, In, Out> {
  readonly #model: Model<S, In, Out>
  readonly #operations: readonly Operation<In, Out>[]
  readonly #parts: Part<S, In, Out>[]
  #steps = 0
  #left: number
  #next = 0

  constructor(model: Model<S, In, Out>, operations: readonly Operation<In, Out>[], options: CheckOptions = {}) {
    this.#model = model
    this.#operations = operations
    this.#left = readBudget(options.maxSteps)
    operations.forEach(validate)
    this.#parts = partitions(model, operations).map(({ key, places }) => ({
      key,
      places,
      search: new Search(model, operations, places, { lookAhead: true }),
      refuted: false,
      evidence: 0,
      found: null,
    }))
  }

  get done(): boolean {
    return this.#left <= 0 || this.#parts.every(({ found }) => found !== null)
  }

  /** One partition's turn. */
  work(): void {
    const part = this.#parts[this.#next]
    this.#next = (this.#next + 1) % Math.max(1, this.#parts.length)
    if (part === undefined || part.search === null || this.done) return
    const taken = part.search.run(Math.min(TURN, this.#left))
    this.#steps += taken
    this.#left -= taken
    if (part.refuted) part.evidence += taken
    const { verdict, stuck } = part.search
    if (verdict === 'illegal' && !part.refuted) this.#refute(part)
    else if (verdict !== null || (part.evidence >= EVIDENCE && stuck !== null)) this.#close(part)
  }

  /** Bad is bad. Now for the longest order that there is, without looking ahead: what leads nowhere may yet be long. */
  #refute(part: Part<S, In, Out>): void {
    part.refuted = true
    part.search = new Search(this.#model, this.#operations, part.places, { lookAhead: false })
    // The verdict stands. The others may still take a while, so that each bad key is found.
    this.#left = Math.min(this.#left, AFTERMATH)
  }

  #close(part: Part<S, In, Out>): void {
    part.found = partition(part)
    // Its memory can go.
    part.search = null
  }

  result(): HistoryVerdict {
    const found = this.#parts.map((part) => part.found ?? partition(part))
    const has = (verdict: Verdict): boolean => found.some((one) => one.verdict === verdict)
    return {
      verdict: has('illegal') ? 'illegal' : has('unknown') ? 'unknown' : 'ok',
      steps: this.#steps,
      partitions: found,
    }
  }
}

/** Steps of a partition before the next one has its turn. */
const TURN = 1_000
const AFTERMATH = 200_000
/** Steps that a bad partition has to find its longest order. */
const EVIDENCE = 50_000
const MAX_STEPS = 10_000_000

interface Part<S, In, Out> {
  key: unknown
  places: readonly number[]
  search: Search<S, In, Out> | null
  refuted: boolean
  /** Steps since it was refuted. */
  evidence: number
  found: Partition | null
}

function partition<S, In, Out>({ key, search, refuted }: Part<S, In, Out>): Partition {
  const last = must(search, `the search of ${String(key)}`)
  if (last.verdict === 'ok') return { key, verdict: 'ok', order: last.longest }
  if (!refuted) return { key, verdict: 'unknown', longest: last.best(), stuck: null }
  // However little the budget: the first dead end is not far.
  while (last.stuck === null && last.verdict === null) last.run(TURN)
  return {
    key,
    verdict: 'illegal',
    longest: last.longest,
    stuck: must(last.stuck, 'the operation that cannot be placed'),
  }
}

function partitions<S, In, Out>(
  model: Model<S, In, Out>,
  operations: readonly Operation<In, Out>[],
): { key: unknown; places: number[] }[] {
  const found = new Map<unknown, { key: unknown; places: number[] }>()
  for (const [place, { input }] of operations.entries()) {
    const key = model.key?.(input) ?? null
    const name = typeof key === 'object' && key !== null ? canonical(key) : key
    const one = found.get(name)
    if (one === undefined) found.set(name, { key, places: [place] })
    else one.places.push(place)
  }
  return [...found.values()]
}

function readBudget(maxSteps: number | undefined): number {
  if (maxSteps === undefined) return MAX_STEPS
  if (typeof maxSteps === 'number' && maxSteps >= 0) return maxSteps
  throw new TypeError(`maxSteps: expected a number of steps from 0, found ${String(maxSteps)}`)
}

function validate({ call, return: end }: Operation, place: number): void {
  if (typeof call !== 'number' || Number.isNaN(call)) {
    throw new TypeError(`operations[${place}].call: expected a number, found ${String(call)}`)
  }
  if (end !== null && !(typeof end === 'number' && end >= call)) {
    throw new TypeError(`operations[${place}].return: expected null or a number from ${call}, found ${String(end)}`)
  }
}
