import { canonical } from './plain.ts'

/** What is asked of a store or of a mutex, in the one shape that the models work on. */
export type Asked =
  | { type: 'read'; key: unknown }
  | { type: 'write' | 'append'; key: unknown; value: unknown }
  | { type: 'delete'; key: unknown }
  | { type: 'cas'; key: unknown; expected: unknown; value: unknown }
  | { type: 'acquire' | 'release'; owner: unknown }

const NAMES: Record<string, Asked['type']> = {
  read: 'read',
  get: 'read',
  write: 'write',
  put: 'write',
  set: 'write',
  append: 'append',
  delete: 'delete',
  del: 'delete',
  remove: 'delete',
  cas: 'cas',
  compareandset: 'cas',
  compareandswap: 'cas',
  acquire: 'acquire',
  lock: 'acquire',
  release: 'release',
  unlock: 'release',
}

/**
 * Reads an input. What it does is its `type` (or `op`, `f`, `kind`); further fields are `key`, `value`, and for a cas
 * `expected` (or `from`, `old`) and `value` (or `to`, `new`), or both as a `value` of two. `['cas', 1, 2]` and `'lock'`
 * are understood, too. Throws a TypeError that says what was found.
 */
export function asked(input: unknown): Asked {
  if (typeof input !== 'object' || input === null) return interpret(input)
  let found = known.get(input)
  if (found === undefined) known.set(input, (found = interpret(input)))
  return found
}

/** A search asks about the same input again and again. */
const known = new WeakMap<object, Asked>()

function interpret(input: unknown): Asked {
  const fields = Array.isArray(input) ? fromList(input) : typeof input === 'string' ? { type: input } : record(input)
  const name = first(fields, ['type', 'op', 'f', 'kind'])
  const type =
    typeof name === 'string' ? NAMES[name.replace(/^:/, '').replaceAll(/[-_ ]/g, '').toLowerCase()] : undefined
  const key = first(fields, ['key', 'k'])
  switch (type) {
    case 'read':
    case 'delete':
      return { type, key }
    case 'write':
    case 'append':
      return { type, key, value: first(fields, ['value', 'val', 'v']) }
    case 'cas':
      return { type, key, ...pair(fields) }
    case 'acquire':
    case 'release':
      return { type, owner: first(fields, ['owner', 'client', 'by']) }
    default:
      throw new TypeError(`input: expected what it does as its “type”, such as "read" or "write", found ${show(input)}`)
  }
}

function pair(fields: Fields): { expected: unknown; value: unknown } {
  const value = first(fields, ['value', 'to', 'new', 'val', 'v'])
  const expected = ['expected', 'from', 'old'].find((name) => name in fields)
  if (expected !== undefined) return { expected: fields[expected], value }
  if (Array.isArray(value) && value.length === 2) return { expected: value[0], value: value[1] }
  throw new TypeError(`input: expected a cas with “expected” and “value”, found ${show(fields)}`)
}

type Fields = Record<string, unknown>

const record = (input: unknown): Fields => (typeof input === 'object' && input !== null ? (input as Fields) : {})

function fromList([type, ...rest]: unknown[]): Fields {
  return rest.length > 1 ? { type, value: rest } : { type, value: rest[0] }
}

function first(fields: Fields, names: readonly string[]): unknown {
  const name = names.find((each) => fields[each] !== undefined)
  return name === undefined ? undefined : fields[name]
}

const show = (value: unknown): string => (value === undefined ? 'nothing' : canonical(value))
