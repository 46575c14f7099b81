import { mix } from '../base/hash.ts'

/**
 * The configurations that a search has been in (Lowe 2017): which operations it had placed, and the state that they led to.
 * Exact, and small: of the returned operations, in order of call, all before some place are placed and none far behind it,
 * so only the words between are kept.
 */
export class Memo {
  /** Entries one after the other: state, first word, words of returned operations, words of others, and these words. */
  #arena = new Uint32Array(128)
  #used = 0
  /** Where an entry begins, plus one; 0 for a free slot. */
  #slots = new Uint32Array(32)
  #hashes = new Int32Array(32)
  #count = 0

  get size(): number {
    return this.#count
  }

  /** Adds a configuration; false if it is known. `hash` is of `placed` and `open` alone. */
  add(state: number, hash: number, placed: Words, open: Words): boolean {
    const at = this.#used
    this.#write(state, placed, open)
    const h = mix(hash, state)
    const mask = this.#slots.length - 1
    let slot = h & mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#hashes[slot] === h && this.#isEntry((this.#slots[slot] as number) - 1, at)) {
        this.#used = at
        return false
      }
    }
    this.#slots[slot] = at + 1
    this.#hashes[slot] = h
    if (++this.#count * 2 > this.#slots.length) this.#grow()
    return true
  }

  #write(state: number, placed: Words, open: Words): void {
    const length = HEAD + (placed.end - placed.begin) + (open.end - open.begin)
    if (this.#used + length > this.#arena.length) {
      const larger = new Uint32Array(2 * this.#arena.length + length)
      larger.set(this.#arena)
      this.#arena = larger
    }
    const arena = this.#arena
    let at = this.#used
    arena[at++] = state
    arena[at++] = placed.begin
    arena[at++] = placed.end - placed.begin
    arena[at++] = open.end - open.begin
    for (let i = placed.begin; i < placed.end; i++) arena[at++] = placed.words[i] as number
    for (let i = open.begin; i < open.end; i++) arena[at++] = open.words[i] as number
    this.#used = at
  }

  /** Whether the entry at `known` says the same as the one just written at `at`. */
  #isEntry(known: number, at: number): boolean {
    const arena = this.#arena
    const length = this.#used - at
    for (let i = 0; i < length; i++) if (arena[known + i] !== arena[at + i]) return false
    return true
  }

  #grow(): void {
    const [slots, hashes] = [this.#slots, this.#hashes]
    this.#slots = new Uint32Array(2 * slots.length)
    this.#hashes = new Int32Array(2 * slots.length)
    const mask = this.#slots.length - 1
    for (const [i, entry] of slots.entries()) {
      if (entry === 0) continue
      let slot = (hashes[i] as number) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = entry
      this.#hashes[slot] = hashes[i] as number
    }
  }
}

const HEAD = 4

/** A set of numbers as bits, and the words of it that are neither all ones before nor all zeros behind. */
export interface Words {
  words: Uint32Array
  begin: number
  end: number
}
