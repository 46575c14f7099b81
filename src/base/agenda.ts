import { type Entries, Heap, type Timed } from './heap.ts'
import type { Many } from './many.ts'

/**
 * The earliest first, and at one time by the order in which it was put in. Few items are a heap; many are better kept by
 * `Many`, if there is a way to make one. What comes out is the same to the bit.
 */
export class Agenda<T> {
  /** With few items that is all; with many, what was put in for before the wheel. */
  #near: Heap<T> = new Heap()
  /** Null as long as there were few. */
  #many: Many<T> | null = null
  readonly #manyOf: ((first: number) => Many<T>) | null

  /** `manyOf` makes what keeps many items, none of them due before `first`; left out, a heap keeps any number. */
  constructor(entries?: Entries<T>, manyOf: ((first: number) => Many<T>) | null = null) {
    this.#manyOf = manyOf
    if (entries !== undefined) this.#fill(entries)
  }

  get size(): number {
    return this.#near.size + (this.#many === null ? 0 : this.#many.size)
  }

  /** The time of the earliest; Infinity if there is none. */
  peekAt(): number {
    return this.#many === null || this.#near.size > 0 ? this.#near.peekAt() : this.#many.peekAt()
  }

  push(item: T & Timed): void {
    this.pushAt(item, item.at, item.order)
  }

  /** Puts in an item that does not say itself where it stands. */
  pushAt(item: T, at: number, order: number): void {
    const many = this.#many
    if (many !== null && at >= many.start) many.put(item, at, order)
    else {
      this.#near.push(item, at, order)
      if (many === null && this.#near.size > MANY && this.#manyOf !== null) this.#fill(this.#near.entries())
    }
  }

  pop(): T | undefined {
    return this.#many === null || this.#near.size > 0 ? this.#near.pop() : this.#many.pop()
  }

  /** Takes out every item for which `leaves` holds, and returns them in due order. */
  remove(leaves: (item: T) => boolean): T[] {
    const { items, ats, orders } = this.entries()
    const out = new Heap<T>()
    const kept = { items: [] as T[], ats: [] as number[], orders: [] as number[] }
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as T
      if (leaves(item)) out.push(item, ats[i] as number, orders[i] as number)
      else write(kept, item, ats[i] as number, orders[i] as number)
    }
    if (out.size > 0) this.#fill(kept)
    return Array.from({ length: out.size }, () => out.pop() as T)
  }

  /** All items, in no order that means anything; good until the agenda changes. */
  items(): readonly T[] {
    return this.entries().items
  }

  /** The same with times and orders: a value to make another agenda of. */
  entries(): Entries<T> {
    return this.#many === null ? this.#near.entries() : this.#allEntries(this.#many)
  }

  /** The same, good for ever. */
  copyEntries(): Entries<T> {
    if (this.#many !== null) return this.#allEntries(this.#many)
    const { items, ats, orders } = this.#near.entries()
    return { items: items.slice(), ats: ats.slice(), orders: orders.slice() }
  }

  #allEntries(many: Many<T>): Entries<T> {
    const { items, ats, orders } = this.#near.entries()
    const all = { items: items.slice(), ats: ats.slice(), orders: orders.slice() }
    many.each((item, at, order) => write(all, item, at, order))
    return all
  }

  /** Holds these and nothing else. */
  #fill({ items, ats, orders }: Entries<T>): void {
    this.#near = new Heap()
    const first = ats.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
    this.#many = items.length > MANY && this.#manyOf !== null ? this.#manyOf(first) : null
    for (let i = 0; i < items.length; i++) this.pushAt(items[i] as T, ats[i] as number, orders[i] as number)
  }
}

/** From so many items on the ring pays. */
const MANY = 1_000

function write<T>(to: { items: T[]; ats: number[]; orders: number[] }, item: T, at: number, order: number): void {
  to.items.push(item)
  to.ats.push(at)
  to.orders.push(order)
}
