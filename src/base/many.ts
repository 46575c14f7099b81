import { Heap } from './heap.ts'
import { TURN, Wheel } from './wheel.ts'

/** Told of items that come up within the next day, so that it can fetch what they will need. */
type Soon<T> = (items: readonly (T | undefined)[], count: number) => void

/**
 * Many items, none of them due before the first turn of its wheel. Those that are far off wait unordered in a ring of days until
 * theirs comes, and those of this day are on the wheel: with ten thousand timers a heap compares a dozen items that nobody has
 * touched for long, at every step.
 */
export class Many<T> {
  start: number
  readonly #today = new Wheel<T>()
  /** What is due after today, as far as the ring reaches. */
  readonly #days: Day<T>[] = Array.from({ length: DAYS }, () => new Day<T>())
  #inDays = 0
  /** What is due beyond the ring. */
  readonly #later = new Heap<T>()
  readonly #soon: Soon<T> | null

  constructor(first: number, soon: Soon<T> | null = null) {
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

const DAYS = 256
const SMALLEST = 32
/** How far from the start of today the ring reaches. */
const REACH = TURN * DAYS

const dayOf = (at: number): number => Math.floor(at / TURN) % DAYS
const startOfDay = (at: number): number => Math.floor(at / TURN) * TURN
