import { fail, ok, type Result } from '../../../../base/result.ts'
import type { CompareRequest } from '../../compare/compare.ts'
import type { HashName } from '../../hash/functions.ts'
import type { PartitionerKind, Server } from '../../partition/partitioner.ts'

/** What is typed into the tab, as it stands there. */
export interface Form {
  kinds: readonly PartitionerKind[]
  servers: string
  weights: string
  tokens: string
  hash: HashName
  /** Per cent of the mean that bounded loads allow. */
  bound: string
  slots: string
  leaves: 'last' | 'middle'
  source: 'uniform' | 'zipf' | 'list'
  count: string
  distinct: string
  exponent: string
  /** Keys, one a line. */
  text: string
  /** Keys from a file stand for the text while there is one. */
  file: { name: string; keys: readonly string[] } | null
}

/** Modulo, ring and jump: the mistake, the way around it, and what needs no memory. */
export const OPENING: Form = {
  kinds: ['modulo', 'ring', 'jump'],
  servers: '10',
  weights: '',
  tokens: '128',
  hash: 'murmur3',
  bound: '125',
  slots: '65537',
  leaves: 'last',
  source: 'uniform',
  count: '100000',
  distinct: '10000',
  exponent: '1',
  text: '',
  file: null,
}

/** The request that the form asks for, or one sentence with the field that stands in its way. */
export function readForm(form: Form): Result<CompareRequest> {
  if (form.kinds.length === 0) return fail('Rules: choose at least one')
  const numbers = readNumbers(form)
  if (!numbers.ok) return numbers
  const { servers, tokens, slots, bound } = numbers.value
  const weights = readWeights(form.weights, servers)
  if (!weights.ok) return weights
  const keys = readKeys(form)
  if (!keys.ok) return keys
  const named = Array.from({ length: servers }, (_, i): Server => {
    const weight = weights.value[i]
    return weight === undefined ? { name: `n${i + 1}` } : { name: `n${i + 1}`, weight }
  })
  const options = { tokens, hash: form.hash, seed: 0, c: bound / 100, slots }
  return ok({ kinds: form.kinds, servers: named, keys: keys.value, options, leaves: form.leaves })
}

/** Keys as they stand in a text or a file: one a line, without the blank ones. */
export const keysOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const FIELDS = {
  servers: { label: 'Servers', least: 1, most: 500 },
  tokens: { label: 'Tokens', least: 1, most: 1024 },
  slots: { label: 'Slots', least: 2, most: 5_000_011 },
  bound: { label: 'Bound', least: 101, most: 1000 },
} as const

function readNumbers(form: Form): Result<Record<keyof typeof FIELDS, number>> {
  const read = { servers: 0, tokens: 0, slots: 0, bound: 0 }
  for (const field of ['servers', 'tokens', 'slots', 'bound'] as const) {
    const { label, least, most } = FIELDS[field]
    const value = whole(label, form[field], least, most)
    if (!value.ok) return value
    read[field] = value.value
  }
  return ok(read)
}

function readWeights(text: string, servers: number): Result<number[]> {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const weights = words.map(Number)
  const wrong = words.find((_, i) => !((weights[i] as number) > 0 && (weights[i] as number) <= 1000))
  if (wrong !== undefined) return fail(`Weights: expected numbers above 0 and up to 1000, found “${wrong}”`)
  if (words.length > servers)
    return fail(`Weights: expected at most ${servers}, one for each server, found ${words.length}`)
  return ok(weights)
}

function readKeys(form: Form): Result<CompareRequest['keys']> {
  if (form.source === 'list') {
    const keys = form.file?.keys ?? keysOf(form.text)
    if (keys.length === 0) return fail('Keys: expected at least one, one a line, found none')
    if (keys.length > MOST) return fail(`Keys: expected at most ${grouped(MOST)}, found ${grouped(keys.length)}`)
    return ok({ type: 'list', keys })
  }
  const count = whole(form.source === 'zipf' ? 'Requests' : 'Keys', form.count, 1, MOST)
  if (!count.ok) return count
  if (form.source === 'uniform') return ok({ type: 'uniform', count: count.value })
  const distinct = whole('Different keys', form.distinct, 1, MOST)
  if (!distinct.ok) return distinct
  const exponent = Number(form.exponent)
  if (form.exponent.trim() === '' || !(exponent >= 0 && exponent <= 5)) {
    return fail(`Exponent: expected a number from 0 to 5, found “${form.exponent}”`)
  }
  return ok({ type: 'zipf', count: count.value, distinct: distinct.value, exponent, seed: 1 })
}

function whole(label: string, text: string, least: number, most: number): Result<number> {
  const value = Number(text.replaceAll(/[\s,_]/g, ''))
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return ok(value)
  return fail(
    `${label}: expected a whole number from ${grouped(least)} to ${grouped(most)}, found “${text.slice(0, 30)}”`,
  )
}

const MOST = 1_000_000
const grouped = (n: number): string => n.toLocaleString('en')
