import type { Model } from './operation.ts'
import { canonical, same } from './plain.ts'

/** Numbers the states that a search meets, so that a state is one number in its memory and comparing is exact. */
export class States<S> {
  readonly #values: S[] = []
  /** States by themselves, or by their canonical text. */
  readonly #known = new Map<unknown, number>()
  readonly #buckets = new Map<unknown, number[]>()
  readonly #model: Pick<Model<S, never, never>, 'equal' | 'hash'>
  readonly #custom: boolean

  constructor(model: Pick<Model<S, never, never>, 'equal' | 'hash'>) {
    this.#model = model
    this.#custom = model.equal !== undefined || model.hash !== undefined
  }

  /** How many there are. */
  get size(): number {
    return this.#values.length
  }

  get(id: number): S {
    return this.#values[id] as S
  }

  idOf(state: S): number {
    if (this.#model.hash !== undefined) return this.#inBucket(state, this.#model.hash(state))
    const key = typeof state === 'object' ? canonical(state) : state
    // A text is a state, too: one beginning with what no state's own text begins with cannot be taken for it.
    const place = typeof state === 'object' ? `\u0000${key as string}` : key
    const found = this.#known.get(place)
    if (found !== undefined) return found
    const id = this.#custom ? this.#inBucket(state, 0) : this.#add(state)
    this.#known.set(place, id)
    return id
  }

  #inBucket(state: S, hash: string | number): number {
    const bucket = this.#buckets.get(hash)
    const equal = this.#model.equal ?? same
    const found = bucket?.find((id) => equal(this.#values[id] as S, state))
    if (found !== undefined) return found
    const id = this.#add(state)
    if (bucket === undefined) this.#buckets.set(hash, [id])
    else bucket.push(id)
    return id
  }

  #add(state: S): number {
    return this.#values.push(state) - 1
  }
}
