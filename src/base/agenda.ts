import { type Entries, Heap, type Timed } from './heap.ts'

/**
 * The earliest first, and at one time by the order in which it was put in. Of many items, those that are far off wait
 * unordered in a ring of days until theirs comes, so that no more than what is due soon is kept in order: with ten thousand
 * timers a heap compares a dozen items that nobody has touched for long, at every step, and a day has some hundred. What
 * comes out is the same to the bit.
 */
export class Agenda<T> {
  /** What is due before `#horizon`; with few items that is all. */
  #near: Heap<T> = new Heap()
  #horizon = Number.POSITIVE_INFINITY
  /** What is due from the horizon on, as far as the ring reaches. Null as long as there were few. */
  #days: Day<T>[] | null = null
  #inDays = 0
  /** What is due beyond the ring. */
  #later: Heap<T> = new Heap()
  readonly #soon: ((items: readonly T[]) => void) | null

  /** `soon` is told of items that come up within the next day, so that it can fetch what they will need. */
  constructor(entries?: Entries<T>, soon: ((items: readonly T[]) => void) | null = null) {
    this.#soon = soon
    if (entries !== undefined) this.#fill(entries)
  }

  get size(): number {
    return this.#near.size + this.#inDays + this.#later.size
  }

  /** The time of the earliest; Infinity if there is none. */
  peekAt(): number {
    if (this.#near.size === 0) this.#turn()
    return this.#near.peekAt()
  }

  push(item: T & Timed): void {
    this.pushAt(item, item.at, item.order)
  }

  /** Puts in an item that does not say itself where it stands. */
  pushAt(item: T, at: number, order: number): void {
    const days = this.#days
    if (days === null || at < this.#horizon) {
      this.#near.push(item, at, order)
      if (days === null && this.#near.size > MANY) this.#fill(this.#near.entries())
    } else if (at < this.#horizon + REACH) {
      write(days[dayOf(at)] as Day<T>, item, at, order)
      this.#inDays++
    } else this.#later.push(item, at, order)
  }

  pop(): T | undefined {
    if (this.#near.size === 0) this.#turn()
    return this.#near.pop()
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
    if (this.#days === null) return this.#near.entries()
    const parts = [this.#near.entries(), ...this.#days, this.#later.entries()]
    return {
      items: parts.flatMap(({ items }) => items),
      ats: parts.flatMap(({ ats }) => ats),
      orders: parts.flatMap(({ orders }) => orders),
    }
  }

  /** The same, good for ever. */
  copyEntries(): Entries<T> {
    const { items, ats, orders } = this.entries()
    return { items: items.slice(), ats: ats.slice(), orders: orders.slice() }
  }

  /** Holds these and nothing else. */
  #fill({ items, ats, orders }: Entries<T>): void {
    this.#near = new Heap()
    this.#later = new Heap()
    this.#inDays = 0
    const isCrowd = items.length > MANY
    this.#days = isCrowd ? Array.from({ length: DAYS }, () => ({ items: [], ats: [], orders: [] })) : null
    const first = ats.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
    this.#horizon = isCrowd ? startOfDay(first) + DAY : Number.POSITIVE_INFINITY
    for (let i = 0; i < items.length; i++) this.pushAt(items[i] as T, ats[i] as number, orders[i] as number)
  }

  /** Nothing is left before the horizon: it moves on, to the next day that has anything. */
  #turn(): void {
    if (this.#days === null) return
    if (this.#inDays === 0) {
      if (this.#later.size === 0) return
      this.#horizon = startOfDay(this.#later.peekAt())
    }
    while (this.#near.size === 0) {
      const day = this.#days[dayOf(this.#horizon)] as Day<T>
      this.#horizon += DAY
      this.#inDays -= day.items.length
      this.#soon?.(day.items)
      for (let i = 0; i < day.items.length; i++) {
        this.#near.push(day.items[i] as T, day.ats[i] as number, day.orders[i] as number)
      }
      clear(day)
      // The ring reaches a day further.
      while (this.#later.peekAt() < this.#horizon + REACH) {
        const at = this.#later.peekAt()
        const order = this.#later.peekOrder()
        this.pushAt(this.#later.pop() as T, at, order)
      }
    }
  }
}

/** What is due within one day, in the order in which it was written down. */
interface Day<T> {
  readonly items: T[]
  readonly ats: number[]
  readonly orders: number[]
}

/** From so many items on the ring pays. */
const MANY = 1_000
/** How long a day is, in the unit of time. */
const DAY = 8_192
const DAYS = 256
/** How far beyond the horizon the ring reaches. */
const REACH = DAY * DAYS

const dayOf = (at: number): number => Math.floor(at / DAY) % DAYS
const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY

function write<T>({ items, ats, orders }: Day<T>, item: T, at: number, order: number): void {
  items.push(item)
  ats.push(at)
  orders.push(order)
}

function clear({ items, ats, orders }: Day<unknown>): void {
  items.length = 0
  ats.length = 0
  orders.length = 0
}
