import { type Entries, Heap, type Timed } from './heap.ts'
import { TURN, Wheel } from './wheel.ts'

/**
 * The earliest first, and at one time by the order in which it was put in. Few items are a heap. Of many, those that are
 * far off wait unordered in a ring of days until theirs comes, and those of this day are on a wheel: with ten thousand timers
 * a heap compares a dozen items that nobody has touched for long, at every step. What comes out is the same to the bit.
 */
export class Agenda<T> {
  /** With few items that is all; with many, what was put in for before the wheel. */
  #near: Heap<T> = new Heap()
  /** Null as long as there were few. */
  #crowd: Crowd<T> | null = null
  readonly #soon: Soon<T> | null

  /** `soon` is told of items that come up within the next day, so that it can fetch what they will need. */
  constructor(entries?: Entries<T>, soon: Soon<T> | null = null) {
    this.#soon = soon
    if (entries !== undefined) this.#fill(entries)
  }

  get size(): number {
    return this.#near.size + (this.#crowd === null ? 0 : this.#crowd.size)
  }

  /** The time of the earliest; Infinity if there is none. */
  peekAt(): number {
    return this.#crowd === null || this.#near.size > 0 ? this.#near.peekAt() : this.#crowd.peekAt()
  }

  push(item: T & Timed): void {
    this.pushAt(item, item.at, item.order)
  }

  /** Puts in an item that does not say itself where it stands. */
  pushAt(item: T, at: number, order: number): void {
    const crowd = this.#crowd
    if (crowd !== null && at >= crowd.start) crowd.put(item, at, order)
    else {
      this.#near.push(item, at, order)
      if (crowd === null && this.#near.size > MANY) this.#fill(this.#near.entries())
    }
  }

  pop(): T | undefined {
    return this.#crowd === null || this.#near.size > 0 ? this.#near.pop() : this.#crowd.pop()
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
    return this.#crowd === null ? this.#near.entries() : this.#allEntries(this.#crowd)
  }

  /** The same, good for ever. */
  copyEntries(): Entries<T> {
    if (this.#crowd !== null) return this.#allEntries(this.#crowd)
    const { items, ats, orders } = this.#near.entries()
    return { items: items.slice(), ats: ats.slice(), orders: orders.slice() }
  }

  #allEntries(crowd: Crowd<T>): Entries<T> {
    const { items, ats, orders } = this.#near.entries()
    const all = { items: items.slice(), ats: ats.slice(), orders: orders.slice() }
    crowd.each((item, at, order) => write(all, item, at, order))
    return all
  }

  /** Holds these and nothing else. */
  #fill({ items, ats, orders }: Entries<T>): void {
    this.#near = new Heap()
    const first = ats.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
    this.#crowd = items.length > MANY ? new Crowd(first, this.#soon) : null
    for (let i = 0; i < items.length; i++) this.pushAt(items[i] as T, ats[i] as number, orders[i] as number)
  }
}

type Soon<T> = (items: readonly (T | undefined)[], count: number) => void

/** Many items, none of them due before the wheel. */
class Crowd<T> {
  start: number
  readonly #today = new Wheel<T>()
  /** What is due after today, as far as the ring reaches. */
  readonly #days: Day<T>[] = Array.from({ length: DAYS }, () => new Day<T>())
  #inDays = 0
  /** What is due beyond the ring. */
  readonly #later = new Heap<T>()
  readonly #soon: Soon<T> | null

  constructor(first: number, soon: Soon<T> | null) {
    this.#soon = soon
    this.start = startOfDay(first)
    this.#today.turnTo(this.start)
  }

  get size(): number {
    return this.#today.size + this.#inDays + this.#later.size
  }

  peekAt(): number {
    if (this.#today.size === 0 && !this.#turn()) return Number.POSITIVE_INFINITY
    return this.#today.peekAt()
  }

  pop(): T | undefined {
    return this.#today.size === 0 && !this.#turn() ? undefined : this.#today.pop()
  }

  put(item: T, at: number, order: number): void {
    const ahead = at - this.start
    if (ahead < TURN) this.#today.put(item, at, order)
    else if (ahead < REACH) {
      ;(this.#days[dayOf(at)] as Day<T>).add(item, at, order)
      this.#inDays++
    } else this.#later.push(item, at, order)
  }

  each(tell: (item: T, at: number, order: number) => void): void {
    this.#today.each(tell)
    for (const day of this.#days) day.each(tell)
    const { items, ats, orders } = this.#later.entries()
    for (let i = 0; i < items.length; i++) tell(items[i] as T, ats[i] as number, orders[i] as number)
  }

  /** Nothing is left of today: the next day that has anything comes. False if there is none. */
  #turn(): boolean {
    if (this.#inDays === 0) {
      if (this.#later.size === 0) return false
      this.start = startOfDay(this.#later.peekAt()) - TURN
    }
    while (this.#today.size === 0) {
      this.start += TURN
      this.#today.turnTo(this.start)
      const day = this.#days[dayOf(this.start)] as Day<T>
      this.#inDays -= day.size
      this.#soon?.(day.items, day.size)
      day.moveTo(this.#today)
      // The ring reaches a day further.
      while (this.#later.peekAt() < this.start + REACH) {
        const at = this.#later.peekAt()
        const order = this.#later.peekOrder()
        this.put(this.#later.pop() as T, at, order)
      }
    }
    return true
  }
}

/** What is due within one day, in the order in which it was written down. Its room is used again. */
class Day<T> {
  size = 0
  readonly items: (T | undefined)[] = []
  /** Of each, its time and its order. */
  #times = new Float64Array(0)

  add(item: T, at: number, order: number): void {
    const i = this.size++
    if (i < this.items.length) this.items[i] = item
    else this.items.push(item)
    if (2 * i === this.#times.length) this.#grow()
    this.#times[2 * i] = at
    this.#times[2 * i + 1] = order
  }

  each(tell: (item: T, at: number, order: number) => void): void {
    for (let i = 0; i < this.size; i++) {
      tell(this.items[i] as T, this.#times[2 * i] as number, this.#times[2 * i + 1] as number)
    }
  }

  moveTo(wheel: Wheel<T>): void {
    const { items, size } = this
    for (let i = 0; i < size; i++) {
      wheel.put(items[i] as T, this.#times[2 * i] as number, this.#times[2 * i + 1] as number)
      items[i] = undefined
    }
    this.size = 0
  }

  #grow(): void {
    const times = new Float64Array(Math.max(2 * SMALLEST, 2 * this.#times.length))
    times.set(this.#times)
    this.#times = times
  }
}

/** From so many items on the ring pays. */
const MANY = 1_000
const DAYS = 256
const SMALLEST = 32
/** How far from the start of today the ring reaches. */
const REACH = TURN * DAYS

const dayOf = (at: number): number => Math.floor(at / TURN) % DAYS
const startOfDay = (at: number): number => Math.floor(at / TURN) * TURN

function write<T>(to: { items: T[]; ats: number[]; orders: number[] }, item: T, at: number, order: number): void {
  to.items.push(item)
  to.ats.push(at)
  to.orders.push(order)
}
