import { asked, type Asked } from './input.ts'
import type { Operation } from './operation.ts'
import { canonical } from './plain.ts'
import { flag, isNothing, valuesRead } from './store-models.ts'

/**
 * One operation as the guarantees of sessions see it. A compare-and-swap that swapped is a read and a write. Writes are
 * told apart by their values; what cannot be told is left open, and never held against anybody.
 */
export interface Fact {
  place: number
  client: string | number
  key: string
  call: number
  /** When it returned; Infinity if nobody knows whether it took effect. */
  end: number
  writes: boolean
  /** From when on it certainly had taken effect: it returned, or somebody had read what it wrote. Infinity if neither. */
  effective: number
  /** What it read: values in one text each, none for nothing there; null for what did not read, or not that one could tell. */
  read: readonly string[] | null
  /** The writes that it certainly read from. */
  from: readonly Fact[]
  /** All that it may have read from had taken effect by then: it has not seen what was asked for later. */
  horizon: number
}

export interface Facts {
  /** By place in the history. */
  all: readonly Fact[]
  /** Reads of a value that nobody had asked to be written. */
  unwritten: readonly Fact[]
  /** Reads that may have come from several writes, and operations on keys that are appended to. */
  leftOut: number
}

/** Whether all operations are those of a store, and none of a mutex. */
export function isStore(operations: readonly Operation[]): boolean {
  return operations.every(({ input }) => !['acquire', 'release'].includes(asked(input).type))
}

/** What each operation of a store did, as far as can be told. */
export function sessionFacts(operations: readonly Operation[]): Facts {
  const inputs = operations.map(({ input }) => asked(input))
  const all = operations.map((operation, place) => factOf(operation, inputs[place] as StoreInput, place))
  const appended = new Set(inputs.flatMap((input) => (input.type === 'append' ? [keyOf(input)] : [])))
  const writes = new Map<string, Fact[]>()
  for (const [place, fact] of all.entries()) {
    const written = writtenBy(operations[place] as Operation, inputs[place] as StoreInput)
    if (written === null) continue
    fact.writes = true
    const name = nameOf(fact.key, written)
    const same = writes.get(name)
    if (same === undefined) writes.set(name, [fact])
    else same.push(fact)
  }
  const facts = { all, unwritten: [] as Fact[], leftOut: 0 }
  for (const fact of all) {
    if (appended.has(fact.key)) fact.read = null
    if (appended.has(fact.key)) facts.leftOut++
    else if (fact.read !== null) trace(fact, fact.read, writes, facts)
  }
  for (const { from, end } of all) for (const write of from) write.effective = Math.min(write.effective, end)
  for (const fact of all) if (fact.read !== null) fact.horizon = horizonOf(fact, fact.read, writes)
  return facts
}

type StoreInput = Exclude<Asked, { type: 'acquire' | 'release' }>

function factOf({ client, call, return: end, output }: Operation, input: StoreInput, place: number): Fact {
  const isOpen = end === null || (input.type === 'cas' && flag(output) === undefined)
  const done = isOpen ? Number.POSITIVE_INFINITY : end
  return {
    place,
    client,
    key: keyOf(input),
    call,
    end: done,
    writes: false,
    effective: done,
    read: isOpen ? null : readBy(input, output),
    from: [],
    horizon: Number.POSITIVE_INFINITY,
  }
}

function readBy(input: StoreInput, output: unknown): string[] | null {
  if (input.type === 'read') return output === undefined ? null : valuesRead(output).map(canonical)
  if (input.type !== 'cas' || flag(output) !== true) return null
  return isNothing(input.expected) ? [] : [canonical(input.expected)]
}

/** The value that it may have written, `NOTHING` for a delete; null for what writes nothing, or no value of its own. */
function writtenBy({ output }: Operation, input: StoreInput): string | null {
  switch (input.type) {
    case 'delete':
      return NOTHING
    case 'write':
      return isNothing(input.value) ? NOTHING : canonical(input.value)
    case 'cas':
      return flag(output) === false ? null : isNothing(input.value) ? NOTHING : canonical(input.value)
    default:
      return null
  }
}

/** Finds the writes that a read came from. */
function trace(fact: Fact, read: readonly string[], writes: Map<string, Fact[]>, facts: Facts & { unwritten: Fact[] }) {
  const sources = read.map((value) => candidates(fact, value, writes))
  if (read.length === 0) {
    if (candidates(fact, NOTHING, writes).length > 0) facts.leftOut++
  } else if (sources.some((found) => found.length === 0)) {
    // A compare-and-swap of a value that nobody wrote is as bad, and said of the read alone.
    facts.unwritten.push(fact)
    fact.read = null
  } else if (sources.some((found) => found.length > 1)) facts.leftOut++
  else fact.from = sources.flat()
}

function candidates(fact: Fact, value: string, writes: Map<string, Fact[]>): Fact[] {
  return (writes.get(nameOf(fact.key, value)) ?? []).filter((write) => write !== fact && write.call <= fact.end)
}

function horizonOf(fact: Fact, read: readonly string[], writes: Map<string, Fact[]>): number {
  let horizon = Number.NEGATIVE_INFINITY
  for (const value of read.length === 0 ? [NOTHING] : read)
    for (const { effective } of candidates(fact, value, writes)) horizon = Math.max(horizon, effective)
  return horizon
}

const NOTHING = ''
const keyOf = (input: StoreInput): string => canonical(input.key ?? null)
const nameOf = (key: string, value: string): string => `${key}\u0000${value}`
