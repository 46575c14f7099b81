import { canonical } from './plain.ts'

/** What is asked of a store or of a mutex, in the one shape that the models work on. */
export type Asked =
  | { type: 'read'; key: unknown }
  | { type: 'write' | 'append'; key: unknown; value: unknown }
  | { type: 'delete'; key: unknown }
  | { type: 'cas'; key: unknown; expected: unknown; value: unknown }
  | { type: 'acquire' | 'release'; owner: unknown }

const NAMES = new Map<string, Asked['type']>(
  Object.entries({
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
  }),
)

/**
 * Reads an input. What it does is its `type` (or `op`, `f`, `kind`); further fields are `key`, `value`, and for a cas
 * `expected` (or `from`, `old`) and `value` (or `to`, `new`), or both as a `value` of two. `['cas', 1, 2]` and `'lock'`
 * are understood, too. What was read before is given back as it is. Throws a TypeError that says what was found.
 */
export function asked(input: unknown): Asked {
  if (input instanceof Read) return input
  const fields = Array.isArray(input) ? fromList(input) : typeof input === 'string' ? { type: input } : record(input)
  const name = fields['type'] ?? fields['op'] ?? fields['f'] ?? fields['kind']
  const type = typeof name === 'string' ? (NAMES.get(name) ?? NAMES.get(plain(name))) : undefined
  const key = fields['key'] === undefined ? fields['k'] : fields['key']
  switch (type) {
    case 'read':
    case 'delete':
      return new Read(type, key)
    case 'write':
    case 'append':
      return new Read(type, key, fields['value'] ?? first(fields, ['value', 'val', 'v']))
    case 'cas': {
      const { expected, value } = pair(fields)
      return new Read(type, key, value, expected)
    }
    case 'acquire':
    case 'release':
      return new Read(type, undefined, undefined, undefined, first(fields, ['owner', 'client', 'by']))
    default:
      throw new TypeError(`input: expected what it does as its “type”, such as "read" or "write", found ${show(input)}`)
  }
}

/** All of one kind: a search asks about them again and again. */
class Read {
  readonly type: Asked['type']
  readonly key: unknown
  readonly value: unknown
  readonly expected: unknown
  readonly owner: unknown

  constructor(type: Asked['type'], key: unknown, value?: unknown, expected?: unknown, owner?: unknown) {
    this.type = type
    this.key = key
    this.value = value
    this.expected = expected
    this.owner = owner
  }
}

/** Functions of a model that understand an input that was read already. */
const readers = new WeakSet<object>()

/** Says so of one of them. */
export function takesRead<F extends object>(understands: F): F {
  readers.add(understands)
  return understands
}

/** The input as this function of a model takes it soonest: reading it once is quicker than at every step of a search. */
export function readFor(understands: object, input: unknown): unknown {
  return readers.has(understands) ? asked(input) : input
}

/** The input as all of a model's functions take it: read once, if they all understand that. */
export function readForModel({ step, foresee }: { step: object; foresee?: object }, input: unknown): unknown {
  return readers.has(step) && (foresee === undefined || readers.has(foresee)) ? asked(input) : input
}

const plain = (name: string): string => name.replace(/^:/, '').replaceAll(/[-_ ]/g, '').toLowerCase()

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
