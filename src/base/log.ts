import { assert } from './assert.ts'

/** Items lie in blocks of so many, 2 to the power `BITS`. */
const BITS = 7
const BLOCK = 1 << BITS
const WITHIN = BLOCK - 1

/**
 * A sequence that grows at its end, is cut at its end and drops its beginning, cheap to copy: a view (blocks, first, length)
 * onto blocks of items that other views may share. An append writes in place only while the last block ends where this view
 * ends; if another view has already written past it, or after a truncation, the view takes a list of blocks and a last block
 * of its own, and goes on sharing those before. So no view ever sees another's items, and going on from the middle of a long
 * log that others hold costs no more than going on from its end.
 *
 * Positions count from 0 and stay what they are when the beginning is dropped.
 */
export class Log<T> {
  #blocks: T[][]
  /** The position of the first item of the first block, which the view may have dropped. */
  #offset: number
  #first: number
  #length: number

  /** Made of items, which are copied; or another view of a log, in constant time. */
  constructor(from?: readonly T[] | Log<T>) {
    if (from instanceof Log) {
      this.#blocks = from.#blocks
      this.#offset = from.#offset
      this.#first = from.#first
      this.#length = from.#length
    } else {
      this.#blocks = from === undefined ? [] : blocksOf(from)
      this.#offset = 0
      this.#first = 0
      this.#length = from?.length ?? 0
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
    return position >= this.#first && position < this.#length ? this.#item(position - this.#offset) : undefined
  }

  last(): T | undefined {
    return this.at(this.#length - 1)
  }

  append(item: T): void {
    const place = this.#length - this.#offset
    const blocks = this.#blocks
    const block = place >> BITS
    const within = place & WITHIN
    if (within === 0 ? blocks.length !== block : blocks.length !== block + 1 || blocks[block]?.length !== within)
      this.#own()
    if (within === 0) this.#blocks.push([item])
    else (this.#blocks[block] as T[]).push(item)
    this.#length++
  }

  /** Keeps what lies before position `length`. */
  truncate(length: number): void {
    const held = `${this.#length} items`
    assert(length >= 0 && length <= this.#length, `cannot cut ${held} to ${length}`)
    assert(length >= this.#first, `cannot cut ${held} to ${length}: the first ${this.#first} were dropped`)
    this.#length = length
  }

  /** Drops what lies before `position`. Blocks are left behind when they are half of all, so that each is moved once. */
  dropBefore(position: number): void {
    assert(position <= this.#length, `cannot drop ${position} of ${this.#length} items`)
    if (position <= this.#first) return
    this.#first = position
    const gone = (position - this.#offset) >> BITS
    if (gone === 0 || gone * 2 < this.#blocks.length) return
    this.#blocks = this.#blocks.slice(gone)
    this.#offset += gone << BITS
  }

  /** Forgets all items and goes on at `position`. */
  restartAt(position: number): void {
    this.#blocks = []
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
    const items: T[] = []
    const end = Math.min(to, this.#length) - this.#offset
    for (let place = Math.max(this.#first, from) - this.#offset; place < end; place++) items.push(this.#item(place))
    return items
  }

  /**
   * Up to which position the items are surely the same as in `other`: all of the shorter one if they share their blocks. What
   * either has dropped counts as the same.
   */
  sharedPrefix(other: Log<T>): number {
    const shorter = Math.min(this.#length, other.#length)
    if (this.#blocks === other.#blocks) return shorter
    let same = Math.min(shorter, Math.max(this.#first, other.#first))
    while (same < shorter) {
      const [here, there] = [same - this.#offset, same - other.#offset]
      const left = BLOCK - (here & WITHIN)
      if (((here ^ there) & WITHIN) === 0 && this.#blocks[here >> BITS] === other.#blocks[there >> BITS]) same += left
      else if (this.#item(here) !== other.#item(there)) return same
      else same++
    }
    return shorter
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let place = this.#first - this.#offset; place < this.#length - this.#offset; place++) yield this.#item(place)
  }

  #item(place: number): T {
    return (this.#blocks[place >> BITS] as T[])[place & WITHIN] as T
  }

  #own(): void {
    const place = this.#length - this.#offset
    const whole = place >> BITS
    const rest = place & WITHIN
    const blocks = this.#blocks.slice(0, whole)
    if (rest > 0) blocks.push((this.#blocks[whole] as T[]).slice(0, rest))
    this.#blocks = blocks
  }
}

function blocksOf<T>(items: readonly T[]): T[][] {
  const blocks: T[][] = []
  for (let from = 0; from < items.length; from += BLOCK) blocks.push(items.slice(from, from + BLOCK))
  return blocks
}
