/** How many units of time a wheel holds. */
export const TURN = 8_192

/**
 * What is due within one turn of a wheel: a chain of items for each unit of time, the earliest first, and at one time by
 * their order. Putting in and taking out costs the same however many there are, where a heap compares; to find the next
 * chain, words of 32 bits are looked through.
 */
export class Wheel<T> {
  #start = 0
  #size = 0
  /** No chain before this place has anything. */
  #at = TURN
  readonly #marks = new Int32Array(TURN / 32)
  readonly #first = new Int32Array(TURN)
  readonly #last = new Int32Array(TURN)
  /** Of each item in use; those that are free are a chain, too. */
  readonly #items: (T | undefined)[] = []
  #times = new Float64Array(2 * SMALLEST)
  #next = new Int32Array(SMALLEST)
  #free = NONE

  get size(): number {
    return this.#size
  }

  /** When the wheel begins. */
  get start(): number {
    return this.#start
  }

  /** Lets an empty wheel begin at this whole number. */
  turnTo(start: number): void {
    this.#start = start
    this.#at = TURN
  }

  /** Puts in an item; `at` is within one turn from the start. */
  put(item: T, at: number, order: number): void {
    const slot = this.#take(item, at, order)
    const place = Math.floor(at - this.#start) | 0
    const word = place >> 5
    const mark = 1 << (place & 31)
    const marks = this.#marks[word] as number
    this.#size++
    if (place < this.#at) this.#at = place
    if ((marks & mark) === 0) {
      this.#marks[word] = marks | mark
      this.#first[place] = slot
      this.#last[place] = slot
      return
    }
    const last = this.#last[place] as number
    if (this.#isBefore(slot, last)) this.#insert(slot, place)
    else {
      this.#next[last] = slot
      this.#last[place] = slot
    }
  }

  /** The time of the earliest; the wheel must not be empty. */
  peekAt(): number {
    return this.#times[2 * (this.#first[this.#turn()] as number)] as number
  }

  /** Takes out the earliest; the wheel must not be empty. */
  pop(): T {
    const place = this.#turn()
    const slot = this.#first[place] as number
    const next = this.#next[slot] as number
    if (next === NONE) this.#marks[place >> 5] = (this.#marks[place >> 5] as number) & ~(1 << (place & 31))
    else this.#first[place] = next
    this.#size--
    const item = this.#items[slot] as T
    this.#items[slot] = undefined
    this.#next[slot] = this.#free
    this.#free = slot
    return item
  }

  /** Tells of every item, in due order. */
  each(tell: (item: T, at: number, order: number) => void): void {
    for (let place = 0; place < TURN; place++) {
      if (((this.#marks[place >> 5] as number) & (1 << (place & 31))) === 0) continue
      for (let slot = this.#first[place] as number; slot !== NONE; slot = this.#next[slot] as number) {
        tell(this.#items[slot] as T, this.#times[2 * slot] as number, this.#times[2 * slot + 1] as number)
      }
    }
  }

  /** The place of the first chain that has anything. */
  #turn(): number {
    let word = this.#at >> 5
    let marks = (this.#marks[word] as number) & (-1 << (this.#at & 31))
    while (marks === 0) marks = this.#marks[++word] as number
    return (this.#at = (word << 5) + 31 - Math.clz32(marks & -marks))
  }

  /** A slot with this in it, at the end of a chain. */
  #take(item: T, at: number, order: number): number {
    let slot = this.#free
    if (slot === NONE) {
      slot = this.#items.length
      this.#items.push(item)
      if (slot === this.#next.length) this.#grow()
    } else {
      this.#free = this.#next[slot] as number
      this.#items[slot] = item
    }
    this.#times[2 * slot] = at
    this.#times[2 * slot + 1] = order
    this.#next[slot] = NONE
    return slot
  }

  #grow(): void {
    const times = new Float64Array(2 * this.#times.length)
    times.set(this.#times)
    this.#times = times
    const next = new Int32Array(2 * this.#next.length)
    next.set(this.#next)
    this.#next = next
  }

  #isBefore(slot: number, other: number): boolean {
    const times = this.#times
    const at = times[2 * slot] as number
    const atOther = times[2 * other] as number
    return at < atOther || (at === atOther && (times[2 * slot + 1] as number) < (times[2 * other + 1] as number))
  }

  /** Somewhere before the last of its chain: rare, since what is put in later mostly comes later. */
  #insert(slot: number, place: number): void {
    const first = this.#first[place] as number
    if (this.#isBefore(slot, first)) {
      this.#next[slot] = first
      this.#first[place] = slot
      return
    }
    let before = first
    while (!this.#isBefore(slot, this.#next[before] as number)) before = this.#next[before] as number
    this.#next[slot] = this.#next[before] as number
    this.#next[before] = slot
  }
}

const NONE = -1
const SMALLEST = 256
