import { mix } from '../../base/hash.ts'

/**
 * The order in which one server probes the slots of its member list, for one round. Up to `SMALL` slots it is a list
 * shuffled by Fisher and Yates. Beyond, it is a permutation computed from two words: a Feistel network over the square that
 * holds the slots, walked until it is back among them. That is one of 2^64 orders rather than of all n!, and costs no memory;
 * the tests hold places and neighbours to what a uniform shuffle gives.
 */
export interface ProbeOrder {
  readonly size: number
  /** How many slots there were when the order was drawn. */
  readonly drawn: number
  readonly list: readonly number[] | null
  readonly key1: number
  readonly key2: number
  /** Places that a member who came during the round has taken, and where the one before it went. */
  readonly moved: ReadonlyMap<number, number> | null
}

const SMALL = 64
const ROUNDS = 6

/** A new order of so many slots; `random` gives numbers in [0, 1). */
export function shuffled(size: number, random: () => number): ProbeOrder {
  const list = size <= SMALL ? fisherYates(size, random) : null
  const word = (): number => Math.floor(random() * 4294967296) | 0
  return list === null
    ? { size, drawn: size, list, key1: word(), key2: word(), moved: null }
    : { size, drawn: size, list, key1: 0, key2: 0, moved: null }
}

/** The slot at this place of the order. */
export function slotAt(order: ProbeOrder, place: number): number {
  const moved = order.moved?.get(place)
  if (moved !== undefined) return moved
  return order.list === null ? permuted(order, place) : (order.list[place] as number)
}

/**
 * The order with one more slot, at a place drawn over all: the one that was there goes to the end (memberlist `state.go`,
 * aliveNode: “important to ensure the failure detection bound is low on average”).
 */
export function withOneMore(order: ProbeOrder, random: () => number): ProbeOrder {
  const { size } = order
  const place = Math.floor(random() * size)
  if (order.list !== null) {
    const list = order.list.slice()
    if (size > 0) list.push(list[place] as number)
    list[size === 0 ? 0 : place] = size
    return { ...order, size: size + 1, list }
  }
  const moved = new Map(order.moved)
  moved.set(size, slotAt(order, place))
  moved.set(place, size)
  return { ...order, size: size + 1, moved }
}

function fisherYates(size: number, random: () => number): number[] {
  const list = Array.from({ length: size }, (_, i) => i)
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const other = list[j] as number
    list[j] = list[i] as number
    list[i] = other
  }
  return list
}

function permuted({ drawn, key1, key2 }: ProbeOrder, place: number): number {
  const wide = Math.ceil(Math.sqrt(drawn))
  const high = Math.ceil(drawn / wide)
  let x = place
  do {
    let left = Math.floor(x / high)
    let right = x - left * high
    for (let round = 0; round < ROUNDS; round += 2) {
      left = rest(left + (mix(mix(key1 + round, right), key2) >>> 0), wide, 1 / wide)
      right = rest(right + (mix(mix(key2 + round, left), key1) >>> 0), high, 1 / high)
    }
    x = (left * high + right) | 0
  } while (x >= drawn)
  return x
}

/** `x % size` for whole numbers up to 2^33. Multiplying is quicker than dividing, and may be out by one either way. */
function rest(x: number, size: number, inverse: number): number {
  const left = x - Math.floor(x * inverse) * size
  return (left < 0 ? left + size : left >= size ? left - size : left) | 0
}
