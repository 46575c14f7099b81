/**
 * How many messages a process has sent to each other one, by their places: one word for each that it ever sent to, and
 * nothing for most others. In a crowd where everybody may talk to everybody these are most of what a run has to remember, and
 * the smaller they are, the more of them are at hand.
 */
export class SendCounts {
  /** The counts of the first places; null for none. A run of few processes has no others. */
  #few: number[] | null = null
  /** Of the others a table of words, place + 1 above the count; 0 for a free slot. A power of two of them, at most three quarters in use. */
  #words = NONE
  #from = 0
  #size = 0
  #used = 0
  /** The counts that have outgrown their word. */
  #large: Map<number, number> | null = null

  /** Counts one more; the number of that message, from 1. */
  next(to: number): number {
    if (to >= FEW) return this.#nextOfMany(to)
    this.#few ??= Array.from({ length: FEW }, () => 0)
    const n = (this.#few[to] as number) + 1
    this.#few[to] = n
    return n
  }

  #nextOfMany(to: number): number {
    const words = this.#words
    const mask = this.#size - 1
    const key = to + 1
    let i = to & mask
    for (; this.#size > 0; i = (i + 1) & mask) {
      const word = words[this.#from + i] as number
      if (word >>> BITS === key) return this.#another(to, this.#from + i, word & FULL)
      if (word === 0) return this.#first(to, this.#from + i)
    }
    return this.#first(to, 0)
  }

  /** To how many beyond the first places. */
  get used(): number {
    return this.#used
  }

  /** Reads the word at which the count of this place may be found, and says nothing. */
  peek(to: number): number {
    return this.#size === 0 ? 0 : (this.#words[this.#from + (to & (this.#size - 1))] as number)
  }

  copy(): SendCounts {
    const twin = new SendCounts()
    twin.#few = this.#few === null ? null : this.#few.slice()
    twin.#used = this.#used
    twin.#large = this.#large === null ? null : new Map(this.#large)
    if (this.#size > 0) {
      twin.#settle(this.#size)
      twin.#words.set(this.#words.subarray(this.#from, this.#from + this.#size), twin.#from)
    }
    return twin
  }

  #another(to: number, slot: number, count: number): number {
    if (count < FULL) {
      this.#words[slot] = (this.#words[slot] as number) + 1
      return count + 1
    }
    this.#large ??= new Map()
    const large = (this.#large.get(to) ?? FULL) + 1
    this.#large.set(to, large)
    return large
  }

  #first(to: number, slot: number): number {
    if (4 * this.#used >= 3 * this.#size) {
      this.#grow()
      return this.#nextOfMany(to)
    }
    this.#used++
    this.#words[slot] = ((to + 1) << BITS) | 1
    return 1
  }

  #grow(): void {
    const old = this.#words
    const oldFrom = this.#from
    const oldSize = this.#size
    this.#settle(Math.max(SMALLEST, 2 * oldSize))
    const mask = this.#size - 1
    for (let at = oldFrom; at < oldFrom + oldSize; at++) {
      const word = old[at] as number
      if (word === 0) continue
      let i = ((word >>> BITS) - 1) & mask
      while (this.#words[this.#from + i] !== 0) i = (i + 1) & mask
      this.#words[this.#from + i] = word
    }
  }

  /** Takes room for so many words, all 0. */
  #settle(size: number): void {
    this.#size = size
    if (size > SHARED / 4) {
      this.#words = new Int32Array(size)
      this.#from = 0
      return
    }
    if (taken + size > shared.length) {
      shared = new Int32Array(SHARED)
      taken = 0
    }
    this.#words = shared
    this.#from = taken
    taken += size
  }
}

const FEW = 16
const SMALLEST = 8
/** Of a word, those of the count: what is left is enough for the most processes that a run may have. */
const BITS = 12
const FULL = (1 << BITS) - 1
const NONE = new Int32Array(0)

/**
 * Many tables lie in one array, which costs less to make and to reach than an array for each; it goes when the last of them
 * goes. No table is ever told where it lies, so that no run can tell what another has taken.
 */
const SHARED = 2_048
let shared = NONE
let taken = 0
