import { mixString, mixValue } from '../../../base/hash.ts'
import { position, type HashFunction } from '../hash/functions.ts'
import type { Versions } from './versions.ts'

/**
 * The objects of a replica by key: a value, so that a disk and a checkpoint can hold it. Keys lie in 64 segments of the
 * circle, which are the leaves of its Merkle tree too; a change copies its segment and the list of segments, no more.
 */
export interface Shelf {
  readonly segments: readonly Segment[]
  readonly size: number
}

/** Keys in the order of their places on the circle. */
export type Segment = readonly Item[]

export interface Item {
  readonly key: string
  /** Where the key lies on the circle of 2^32. */
  readonly place: number
  readonly versions: Versions
  /** A digest of key and versions, for the Merkle tree. */
  readonly digest: number
}

const SEGMENTS = 64
export const EMPTY_SHELF: Shelf = { segments: Array.from({ length: SEGMENTS }, () => []), size: 0 }

/** The segment that a place belongs to. */
export const segmentOf = (place: number): number => place >>> 26

export function lookUp(shelf: Shelf, key: string, place: number): Versions | null {
  const segment = shelf.segments[segmentOf(place)] as Segment
  return segment.find((item) => item.key === key)?.versions ?? null
}

/** The shelf with this object in place of the old one. */
export function put(shelf: Shelf, key: string, place: number, versions: Versions): Shelf {
  const index = segmentOf(place)
  const segment = shelf.segments[index] as Segment
  const item: Item = { key, place, versions, digest: mixValue(mixString(0, key), versions) }
  const at = segment.findIndex((other) => other.key === key)
  const changed = at >= 0 ? segment.with(at, item) : [...segment, item].toSorted(byPlace)
  return { segments: shelf.segments.with(index, changed), size: shelf.size + (at >= 0 ? 0 : 1) }
}

/** The shelf without this key. */
export function remove(shelf: Shelf, key: string, place: number): Shelf {
  const index = segmentOf(place)
  const segment = shelf.segments[index] as Segment
  const left = segment.filter((item) => item.key !== key)
  if (left.length === segment.length) return shelf
  return { segments: shelf.segments.with(index, left), size: shelf.size - 1 }
}

/** All items, around the circle. */
export function* items(shelf: Shelf): Generator<Item> {
  for (const segment of shelf.segments) yield* segment
}

/** Where a key lies on the circle of 2^32. */
export const placeOf = (hash: HashFunction, key: string): number => position(hash, key)

const byPlace = (a: Item, b: Item): number => a.place - b.place || (a.key < b.key ? -1 : 1)
