/**
 * Versions of a value. What a replica holds of a key is one object: the versions that no other has superseded (siblings),
 * and a version vector that covers everything the object has ever seen. Each version has a dot, the one event that made it,
 * so two writes through one coordinator stay concurrent when neither client had seen the other's (dotted version vectors,
 * Preguiça, Baquero, Almeida, Fonte & Gonçalves 2012; Riak KV since 2.0).
 */
export interface Versions {
  readonly clock: VersionVector
  readonly siblings: readonly Version[]
}

/** For each actor, how many of its events are covered. */
export type VersionVector = Readonly<Record<string, number>>

export interface Dot {
  readonly by: string
  readonly n: number
}

export interface Version {
  readonly dot: Dot
  /** Null is a tombstone: deleted, and known to be. */
  readonly value: string | null
  /** The coordinator's own clock when it took the write; decides under last write wins. Microseconds. */
  readonly stamp: number
}

export const NOTHING: Versions = { clock: {}, siblings: [] }

/** Whether everything that this dot stands for has been seen. */
export const covers = (clock: VersionVector, dot: Dot): boolean => (clock[dot.by] ?? 0) >= dot.n

/** Whether `a` covers all that `b` does. */
export function descends(a: VersionVector, b: VersionVector): boolean {
  for (const by in b) if ((a[by] ?? 0) < (b[by] as number)) return false
  return true
}

/** Everything that either has seen. */
export function joinClocks(a: VersionVector, b: VersionVector): VersionVector {
  if (descends(a, b)) return a
  if (descends(b, a)) return b
  const joined: Record<string, number> = { ...a }
  for (const by in b) joined[by] = Math.max(joined[by] ?? 0, b[by] as number)
  return joined
}

/** Two states of one object as one: a version stays unless the other side has seen it and holds it no longer. */
export function merge(a: Versions, b: Versions): Versions {
  if (a === b || b.siblings.length + Object.keys(b.clock).length === 0) return a
  const left = a.siblings.filter((v) => has(b, v.dot) || !covers(b.clock, v.dot))
  const right = b.siblings.filter((v) => !has(a, v.dot) && !covers(a.clock, v.dot))
  const clock = joinClocks(a.clock, b.clock)
  if (right.length === 0 && left.length === a.siblings.length && clock === a.clock) return a
  return { clock, siblings: [...left, ...right].toSorted(byDot) }
}

/** The same where the last write wins: of all versions the one with the highest stamp, and of equal stamps the higher dot. */
export function mergeLast(a: Versions, b: Versions): Versions {
  const merged = merge(a, b)
  const candidates = [...a.siblings, ...b.siblings]
  if (candidates.length < 2) return merged
  const last = candidates.reduce((x, y) => (isLater(y, x) ? y : x))
  if (merged.siblings.length === 1 && sameDot((merged.siblings[0] as Version).dot, last.dot)) return merged
  return { clock: merged.clock, siblings: [last] }
}

/** Whether `a` wins over `b` where the last write does. */
export function isLater(a: Version, b: Version): boolean {
  if (a.stamp !== b.stamp) return a.stamp > b.stamp
  return a.dot.by === b.dot.by ? a.dot.n > b.dot.n : a.dot.by > b.dot.by
}

/**
 * A write by a client that had seen `context`: supersedes what that covers, and stands beside the rest. `actor` must hold
 * the object, so that its count in the clock is that of all its events on this key.
 */
export function write(
  current: Versions,
  context: VersionVector,
  value: string | null,
  actor: string,
  stamp: number,
): Versions {
  const dot = { by: actor, n: (current.clock[actor] ?? 0) + 1 }
  const rest = current.siblings.filter((v) => !covers(context, v.dot))
  const clock = { ...joinClocks(current.clock, context), [actor]: dot.n }
  return { clock, siblings: [...rest, { dot, value, stamp }].toSorted(byDot) }
}

/**
 * The same by a plain version vector for each server, without dots: the new vector covers all events of its coordinator,
 * so it seems to follow every write that came through there, seen or not.
 */
export function writeWithoutDot(
  current: Versions,
  context: VersionVector,
  value: string | null,
  actor: string,
  stamp: number,
): Versions {
  const all = { ...context, [actor]: current.clock[actor] ?? 0 }
  return write(current, all, value, actor, stamp)
}

/** A write where the last one wins, whatever its client had seen. */
export function writeLast(current: Versions, value: string | null, actor: string, stamp: number): Versions {
  const written = write(current, current.clock, value, actor, stamp)
  return mergeLast(current, written)
}

/** The values that a reader sees: without the tombstones, and sorted by their dots. */
export const valuesOf = ({ siblings }: Versions): string[] =>
  siblings.flatMap((v) => (v.value === null ? [] : [v.value]))

/** Whether both hold the same versions and have seen the same. */
export function sameVersions(a: Versions, b: Versions): boolean {
  return (
    a === b ||
    (a.siblings.length === b.siblings.length &&
      a.siblings.every((v, i) => sameDot(v.dot, (b.siblings[i] as Version).dot)) &&
      descends(a.clock, b.clock) &&
      descends(b.clock, a.clock))
  )
}

export const sameDot = (a: Dot, b: Dot): boolean => a.by === b.by && a.n === b.n

/** `n3:2`, as people write a dot. */
export const dotText = ({ by, n }: Dot): string => `${by}:${n}`

const has = (object: Versions, dot: Dot): boolean => object.siblings.some((v) => sameDot(v.dot, dot))

const byDot = (a: Version, b: Version): number =>
  a.dot.by === b.dot.by ? a.dot.n - b.dot.n : a.dot.by < b.dot.by ? -1 : 1
