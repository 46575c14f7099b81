import { mix } from '../base/hash.ts'
import { readFor } from './input.ts'
import type { Foresight, Model, Operation } from './operation.ts'
import { canonical } from './plain.ts'
import type { States } from './states.ts'

export interface Planned<In, Out> {
  input: In
  output: Out | undefined
  /** In the whole history. */
  place: number
}

/** A partition made ready: first the operations that returned, then the others, each in order of call. */
export interface Plan<In, Out> {
  ops: readonly Planned<In, Out>[]
  returned: number
  /** In the order of the list. */
  nodes: Int32Array
  /** Where a node stands in that order. */
  rank: Int32Array
  isRead: Uint8Array
  anyReads: boolean
  /** A number of its own for each operation; a set's hash is all of its members' by exclusive or. */
  code: Int32Array
  /** The last operation before this that never returned either and asked for the same, or −1. */
  twin: Int32Array
  /** By operation, the state that it needs or leads to, or −1. What never returned needs nothing. */
  needs: Int32Array
  gives: Int32Array
  /** Whether it is known of each operation what it can lead to. */
  foreseen: boolean
  /** States that `needs` and `gives` name are below this. */
  states: number
}

export const callNode = (op: number): number => 2 * op + 1
export const returnNode = (op: number): number => 2 * op + 2
export const opOf = (node: number): number => (node - 1) >>> 1
export const isReturn = (node: number): boolean => (node & 1) === 0

export function plan<S, In, Out>(
  model: Model<S, In, Out>,
  states: States<S>,
  operations: readonly Operation<In, Out>[],
  places: readonly number[],
): Plan<In, Out> {
  const chosen = choose(model, operations, places)
  const returned = chosen.findIndex(({ end }) => end === null)
  const ops = chosen.length
  const made: Plan<In, Out> = {
    ops: chosen.map(({ input, output, place }) => ({ input, output, place })),
    returned: returned === -1 ? ops : returned,
    nodes: new Int32Array(0),
    rank: new Int32Array(2 * ops + 1),
    isRead: new Uint8Array(ops),
    anyReads: false,
    code: new Int32Array(ops),
    twin: new Int32Array(0),
    needs: new Int32Array(ops),
    gives: new Int32Array(ops),
    foreseen: true,
    states: 0,
  }
  const idOf = (only: { state: S } | null): number => (only === null ? -1 : states.idOf(only.state))
  for (const [op, { seen }] of chosen.entries()) {
    made.isRead[op] = seen.reads ? 1 : 0
    made.anyReads ||= seen.reads
    made.foreseen &&= seen.reads || seen.gives !== null
    made.code[op] = mix(mix(0x9e3779b9, op), 0x85ebca6b)
    made.needs[op] = op < made.returned ? idOf(seen.needs) : -1
    made.gives[op] = idOf(seen.gives)
  }
  made.nodes = order(chosen, made.returned)
  for (let i = 0; i < made.nodes.length; i++) made.rank[made.nodes[i] as number] = i
  made.twin = twins(chosen, made.returned)
  made.states = states.size
  return made
}

/** An operation that can matter, and what is known of it before its state is. */
interface Chosen<S, In, Out> extends Planned<In, Out> {
  call: number
  end: number | null
  seen: Foresight<S>
}

/** In order of call, first what returned. What never did, and was asked after everything else or only looked, explains nothing. */
function choose<S, In, Out>(
  { step, foresee }: Model<S, In, Out>,
  operations: readonly Operation<In, Out>[],
  places: readonly number[],
): Chosen<S, In, Out>[] {
  const all = places.map((place): Chosen<S, In, Out> => {
    const { input, output, call, return: end } = operations[place] as Operation<In, Out>
    const seen = foresee === undefined ? BLIND : foresee(readFor(foresee, input) as In, output)
    return { input: readFor(step, input) as In, output, place, call, end, seen }
  })
  all.sort((x, y) => x.call - y.call || x.place - y.place)
  let last = Number.NEGATIVE_INFINITY
  for (const { end } of all) if (end !== null && end > last) last = end
  const returned = all.filter(({ end }) => end !== null)
  for (const one of all) if (one.end === null && one.call <= last && !one.seen.reads) returned.push(one)
  return returned
}

const BLIND = { reads: false, needs: null, gives: null }

/** Calls and returns by time; at an equal time all calls come first, so that they are concurrent. */
function order(ops: readonly { call: number; end: number | null }[], returned: number): Int32Array {
  const endOf = (op: number): number => ops[op]?.end as number
  const callOf = (op: number): number => (ops[op] as { call: number }).call
  const ends = Array.from({ length: returned }, (_, op) => op)
  // Infinite times do not come from subtraction as a number.
  ends.sort((x, y) => (endOf(x) < endOf(y) ? -1 : endOf(x) > endOf(y) ? 1 : x - y))
  const nodes = new Int32Array(ops.length + returned)
  let [call, open, end] = [0, returned, 0]
  for (let i = 0; i < nodes.length; i++) {
    const first = call < returned ? callOf(call) : Number.POSITIVE_INFINITY
    const other = open < ops.length ? callOf(open) : Number.POSITIVE_INFINITY
    const isOpen = call >= returned || (open < ops.length && other < first)
    const soonest = isOpen ? other : first
    const anyCall = call < returned || open < ops.length
    if (anyCall && (end >= returned || soonest <= endOf(ends[end] as number)))
      nodes[i] = callNode(isOpen ? open++ : call++)
    else nodes[i] = returnNode(ends[end++] as number)
  }
  return nodes
}

function twins(ops: readonly { input: unknown; output?: unknown }[], returned: number): Int32Array {
  const twin = new Int32Array(ops.length).fill(-1)
  const last = new Map<string, number>()
  for (let op = returned; op < ops.length; op++) {
    const { input, output } = ops[op] as { input: unknown; output?: unknown }
    const asked = `${canonical(input)} ${canonical(output)}`
    twin[op] = last.get(asked) ?? -1
    last.set(asked, op)
  }
  return twin
}
