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
    const order = sorted(at)
    this.at = Uint32Array.from(order, (i) => at[i] as number)
    this.owner = Uint16Array.from(order, (i) => owner[i] as number)
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

/** The order of the points: place and index together are one whole number below 2^53, and numbers sort fast. */
function sorted(at: Uint32Array): Uint32Array {
  const keys = new Float64Array(at.length)
  for (let i = 0; i < at.length; i++) keys[i] = (at[i] as number) * MOST_POINTS + i
  keys.sort()
  const order = new Uint32Array(at.length)
  for (let i = 0; i < at.length; i++) order[i] = (keys[i] as number) % MOST_POINTS
  return order
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
