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

/** A plain loop: tens of thousands of numbers are compared for each picture. */
function isEqual(a: Numbers, b: Numbers): boolean {
  if (a.constructor !== b.constructor || a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

type Fields = Record<string, unknown>

function shareList<T>(before: readonly unknown[], now: T & readonly unknown[]): T {
  // Most parts of most lists are the same: nothing is made before one is not.
  let shared: unknown[] | null = null
  for (const [i, item] of now.entries()) {
    const part = share(before[i], item)
    if (shared === null && !Object.is(part, before[i])) shared = before.slice(0, i)
    shared?.push(part)
  }
  return (shared ?? (before.length === now.length ? before : before.slice(0, now.length))) as T
}

/** Without a list of its fields: a picture of a thousand servers has thousands of records, and few of them are others. */
function shareRecord<T extends Fields>(before: Fields, now: T): T {
  let shared: Fields | null = null
  let fields = 0
  for (const key in now) {
    fields++
    const was = before[key]
    const is = now[key]
    const part = Object.is(was, is) ? was : share(was, is)
    if (shared === null) {
      if (Object.is(part, was) && (was !== undefined || key in before)) continue
      shared = sameFields(now, before, key)
    }
    shared[key] = part
  }
  if (shared !== null) return shared as T
  return (fields === Object.keys(before).length ? before : sameFields(now, before, null)) as T
}

/** What all fields of `now` were before, as far as one. */
function sameFields(now: Fields, before: Fields, end: string | null): Fields {
  const same: Fields = {}
  for (const key in now) {
    if (key === end) break
    same[key] = before[key]
  }
  return same
}
