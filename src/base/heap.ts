/** What a heap can order: by time, and at one time by the order in which it was put in. */
export interface Timed {
  readonly at: number
  readonly order: number
}

/** The earliest first. A binary heap of values that are never changed, so that a copy is a copy of the array. */
export class Heap<T extends Timed> {
  #items: T[]

  constructor(items: readonly T[] = []) {
    this.#items = items.slice()
  }

  get size(): number {
    return this.#items.length
  }

  peek(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    const items = this.#items
    let i = items.length
    items.push(item)
    while (i > 0) {
      const above = (i - 1) >> 1
      const parent = items[above] as T
      if (!before(item, parent)) break
      items[i] = parent
      i = above
    }
    items[i] = item
  }

  pop(): T | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (last !== undefined && items.length > 0) this.#sink(last, 0)
    return top
  }

  /** Takes out every item for which `leaves` holds, and returns them in due order. */
  remove(leaves: (item: T) => boolean): T[] {
    const out = this.#items.filter((item) => leaves(item))
    if (out.length === 0) return out
    this.#items = this.#items.filter((item) => !leaves(item))
    for (let i = (this.#items.length >> 1) - 1; i >= 0; i--) this.#sink(this.#items[i] as T, i)
    return out.toSorted((x, y) => (before(x, y) ? -1 : 1))
  }

  /** All items, in no order that means anything. */
  items(): readonly T[] {
    return this.#items
  }

  #sink(item: T, from: number): void {
    const items = this.#items
    const n = items.length
    let i = from
    for (;;) {
      let child = 2 * i + 1
      if (child >= n) break
      let least = items[child] as T
      const right = items[child + 1]
      if (right !== undefined && before(right, least)) {
        least = right
        child++
      }
      if (!before(least, item)) break
      items[i] = least
      i = child
    }
    items[i] = item
  }
}

function before(x: Timed, y: Timed): boolean {
  return x.at < y.at || (x.at === y.at && x.order < y.order)
}
