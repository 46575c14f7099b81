import { asked, type Asked, takesRead } from './input.ts'
import type { Foresight, Model } from './operation.ts'
import { same } from './plain.ts'

/**
 * A value, or undefined for none. A read gives the value itself or `{ value }`, and null for none; a compare-and-swap
 * gives whether it swapped, or `{ ok }` or `{ swapped }`; what other operations give does not count.
 */
export type Value = unknown

/** Read and write. */
export const register: Model<Value, unknown, unknown> = store('register', ['read', 'write'])

/** Read, write and compare-and-swap. */
export const casRegister: Model<Value, unknown, unknown> = store('cas-register', ['read', 'write', 'cas'])

/**
 * Keys, each of which is a store of its own: put, get, append, delete and compare-and-swap (expecting null: that there is
 * none). Appending joins texts, and adds anything else to a list. A read of nothing may be answered by an empty text.
 */
export const keyValue: Model<Value, unknown, unknown> = {
  ...store('key-value', ['read', 'write', 'append', 'delete', 'cas']),
  key: (input) => keyOf(asked(input)),
}

function store(name: string, types: readonly Asked['type'][]): Model<Value, unknown, unknown> {
  return {
    init: () => undefined,
    step: takesRead((state: Value, input: unknown, output: unknown) => {
      const what = asked(input)
      if (!types.includes(what.type)) throw new TypeError(`a ${name} does not understand “${what.type}”`)
      return step(state, what, output)
    }),
    foresee: takesRead((input: unknown, output: unknown) => foresee(asked(input), output)),
  }
}

function foresee(what: Asked, output: unknown): Foresight<Value> {
  const only = (value: unknown) => ({ state: value ?? undefined })
  switch (what.type) {
    case 'read': {
      const told = answer(output)
      return { reads: true, needs: told === undefined || told === '' ? null : only(told), gives: null }
    }
    case 'write':
      return { reads: false, needs: null, gives: only(what.value), sets: true }
    case 'delete':
      return { reads: false, needs: null, gives: only(undefined), sets: true }
    case 'cas': {
      const swapped = flag(output)
      if (swapped === false) return { reads: true, needs: null, gives: null }
      const sets = swapped === true
      return { reads: false, needs: sets ? only(what.expected) : null, gives: only(what.value), sets }
    }
    default:
      return { reads: false, needs: null, gives: null }
  }
}

// Null is no state: it says that this cannot be.
function step(state: Value, what: Asked, output: unknown): unknown {
  switch (what.type) {
    case 'read':
      return output === undefined || isReadAs(state, answer(output)) ? state : null
    case 'write':
      return what.value ?? undefined
    case 'append':
      return append(state, what.value)
    case 'delete':
      return undefined
    case 'cas': {
      const fits = holds(state, what.expected)
      const swapped = flag(output)
      if (swapped !== undefined && swapped !== fits) return null
      return fits ? (what.value ?? undefined) : state
    }
    default:
      return state
  }
}

/** Null and undefined stand for no value. */
function holds(state: Value, value: unknown): boolean {
  return state === undefined ? value === null || value === undefined : same(state, value)
}

/** Some stores answer with an empty text where there is nothing. */
const isReadAs = (state: Value, told: unknown): boolean => holds(state, told) || (state === undefined && told === '')

function append(state: Value, value: unknown): Value {
  if (Array.isArray(state)) return [...state, value]
  if (typeof value === 'string' && (state === undefined || typeof state === 'string')) return (state ?? '') + value
  return state === undefined ? [value] : [state, value]
}

/** `{ value: 5 }` says the same as 5. */
function answer(output: unknown): unknown {
  if (typeof output !== 'object' || output === null || Array.isArray(output) || !('value' in output)) return output
  return output.value
}

/** What a read was told: one value, none, or several that stand side by side, as `{ siblings: [...] }`. */
export function valuesRead(output: unknown): unknown[] {
  if (typeof output === 'object' && output !== null && 'siblings' in output && Array.isArray(output.siblings))
    return output.siblings.filter((value) => !isNothing(value))
  const told = answer(output)
  return isNothing(told) ? [] : [told]
}

/** What stands for no value, wherever it cannot be a value that somebody wrote. */
export const isNothing = (value: unknown): boolean => value === null || value === undefined || value === ''

/** Whether it swapped; undefined if that was not told. */
export function flag(output: unknown): boolean | undefined {
  if (typeof output === 'boolean') return output
  if (typeof output !== 'object' || output === null) return undefined
  const { ok, swapped, success } = output as Record<string, unknown>
  const found = swapped ?? ok ?? success
  return typeof found === 'boolean' ? found : undefined
}

const keyOf = (what: Asked): unknown => ('key' in what ? what.key : undefined)
