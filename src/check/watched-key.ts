import { readForModel } from './input.ts'
import type { AnyModel } from './operation.ts'
import { same } from './plain.ts'
import { type End, Search } from './search.ts'

/** An operation that is watched. Its place in the window changes, this object does not; a change is a new one. */
interface Asked {
  id: string
  client: string
  call: number
  return: number | null
  input: unknown
  output: unknown
}

/** A way in which all before the window may have gone: the state that it led to, and who took part without returning. */
interface Base {
  state: unknown
  used: ReadonlySet<Asked>
}

interface Witness {
  from: unknown
  order: Set<Asked>
  state: unknown
}

/** The operations of one key, judged as they return. */
export class WatchedKey {
  /** `undecided` once it would cost too much to know. */
  verdict: 'ok' | 'illegal' | 'undecided' = 'ok'
  readonly #model: AnyModel
  #bases: Base[]
  /** What was asked before the window and never returned. It may still take effect. */
  #lost: readonly Asked[] = []
  /** What was asked since the last moment at which nobody waited and all before was summed up in the bases. */
  #window: Asked[] = []
  #waiting = 0
  /** One order that explains the window so far: where it begins, who is in it, and the state that it leads to. */
  #witness: Witness
  /** Whether something has returned since that the witness does not explain. */
  #stale = false
  /** Returns since the last look, where the window is long. */
  #unseen = 0
  /** How long the window must be for a search of all that it may have led to. */
  #enough = ENOUGH

  constructor(model: AnyModel) {
    this.#model = model
    const state: unknown = model.init()
    this.#bases = [{ state, used: new Set() }]
    this.#witness = { from: state, order: new Set(), state }
  }

