import { mix } from '../base/hash.ts'
import type { Model, Operation } from './operation.ts'
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
  const at = (place: number): Operation<In, Out> => operations[place] as Operation<In, Out>
  const byCall = places.toSorted((x, y) => at(x).call - at(y).call || x - y)
  const returned = byCall.filter((place) => at(place).return !== null)
  const end = returned.reduce((latest, place) => Math.max(latest, at(place).return as number), Number.NEGATIVE_INFINITY)
  const foresee = (place: number) => model.foresee?.(at(place).input, at(place).output) ?? BLIND
  const reads = (place: number): boolean => foresee(place).reads
  // What never returned and was asked after everything else, or only looked, explains nothing.
  const others = byCall.filter((place) => at(place).return === null && at(place).call <= end && !reads(place))
  const chosen = [...returned, ...others]
  const nodes = order(chosen.map(at), returned.length)
  const rank = new Int32Array(2 * chosen.length + 1)
  for (const [i, node] of nodes.entries()) rank[node] = i
  const seen = chosen.map(foresee)
  const isRead = Uint8Array.from(seen, ({ reads }) => (reads ? 1 : 0))
  const idOf = (only: { state: S } | null): number => (only === null ? -1 : states.idOf(only.state))
  const needs = Int32Array.from(seen, (one, op) => (op < returned.length ? idOf(one.needs) : -1))
  const gives = Int32Array.from(seen, (one) => idOf(one.gives))
  return {
    ops: chosen.map((place) => ({ input: at(place).input, output: at(place).output, place })),
    returned: returned.length,
    nodes,
    rank,
    isRead,
    anyReads: isRead.includes(1),
    code: Int32Array.from(chosen, (_, op) => mix(mix(0x9e3779b9, op), 0x85ebca6b)),
    twin: twins(chosen.map(at), returned.length),
    needs,
    gives,
    foreseen: seen.every((one) => one.reads || one.gives !== null),
    states: states.size,
  }
}

const BLIND = { reads: false, needs: null, gives: null }

/** Calls and returns by time; at an equal time all calls come first, so that they are concurrent. */
function order(ops: readonly Operation[], returned: number): Int32Array {
  const times = new Float64Array(2 * ops.length + 1)
  const nodes: number[] = []
  for (const [op, { call, return: end }] of ops.entries()) {
    times[callNode(op)] = call
    nodes.push(callNode(op))
    if (op >= returned) continue
    times[returnNode(op)] = end as number
    nodes.push(returnNode(op))
  }
  const sorted = nodes.toSorted((x, y) => compare(times[x] as number, times[y] as number) || (y & 1) - (x & 1) || x - y)
  return Int32Array.from(sorted)
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

function twins(ops: readonly Operation[], returned: number): Int32Array {
  const twin = new Int32Array(ops.length).fill(-1)
  const last = new Map<string, number>()
  for (let op = returned; op < ops.length; op++) {
    const { input, output } = ops[op] as Operation
    const asked = `${canonical(input)} ${canonical(output)}`
    twin[op] = last.get(asked) ?? -1
    last.set(asked, op)
  }
  return twin
}
