/**
 * The newer of two values of plain data (packed numbers among it), with every part that says the same taken from the older one: what has not changed
 * keeps its identity, and is not drawn again. Both are left as they are.
 */
export function share<T>(before: unknown, now: T): T {
  if (Object.is(before, now) || typeof now !== 'object' || now === null) return now
  if (typeof before !== 'object' || before === null || Array.isArray(before) !== Array.isArray(now)) return now
  if (isNumbers(now)) return isNumbers(before) && isEqual(before, now) ? (before as T) : now
  return Array.isArray(now) ? shareList(before as unknown[], now) : shareRecord(before as Fields, now as T & Fields)
}

/** What is packed is one part, however long. */
type Numbers = Uint32Array | Uint16Array

const isNumbers = (value: object): value is Numbers => value instanceof Uint32Array || value instanceof Uint16Array

const isEqual = (a: Numbers, b: Numbers): boolean =>
  a.constructor === b.constructor && a.length === b.length && a.every((number, i) => number === b[i])

type Fields = Record<string, unknown>

function shareList<T>(before: readonly unknown[], now: T & readonly unknown[]): T {
  const shared = now.map((item, i) => share(before[i], item))
  const same = before.length === now.length && shared.every((item, i) => Object.is(item, before[i]))
  return (same ? before : shared) as T
}

function shareRecord<T extends Fields>(before: Fields, now: T): T {
  const keys = Object.keys(now)
  const shared: Fields = {}
  let same = keys.length === Object.keys(before).length
  for (const key of keys) {
    shared[key] = share(before[key], now[key])
    same &&= Object.is(shared[key], before[key])
  }
  return (same ? before : shared) as T
}
