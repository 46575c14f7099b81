import { assert } from './assert.ts'

/**
 * A sequence that grows at its end and is cut at its end, cheap to copy: a view (array, length) onto an array that other
 * views may share. An append writes in place only while the array ends where this view ends; if another view has already
 * written past it, or after a truncation, the view takes an array of its own. So no view ever sees another's items.
 *
 * Positions count from 0.
 */
export class Log<T> {
  #items: T[]
  #length: number

  constructor(items: readonly T[] = []) {
    this.#items = items.slice()
    this.#length = items.length
  }

  get length(): number {
    return this.#length
  }

  /** The item at `position`, or undefined outside the sequence. */
  at(position: number): T | undefined {
    return position >= 0 && position < this.#length ? this.#items[position] : undefined
  }

  last(): T | undefined {
    return this.at(this.#length - 1)
  }

  append(item: T): void {
    if (this.#items.length !== this.#length) this.#items = this.#items.slice(0, this.#length)
    this.#items.push(item)
    this.#length++
  }

  /** Keeps the first `length` items. */
  truncate(length: number): void {
    assert(length >= 0 && length <= this.#length, `cannot cut ${this.#length} items to ${length}`)
    this.#length = length
  }

  /** Another view of the same items, in constant time. */
  copy(): Log<T> {
    const twin = new Log<T>()
    twin.#items = this.#items
    twin.#length = this.#length
    return twin
  }

  slice(from = 0, to = this.#length): T[] {
    return this.#items.slice(Math.max(0, from), Math.max(0, Math.min(to, this.#length)))
  }

  /** How many items at the start are surely the same as in `other`: all of the shorter one if they share an array. */
  sharedPrefix(other: Log<T>): number {
    const shorter = Math.min(this.#length, other.#length)
    if (this.#items === other.#items) return shorter
    let same = 0
    while (same < shorter && this.#items[same] === other.#items[same]) same++
    return same
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.#length; i++) yield this.#items[i] as T
  }
}
