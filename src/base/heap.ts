/** What a heap can order: by time, and at one time by the order in which it was put in. */
export interface Timed {
  readonly at: number
  readonly order: number
}

/**
 * The earliest first. A heap in which each item has four below it, of values that are never changed, so that a copy is a
 * copy of the array. Times and orders stand in arrays of their own: comparing numbers in place is several times as quick as
 * asking items of many shapes.
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
