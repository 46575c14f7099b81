/** What says itself where it stands in a heap. */
export interface Timed {
  readonly at: number
  readonly order: number
}

/** The items of a heap, each with its time and its order at the same place: a value to make another heap of. */
export interface Entries<T> {
  readonly items: readonly T[]
  readonly ats: readonly number[]
  readonly orders: readonly number[]
}

/**
 * The earliest first, and at one time by the order in which it was put in. A heap in which each item has four below it, of
 * values that are never changed, so that a copy is a copy of the arrays. Times and orders stand in arrays of their own:
 * comparing numbers in place is several times as quick as asking items of many shapes.
 */
export class Heap<T> {
  #items: T[]
  #ats: number[]
  #orders: number[]

  constructor({ items, ats, orders }: Entries<T> = EMPTY) {
    this.#items = items.slice()
    this.#ats = ats.slice()
    this.#orders = orders.slice()
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

  /** The order of the earliest; Infinity if there is none. */
  peekOrder(): number {
    return this.#items.length === 0 ? Number.POSITIVE_INFINITY : (this.#orders[0] as number)
  }

  push(item: T, at: number, order: number): void {
    const items = this.#items
    const ats = this.#ats
    const orders = this.#orders
    let i = items.length
    items.push(item)
    ats.push(at)
    orders.push(order)
    while (i > 0) {
      const above = (i - 1) >> 2
      const atAbove = ats[above] as number
      if (at > atAbove || (at === atAbove && order > (orders[above] as number))) break
      items[i] = items[above] as T
      ats[i] = atAbove
      orders[i] = orders[above] as number
      i = above
    }
    items[i] = item
    ats[i] = at
    orders[i] = order
  }

  pop(): T | undefined {
    const top = this.#items[0]
    const item = this.#items.pop()
    const at = this.#ats.pop()
    const order = this.#orders.pop()
    if (item !== undefined && this.#items.length > 0) this.#sink(item, at as number, order as number)
    return top
  }

  /** All items with their times and orders, in no order that means anything; good until the heap changes. */
  entries(): Entries<T> {
    return { items: this.#items, ats: this.#ats, orders: this.#orders }
  }

  /** Finds the place of an item from the top down. */
  #sink(item: T, at: number, order: number): void {
    const items = this.#items
    const ats = this.#ats
    const orders = this.#orders
    const n = items.length
    let i = 0
    for (;;) {
      const first = 4 * i + 1
      if (first >= n) break
      const end = Math.min(first + 4, n)
      let least = first
      let atLeast = ats[first] as number
      for (let child = first + 1; child < end; child++) {
        const atChild = ats[child] as number
        if (atChild < atLeast || (atChild === atLeast && (orders[child] as number) < (orders[least] as number))) {
          least = child
          atLeast = atChild
        }
      }
      if (at < atLeast || (at === atLeast && order < (orders[least] as number))) break
      items[i] = items[least] as T
      ats[i] = atLeast
      orders[i] = orders[least] as number
      i = least
    }
    items[i] = item
    ats[i] = at
    orders[i] = order
  }
}

const EMPTY: Entries<never> = { items: [], ats: [], orders: [] }
