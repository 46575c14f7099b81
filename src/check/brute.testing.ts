import type { Model, Operation } from './operation.ts'

/**
 * All orders, one after the other: slow and plain, to hold the search against. Gives the length of the longest order that
 * explains its operations, and whether one explains all that returned.
 */
export function bruteForce<S, In, Out>(
  model: Model<S, In, Out>,
  operations: readonly Operation<In, Out>[],
): { ok: boolean; longest: number } {
  let longest = 0
  const go = (state: S, left: readonly Operation<In, Out>[], placed: number): boolean => {
    longest = Math.max(longest, placed)
    if (left.every((op) => op.return === null)) return true
    let ok = false
    for (const op of left) {
      if (left.some((other) => other !== op && other.return !== null && other.return < op.call)) continue
      const next = model.step(state, op.input, op.output)
      if (next === null) continue
      const rest = left.filter((other) => other !== op)
      ok = go(next, rest, placed + 1) || ok
    }
    return ok
  }
  return { ok: go(model.init(), operations, 0), longest }
}

/** Whether `order` respects time and gives every operation in it what it was told. */
export function isOrder<S, In, Out>(
  model: Model<S, In, Out>,
  operations: readonly Operation<In, Out>[],
  order: readonly number[],
): boolean {
  let state = model.init()
  for (const [i, place] of order.entries()) {
    const op = operations[place] as Operation<In, Out>
    if (order.indexOf(place) !== i) return false
    const later = order.slice(i + 1).map((other) => operations[other] as Operation<In, Out>)
    if (later.some((other) => other.return !== null && other.return < op.call)) return false
    const next = model.step(state, op.input, op.output)
    if (next === null) return false
    state = next
  }
  return true
}
