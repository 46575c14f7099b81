import { assert } from './assert.ts'

/**
 * A sequence that grows at its end, is cut at its end and drops its beginning, cheap to copy: a view (array, first, length)
 * onto an array that other views may share. An append writes in place only while the array ends where this view ends; if
 * another view has already written past it, or after a truncation, the view takes an array of its own. So no view ever
 * sees another's items.
 *
 * Positions count from 0 and stay what they are when the beginning is dropped.
 */
export class Log<T> {
  #items: T[]
  /** The position of the first item of the array, which the view may have dropped. */
  #offset: number
  #first: number
  #length: number

  /** Made of items, which are copied; or another view of a log, in constant time. */
  constructor(from?: readonly T[] | Log<T>) {
    if (from instanceof Log) {
      this.#items = from.#items
      this.#offset = from.#offset
      this.#first = from.#first
      this.#length = from.#length
    } else {
      this.#items = from === undefined ? [] : from.slice()
      this.#offset = 0
      this.#first = 0
      this.#length = this.#items.length
    }
  }

  /** The position behind the last item: how long the sequence is, with what was dropped. */
  get length(): number {
    return this.#length
  }

  /** The position of the first item that was not dropped; equal to `length` if there is none. */
  get first(): number {
    return this.#first
  }

  /** The item at `position`, or undefined outside of what is there. */
  at(position: number): T | undefined {
    return position >= this.#first && position < this.#length ? this.#items[position - this.#offset] : undefined
  }

  last(): T | undefined {
    return this.at(this.#length - 1)
  }

  append(item: T): void {
    if (this.#offset + this.#items.length !== this.#length) this.#own()
    this.#items.push(item)
    this.#length++
  }

  /** Keeps what lies before position `length`. */
  truncate(length: number): void {
    const held = `${this.#length} items`
    assert(length >= 0 && length <= this.#length, `cannot cut ${held} to ${length}`)
    assert(length >= this.#first, `cannot cut ${held} to ${length}: the first ${this.#first} were dropped`)
    this.#length = length
  }

  /** Drops what lies before `position`. An array is left behind when half of it is dropped, so that each item is moved once. */
  dropBefore(position: number): void {
    assert(position <= this.#length, `cannot drop ${position} of ${this.#length} items`)
    if (position <= this.#first) return
    this.#first = position
    if ((position - this.#offset) * 2 > this.#items.length) this.#own()
  }

  /** Forgets all items and goes on at `position`. */
  restartAt(position: number): void {
    this.#items = []
    this.#offset = position
    this.#first = position
    this.#length = position
  }

  /** Another view of the same items, in constant time. */
  copy(): Log<T> {
    return new Log<T>(this)
  }

  /** The items from position `from` to before `to`, as far as they are there. */
  slice(from = 0, to = this.#length): T[] {
    const start = Math.max(this.#first, from)
    return this.#items.slice(start - this.#offset, Math.max(start, Math.min(to, this.#length)) - this.#offset)
  }

  /**
   * Up to which position the items are surely the same as in `other`: all of the shorter one if they share an array. What
   * either has dropped counts as the same.
   */
  sharedPrefix(other: Log<T>): number {
    const shorter = Math.min(this.#length, other.#length)
    if (this.#items === other.#items) return shorter
    let same = Math.min(shorter, Math.max(this.#first, other.#first))
    while (same < shorter && this.#items[same - this.#offset] === other.#items[same - other.#offset]) same++
    return same
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = this.#first; i < this.#length; i++) yield this.#items[i - this.#offset] as T
  }

  #own(): void {
    this.#items = this.#items.slice(this.#first - this.#offset, this.#length - this.#offset)
    this.#offset = this.#first
  }
}
