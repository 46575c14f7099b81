/**
 * One-way mixing of whole values into 32 bits. Each step is a bijection of the running hash and of the word it takes in,
 * so two encodings of one length that differ in a single word never meet.
 */
export function mix(hash: number, word: number): number {
  let h = Math.imul(hash ^ word, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Mixes any finite number: whole ones by their two halves, others by their 64 bits. */
export function mixNumber(hash: number, x: number): number {
  if (x === (x | 0)) return mix(mix(hash, 1), x)
  float[0] = x
  return mix(mix(mix(hash, 2), words[0] as number), words[1] as number)
}

export function mixString(hash: number, text: string): number {
  return mixCharacters(mix(hash, text.length), text)
}

function mixCharacters(hash: number, text: string): number {
  let h = hash
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i))
  return h
}

/** The hash of a name: for stream keys and the like. */
export function hashString(text: string): number {
  return mixString(0x9e3779b9 | 0, text)
}

/** `hashString(a + b + c)`, without joining them. */
export function hashJoined(a: string, b: string, c: string): number {
  return hashEnded(hashBegun(a, b, a.length + b.length + c.length), c)
}

/** The hash of a text of this length as far as `a + b`, with which it begins; `hashEnded` takes in the rest. */
export function hashBegun(a: string, b: string, length: number): number {
  return mixCharacters(mixCharacters(mix(0x9e3779b9 | 0, length), a), b)
}

export const hashEnded = (begun: number, rest: string): number => mixCharacters(begun, rest)

/**
 * Mixes any plain value in one canonical encoding: the order in which an object's keys were added does not count, nor does
 * a key whose value is undefined. Maps and sets count in their own order, which is part of their meaning.
 */
export function mixValue(hash: number, value: unknown): number {
  switch (typeof value) {
    case 'number':
      return mixNumber(hash, value)
    case 'string':
      return mixString(mix(hash, 3), value)
    case 'boolean':
      return mix(hash, value ? 4 : 5)
    case 'undefined':
      return mix(hash, 6)
    case 'bigint':
      return mixString(mix(hash, 7), value.toString())
    case 'object':
      return value === null ? mix(hash, 8) : mixObject(hash, value)
    default:
      throw new TypeError(`a ${typeof value} has no canonical encoding`)
  }
}

function mixObject(hash: number, value: object): number {
  if (Array.isArray(value)) return mixSequence(mix(hash, 9), value, value.length)
  if (value instanceof Set) return mixSequence(mix(hash, 10), value, value.size)
  if (value instanceof Map) {
    let h = mix(mix(hash, 11), value.size)
    for (const [key, item] of value) h = mixValue(mixValue(h, key), item)
    return h
  }
  return mixRecord(mix(hash, 12), value as Record<string, unknown>)
}

function mixSequence(hash: number, items: Iterable<unknown>, length: number): number {
  let h = mix(hash, length)
  for (const item of items) h = mixValue(h, item)
  return h
}

/** The fields are summed, so that their order does not count; if one of them changes, so does its term, and the sum. */
function mixRecord(hash: number, record: Record<string, unknown>): number {
  let sum = 0
  let present = 0
  for (const key in record) {
    const item = record[key]
    if (item === undefined) continue
    sum = (sum + mixValue(hashName(key), item)) | 0
    present++
  }
  return mix(mix(hash, sum), present)
}

/** `hashString` for names, which are few and come again and again. A cache of a pure function: no run can tell that it is there. */
export function hashName(key: string): number {
  let hash = keyHashes.get(key)
  if (hash === undefined) {
    if (keyHashes.size > 10_000) keyHashes.clear()
    hash = hashString(key)
    keyHashes.set(key, hash)
  }
  return hash
}

const keyHashes = new Map<string, number>()
const float = new Float64Array(1)
const words = new Int32Array(float.buffer)
