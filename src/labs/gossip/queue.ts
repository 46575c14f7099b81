import { sizeOf, type Update, type Updates } from './messages.ts'

/** An update that is still to be told, and how often it has been. A value. */
export interface Telling {
  readonly update: Update
  readonly times: number
  readonly bytes: number
  /** The n-th that came: the newest goes first among those told equally often. */
  readonly n: number
}

/**
 * What a server tells others, on the back of its messages and in gossip. The least told goes first, then the longest, then
 * the newest; a newer update about a server takes the place of the older (memberlist `queue.go`).
 */
export class Queue {
  #items: Telling[] = []
  #byName = new Map<string, Telling>()
  #count = 0

  get length(): number {
    return this.#items.length
  }
  get items(): readonly Telling[] {
    return this.#items
  }

  add(update: Update): void {
    const name = nameOf(update)
    const old = this.#byName.get(name)
    if (old !== undefined) this.#remove(old)
    this.#insert({ update, times: 0, bytes: sizeOf(update), n: ++this.#count })
  }

  /** What fits into so many bytes; each is counted as told, and dropped once it has been told `limit` times. */
  take(bytes: number, limit: number): Updates {
    const taken: Telling[] = []
    let free = bytes
    for (let i = 0; i < this.#items.length; ) {
      const item = this.#items[i] as Telling
      if (item.bytes > free) {
        if (free < SMALLEST) break
        i++
        continue
      }
      free -= item.bytes
      taken.push(item)
      this.#items.splice(i, 1)
      this.#byName.delete(nameOf(item.update))
    }
    for (const item of taken) if (item.times + 1 < limit) this.#insert({ ...item, times: item.times + 1 })
    return taken.map(({ update }) => update)
  }

  copy(): Queue {
    const twin = new Queue()
    twin.#items = this.#items.slice()
    twin.#byName = new Map(this.#byName)
    twin.#count = this.#count
    return twin
  }

  #insert(item: Telling): void {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (goesBefore(this.#items[middle] as Telling, item)) low = middle + 1
      else high = middle
    }
    this.#items.splice(low, 0, item)
    this.#byName.set(nameOf(item.update), item)
  }

  #remove(item: Telling): void {
    this.#items.splice(this.#items.indexOf(item), 1)
    this.#byName.delete(nameOf(item.update))
  }
}

/** No update is shorter. */
const SMALLEST = 32

const goesBefore = (x: Telling, y: Telling): boolean =>
  x.times !== y.times ? x.times < y.times : x.bytes !== y.bytes ? x.bytes > y.bytes : x.n > y.n

const nameOf = (update: Update): string => (update.type === 'rumour' ? `rumour ${update.rumour}` : update.node)