  copy(): WatchedKey {
    const twin = new WatchedKey(this.#model)
    twin.verdict = this.verdict
    twin.#bases = this.#bases
    twin.#lost = this.#lost
    twin.#window = this.#window.slice()
    twin.#waiting = this.#waiting
    twin.#witness = { ...this.#witness, order: new Set(this.#witness.order) }
    twin.#stale = this.#stale
    twin.#unseen = this.#unseen
    twin.#enough = this.#enough
    return twin
  }

  begin(id: string, client: string, call: number, input: unknown): void {
    if (this.verdict !== 'ok') return
    const read = readForModel(this.#model, input)
    this.#window.push({ id, client, call, return: null, input: read, output: undefined })
    this.#waiting++
  }

  /** It returned, with this output. */
  end(id: string, at: number, output: unknown): void {
    const found = this.#settle(id)
    if (found === null) return
    const { asked, place } = found
    const { client, call, input } = asked
    const answered: Asked = { id, client, call, return: at, input, output }
    this.#window[place] = answered
    if (!this.#goesOn(asked, answered)) this.#look()
    this.#sumUp()
  }

  /** Nobody knows whether it happened. */
  lose(id: string): void {
    if (this.#settle(id) !== null) this.#sumUp()
  }

  /** It did not happen. */
  drop(id: string): void {
    const found = this.#settle(id)
    if (found === null) return
    this.#window.splice(found.place, 1)
    if (this.#stale || this.#witness.order.has(found.asked)) this.#look()
    this.#sumUp()
  }

  #settle(id: string): { asked: Asked; place: number } | null {
    if (this.verdict !== 'ok') return null
    const place = this.#window.findLastIndex((asked) => asked.id === id && asked.return === null)
    const asked = this.#window[place]
    if (asked === undefined) return null
    this.#waiting--
    return { asked, place }
  }

  /** Whether the order that explained all so far explains this answer too, with little done to it. */
  #goesOn(asked: Asked, answered: Asked): boolean {
    if (this.#stale) return false
    const { from, order, state } = this.#witness
    if (order.has(asked))
      return this.#explains(
        from,
        Array.from(order, (one) => (one === asked ? answered : one)),
      )
    const next: unknown = this.#model.step(state, answered.input, answered.output)
    if (next === null) return this.#fitsBehindOne(answered) || this.#fitsBefore(answered)
    order.add(answered)
    this.#witness.state = next
    return true
  }

  /** Whether it fits at the end, if one that still waits, or never returned, takes effect just before it. */
  #fitsBehindOne(answered: Asked): boolean {
    const { order, state } = this.#witness
    for (const other of this.#window) {
      if (other.return !== null || order.has(other)) continue
      const between: unknown = this.#model.step(state, other.input, undefined)
      const next: unknown = between === null ? null : this.#model.step(between, answered.input, answered.output)
      if (next === null) continue
      order.add(other).add(answered)
      this.#witness.state = next
      return true
    }
    return false
  }

  /** Whether it fits before the last of the order, as far back as those had not returned when it was asked. */
  #fitsBefore(answered: Asked): boolean {
    const { from, order } = this.#witness
    const all = [...order]
    for (let place = all.length - 1; place >= 0; place--) {
      const { return: end } = all[place] as Asked
      if (end !== null && end < answered.call) return false
      if (this.#explains(from, all.toSpliced(place, 0, answered))) return true
    }
    return false
  }

  /** Whether this order explains its operations, which then is the witness. */
  #explains(from: unknown, order: readonly Asked[]): boolean {
    const state = replay(this.#model, from, order)
    if (state === null) return false
    this.#witness = { from, order: new Set(order), state }
    return true
  }

  /** Looks for an order anew. In a long window not at each return: a bad answer stays bad. */
  #look(): void {
    this.#stale = true
    if (this.#window.length > LONG && ++this.#unseen < LONG / 4) return
    this.#unseen = 0
    let dear = this.#window.length > LONGEST
    for (const base of this.#bases) {
      const ends = dear ? null : this.#search(base, false)
      dear ||= ends === null
      const end = ends?.[0]
      if (end === undefined) continue
      this.#witness = { from: base.state, order: new Set(end.order), state: end.state }
      this.#stale = false
      return
    }
    this.verdict = dear ? 'undecided' : 'illegal'
    this.#window = []
  }

  /** Where orders lead that explain the window from this base; null if that would take too long to know. */
  #search(base: Base, every: boolean): { state: unknown; order: Asked[] }[] | null {
    const all = [...this.#lost.filter((asked) => !base.used.has(asked)), ...this.#window]
    const search = new Search<unknown, unknown, unknown>(
      this.#model,
      all,
      all.map((_, place) => place),
      { lookAhead: true, begin: { state: base.state }, every },
    )
    search.run(every ? EFFORT / 10 : EFFORT)
    if (search.verdict === null) return null
    return search.ends.map(({ state, order }: End<unknown>) => ({
      state,
      order: order.map((place) => all[place] as Asked),
    }))
  }

  /** Where nobody waits, all that can have been is summed up, and the window begins anew. */
  #sumUp(): void {
    if (this.verdict !== 'ok' || this.#stale || this.#waiting > 0 || this.#window.length < SHORT) return
    const bases = this.#onlyEnd() ?? this.#searchedEnds()
    if (bases === null) return
    this.#bases = bases
    this.#lost = this.#needed([...this.#lost, ...this.#window.filter((asked) => asked.return === null)])
    this.#window = []
    const { state } = bases[0] as Base
    this.#witness = { from: state, order: new Set(), state }
  }

  /** Where the window must have led, if its last write began when all others were done; null if that is not so. */
  #onlyEnd(): Base[] | null {
    if (this.#lost.length > 0 || this.#model.foresee === undefined) return null
    let last: Asked | null = null
    for (let place = this.#window.length - 1; place >= 0; place--) {
      const asked = this.#window[place] as Asked
      if (asked.return === null) return null
      const { reads, sets } = this.#model.foresee(asked.input, asked.output)
      if (reads) continue
      if (last === null ? sets !== true : asked.return >= last.call) return null
      last ??= asked
    }
    return last === null ? null : [{ state: this.#witness.state, used: new Set() }]
  }

  /** Where it may have led, found by search: in a longer window, and after a vain one in one of twice the length. */
  #searchedEnds(): Base[] | null {
    if (this.#window.length < this.#enough) return null
    const bases = this.#ends()
    this.#enough = bases === null ? 2 * this.#window.length : ENOUGH
    return bases
  }

  /** All ways in which the window may have gone; null for too many. Who reaches a state with less is all that counts. */
  #ends(): Base[] | null {
    let found: Base[] = []
    for (const base of this.#bases) {
      const ends = this.#search(base, true)
      if (ends === null) return null
      for (const { state, order } of ends) {
        const used = new Set([...base.used, ...order.filter((asked) => asked.return === null)])
        if (found.some((other) => same(other.state, state) && isWithin(other.used, used))) continue
        found = found.filter((other) => !(same(other.state, state) && isWithin(used, other.used)))
        found.push({ state, used })
        if (found.length > MANY) return null
      }
    }
    return found
  }

  /** Of what never returned, those that can still matter: reads do not, nor what every base has used. */
  #needed(lost: readonly Asked[]): Asked[] {
    return lost.filter(
      (asked) =>
        this.#model.foresee?.(asked.input, undefined).reads !== true &&
        !this.#bases.every(({ used }) => used.has(asked)),
    )
  }
}

const isWithin = (some: ReadonlySet<Asked>, all: ReadonlySet<Asked>): boolean => [...some].every((one) => all.has(one))

function replay(model: AnyModel, from: unknown, order: readonly Asked[]): unknown {
  let state: unknown = from
  for (const { input, output } of order) {
    state = model.step(state, input, output)
    if (state === null) return null
  }
  return state
}

/** Operations in a window before it is worth summing it up, and before it is worth a search. */
const SHORT = 16
const ENOUGH = 32
/** From here on it is not looked at after each return. */
const LONG = 256
const LONGEST = 20_000
/** Operations tried before one gives up. */
const EFFORT = 200_000
/** Bases that are worth keeping. */
const MANY = 24
