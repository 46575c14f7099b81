/** What a heap can order: by time, and at one time by the order in which it was put in. */
export interface Timed {
  readonly at: number
  readonly order: number
}

/**
 * The earliest first. A binary heap of values that are never changed, so that a copy is a copy of the array. Times and
 * orders stand in arrays of their own: comparing numbers in place is several times as quick as asking items of many shapes.
 */
export class Heap<T extends Timed> {
  #items: T[]
  #ats: number[]
  #orders: number[]

  constructor(items: readonly T[] = []) {
    this.#items = items.slice()
    this.#ats = items.map((item) => item.at)
    this.#orders = items.map((item) => item.order)
  }

  get size(): number {
    return this.#items.length
  }

  peek(): T | undefined {
    return this.#items[0]
  }

  /** The time of the earliest; Infinity if there is none. */
  peekAt(): number {
    return this.#items.length === 0 ? Number.POSITIVE_INFINITY : (this.#ats[0] as number)
  }

  push(item: T): void {
    const { at, order } = item
    let i = this.#items.length
    this.#items.push(item)
    this.#ats.push(at)
    this.#orders.push(order)
    while (i > 0) {
      const above = (i - 1) >> 1
      if (!this.#isBefore(at, order, above)) break
      this.#move(above, i)
      i = above
    }
    this.#put(i, item, at, order)
  }

  pop(): T | undefined {
    const top = this.#items[0]
    const item = this.#items.pop()
    const at = this.#ats.pop()
    const order = this.#orders.pop()
    if (item !== undefined && this.#items.length > 0) this.#sink(item, at as number, order as number, 0)
    return top
  }

  /** Takes out every item for which `leaves` holds, and returns them in due order. */
  remove(leaves: (item: T) => boolean): T[] {
    const out = this.#items.filter((item) => leaves(item))
    if (out.length === 0) return out
    const kept = this.#items.filter((item) => !leaves(item))
    this.#items = []
    this.#ats = []
    this.#orders = []
    for (const item of kept) this.push(item)
    return out.toSorted((x, y) => x.at - y.at || x.order - y.order)
  }

  /** All items, in no order that means anything. */
  items(): readonly T[] {
    return this.#items
  }

  #sink(item: T, at: number, order: number, from: number): void {
    const n = this.#items.length
    let i = from
    for (;;) {
      let child = 2 * i + 1
      if (child >= n) break
      const right = child + 1
      if (right < n && this.#isBefore(this.#ats[right] as number, this.#orders[right] as number, child)) child = right
      if (!this.#isAfter(at, order, child)) break
      this.#move(child, i)
      i = child
    }
    this.#put(i, item, at, order)
  }

  #isBefore(at: number, order: number, place: number): boolean {
    const other = this.#ats[place] as number
    return at < other || (at === other && order < (this.#orders[place] as number))
  }

  #isAfter(at: number, order: number, place: number): boolean {
    const other = this.#ats[place] as number
    return at > other || (at === other && order > (this.#orders[place] as number))
  }

  #move(from: number, to: number): void {
    this.#items[to] = this.#items[from] as T
    this.#ats[to] = this.#ats[from] as number
    this.#orders[to] = this.#orders[from] as number
  }

  #put(place: number, item: T, at: number, order: number): void {
    this.#items[place] = item
    this.#ats[place] = at
    this.#orders[place] = order
  }
}
