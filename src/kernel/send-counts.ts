/**
 * How many messages a process has sent to each other one, by their places: two numbers for each that it ever sent to, and
 * nothing for the others. In a crowd where everybody may talk to everybody these are most of what a run has to remember.
 */
export class SendCounts {
  /** Place + 1 and count, in turns; 0 for a free slot. A power of two of them, at most three quarters in use. */
  #slots: Int32Array | null = null
  #used = 0

  /** Counts one more; the number of that message, from 1. */
  next(to: number): number {
    const slots = this.#slots ?? this.#grow()
    const mask = slots.length - 1
    let i = (to << 1) & mask
    for (;;) {
      const key = slots[i] as number
      if (key === to + 1) return (slots[i + 1] as number)++, slots[i + 1] as number
      if (key === 0) break
      i = (i + 2) & mask
    }
    if (8 * this.#used >= 3 * slots.length) {
      this.#grow()
      return this.next(to)
    }
    this.#used++
    slots[i] = to + 1
    slots[i + 1] = 1
    return 1
  }

  copy(): SendCounts {
    const twin = new SendCounts()
    twin.#slots = this.#slots === null ? null : this.#slots.slice()
    twin.#used = this.#used
    return twin
  }

  #grow(): Int32Array {
    const old = this.#slots ?? NONE
    const slots = new Int32Array(Math.max(SMALLEST, 2 * old.length))
    const mask = slots.length - 1
    for (let from = 0; from < old.length; from += 2) {
      const key = old[from] as number
      if (key === 0) continue
      let i = ((key - 1) << 1) & mask
      while (slots[i] !== 0) i = (i + 2) & mask
      slots[i] = key
      slots[i + 1] = old[from + 1] as number
    }
    this.#slots = slots
    return slots
  }
}

const SMALLEST = 16
const NONE = new Int32Array(0)
