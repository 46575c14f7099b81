/** Points on a circle of 2^32, in order, each with its owner: what a token ring and ketama look keys up in. */
export class Points {
  /** Where each point lies, ascending. */
  readonly at: Uint32Array
  /** Whose it is: an index into the servers. */
  readonly owner: Uint16Array
  /** For the upper bits of a position, the first point that is not before that stretch of the circle. */
  readonly #start: Uint32Array
  readonly #shift: number

  /** Points in any order. Of two at one place, the one that was given first comes first. */
  constructor(at: Uint32Array, owner: Uint16Array) {
    this.at = new Uint32Array(at.length)
    this.owner = new Uint16Array(at.length)
    const order = sorted(at)
    // Plain loops: `from` with a function walks an iterator, which costs more than the sort.
    for (let i = 0; i < order.length; i++) {
      const both = order[i] as number
      const place = Math.floor(both / MOST_POINTS)
      this.at[i] = place
      this.owner[i] = owner[both - place * MOST_POINTS] as number
    }
    const bits = Math.max(1, Math.min(20, 32 - Math.clz32(at.length)))
    this.#shift = 32 - bits
    this.#start = starts(this.at, bits)
  }

  get length(): number {
    return this.at.length
  }

  /** The point that a position belongs to: the first at or after it, around the circle. */
  find(position: number): number {
    const { at } = this
    let i = this.#start[position >>> this.#shift] as number
    while (i < at.length && (at[i] as number) < position) i++
    return i === at.length ? 0 : i
  }

  get bytes(): number {
    return this.at.byteLength + this.owner.byteLength + this.#start.byteLength
  }
}

/** Place and index of each point together, one whole number below 2^53: numbers sort fast. */
function sorted(at: Uint32Array): Float64Array {
  const both = new Float64Array(at.length)
  for (let i = 0; i < at.length; i++) both[i] = (at[i] as number) * MOST_POINTS + i
  both.sort()
  return both
}

function starts(at: Uint32Array, bits: number): Uint32Array {
  const start = new Uint32Array(1 << bits)
  const width = 4294967296 / start.length
  let i = 0
  for (let stretch = 0; stretch < start.length; stretch++) {
    const from = stretch * width
    while (i < at.length && (at[i] as number) < from) i++
    start[stretch] = i
  }
  return start
}

const MOST_POINTS = 2097152
