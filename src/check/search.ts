import { Memo, type Words } from './memo.ts'
import type { Model, Operation } from './operation.ts'
import { callNode, isReturn, opOf, type Plan, type Planned, plan, returnNode } from './plan.ts'
import { States } from './states.ts'

/**
 * The search for an order of one partition's operations that explains all of them (Wing & Gong 1993, with the memory of
 * Lowe 2017). Calls and returns stand in a linked list by time. Placing an operation takes its two nodes out (lift); who
 * meets the return of one that is not placed has come too far, and takes back the last (unlift). It works in slices.
 *
 * What an operation that never returned did is open: it is placed wherever that helps, or left out.
 */
export class Search<S, In, Out> {
  verdict: 'ok' | 'illegal' | null = null
  /** The longest order so far, as places in the history, and the operation whose return it cannot reach. */
  longest: number[] = []
  stuck: number | null = null
  /** Where orders that explain everything have led: one of them, or each. */
  readonly ends: End<S>[] = []
  readonly #model: Model<S, In, Out>
  readonly #plan: Plan<In, Out>
  readonly #states: States<S>
  readonly #memo = new Memo()
  readonly #next: Int32Array
  readonly #prev: Int32Array
  readonly #placed: Words
  readonly #open: Words
  /** The first returned operation that is not placed; those placed have smaller numbers than `#top`. */
  #first = 0
  #top = 0
  #hash = 0
  #state: S
  #stateId: number
  readonly #left: Left
  readonly #lookAhead: boolean
  readonly #every: boolean
  #returnsLeft: number
  #node = 0
  /** What was placed, in order: operation, the state and the `#top` before it, and whether there was a choice. */
  readonly #stack: { op: Int32Array; state: Int32Array; top: Int32Array; forced: Uint8Array }
  #depth = 0
  #stuckRank = -1

  /** `places` are those of this partition in `operations`. */
  constructor(
    model: Model<S, In, Out>,
    operations: readonly Operation<In, Out>[],
    places: readonly number[],
    options: SearchOptions<S>,
  ) {
    this.#model = model
    this.#states = new States(model)
    this.#state = options.begin === undefined ? model.init() : options.begin.state
    this.#stateId = this.#states.idOf(this.#state)
    this.#plan = plan(model, this.#states, operations, places)
    const { returned, ops, nodes } = this.#plan
    this.#next = new Int32Array(2 * ops.length + 1)
    this.#prev = new Int32Array(2 * ops.length + 1)
    link(nodes, this.#next, this.#prev)
    this.#placed = { words: new Uint32Array((returned >>> 5) + 1), begin: 0, end: 0 }
    this.#open = { words: new Uint32Array(((ops.length - returned) >>> 5) + 1), begin: 0, end: 0 }
    const n = ops.length + 1
    this.#stack = { op: new Int32Array(n), state: new Int32Array(n), top: new Int32Array(n), forced: new Uint8Array(n) }
    this.#returnsLeft = returned
    this.#left = new Left(this.#plan)
    this.#every = options.every === true
    this.#lookAhead = options.lookAhead && this.#plan.foreseen
    if (this.#lookAhead && this.#left.isHopeless(this.#stateId)) this.verdict = 'illegal'
    this.#placeReads()
    this.#node = this.#next[0] as number
  }

  /** Goes on for at most so many steps, a step being one operation tried. Returns how many it took. */
  run(budget: number): number {
    let steps = 0
    while (this.verdict === null && steps < budget) {
      if (this.#returnsLeft === 0) this.#succeed()
      else if (isReturn(this.#node)) this.#turnBack()
      else if (this.#tryCall(opOf(this.#node))) steps++
    }
    return steps
  }

  /** The longest order so far, be it even the one that is being tried. */
  best(): number[] {
    return this.#depth > this.longest.length ? this.#order() : this.longest
  }

  /** Tries this operation next; false if there is no need to ask the model. */
  #tryCall(op: number): boolean {
    const node = this.#node
    this.#node = this.#next[node] as number
    const { isRead, twin, returned, ops } = this.#plan
    // Every read that fits is placed by now; of two that never returned and ask the same, the earlier goes first.
    if (isRead[op] === 1) return false
    const other = twin[op] as number
    if (other >= 0 && !this.#has(other)) return false
    const { input, output } = ops[op] as Planned<In, Out>
    const state = this.#model.step(this.#state, input, output)
    if (state === null) return true
    const id = state === this.#state ? this.#stateId : this.#states.idOf(state)
    if (op >= returned && id === this.#stateId) return true
    if (this.#wasInVain(input, output, id)) return true
    const before = this.#stateId
    this.#place(op, state, id, false)
    const dead = this.#lookAhead && id !== before && this.#left.isMissed(before)
    if (dead || !this.#remember()) {
      this.#takeBack()
      return true
    }
    const depth = this.#depth
    this.#placeReads()
    if (this.#depth > depth && !this.#remember()) this.#takeBackChoice()
    else this.#node = this.#next[0] as number
    return true
  }

  /** Whether the one placed last never returned, and this one comes to the same without it. */
  #wasInVain(input: In, output: Out | undefined, id: number): boolean {
    if (this.#depth === 0 || (this.#stack.op[this.#depth - 1] as number) < this.#plan.returned) return false
    const without = this.#model.step(this.#states.get(this.#stack.state[this.#depth - 1] as number), input, output)
    return without !== null && this.#states.idOf(without) === id
  }

  /** Places every read in reach that fits the state: sooner is never worse for what changes nothing. */
  #placeReads(): void {
    if (!this.#plan.anyReads) return
    let before = 0
    let node = this.#next[0] as number
    while (node !== 0 && !isReturn(node)) {
      const op = opOf(node)
      let fits = false
      if (this.#plan.isRead[op] === 1) {
        const { input, output } = this.#plan.ops[op] as Planned<In, Out>
        fits = this.#model.step(this.#state, input, output) !== null
      }
      if (fits) this.#place(op, this.#state, this.#stateId, true)
      else before = node
      node = this.#next[before] as number
    }
  }

  /** The return of an operation that is not placed: no order that begins like this one reaches it. */
  #turnBack(): void {
    const rank = this.#plan.rank[this.#node] as number
    if (this.#depth > this.longest.length || (this.#depth === this.longest.length && rank > this.#stuckRank)) {
      this.longest = this.#order()
      this.stuck = this.#plan.ops[opOf(this.#node)]?.place ?? null
      this.#stuckRank = rank
    }
    this.#takeBackChoice()
  }

  #succeed(): void {
    const order = this.#order()
    this.ends.push({ state: this.#state, order })
    if (this.#every) return this.#takeBackChoice()
    this.verdict = 'ok'
    this.longest = order
    this.stuck = null
  }

  #order(): number[] {
    return Array.from(this.#stack.op.subarray(0, this.#depth), (op) => (this.#plan.ops[op] as Planned<In, Out>).place)
  }

  /** Takes back all up to the last operation that had a choice, and goes on behind its call. */
  #takeBackChoice(): void {
    while (this.#depth > 0) {
      const op = this.#stack.op[this.#depth - 1] as number
      const forced = this.#stack.forced[this.#depth - 1] === 1
      this.#takeBack()
      if (forced) continue
      this.#node = this.#next[callNode(op)] as number
      return
    }
    this.verdict = this.ends.length === 0 ? 'illegal' : 'ok'
  }

  #remember(): boolean {
    this.#placed.begin = this.#first >>> 5
    this.#placed.end = Math.max(this.#placed.begin, (this.#top + 31) >>> 5)
    let end = this.#open.words.length
    while (end > 0 && this.#open.words[end - 1] === 0) end--
    this.#open.end = end
    return this.#memo.add(this.#stateId, this.#hash, this.#placed, this.#open)
  }

  #place(op: number, state: S, id: number, forced: boolean): void {
    const depth = this.#depth++
    this.#stack.op[depth] = op
    this.#stack.state[depth] = this.#stateId
    this.#stack.top[depth] = this.#top
    this.#stack.forced[depth] = forced ? 1 : 0
    this.#state = state
    this.#stateId = id
    this.#flip(op)
    this.#left.take(op)
    this.#unlink(callNode(op))
    const { returned } = this.#plan
    if (op >= returned) return
    this.#unlink(returnNode(op))
    this.#returnsLeft--
    this.#top = Math.max(this.#top, op + 1)
    while (this.#first < returned && this.#has(this.#first)) this.#first++
  }

  #takeBack(): void {
    const depth = --this.#depth
    const op = this.#stack.op[depth] as number
    this.#stateId = this.#stack.state[depth] as number
    this.#state = this.#states.get(this.#stateId)
    this.#top = this.#stack.top[depth] as number
    this.#flip(op)
    this.#left.giveBack(op)
    if (op < this.#plan.returned) {
      this.#relink(returnNode(op))
      this.#returnsLeft++
      this.#first = Math.min(this.#first, op)
    }
    this.#relink(callNode(op))
  }

  #has(op: number): boolean {
    const { returned } = this.#plan
    const words = op < returned ? this.#placed.words : this.#open.words
    const bit = op < returned ? op : op - returned
    return (((words[bit >>> 5] as number) >>> (bit & 31)) & 1) === 1
  }

  #flip(op: number): void {
    const { returned } = this.#plan
    const words = op < returned ? this.#placed.words : this.#open.words
    const bit = op < returned ? op : op - returned
    words[bit >>> 5] = ((words[bit >>> 5] as number) ^ (1 << (bit & 31))) >>> 0
    this.#hash ^= this.#plan.code[op] as number
  }

  #unlink(node: number): void {
    const [before, after] = [this.#prev[node] as number, this.#next[node] as number]
    this.#next[before] = after
    this.#prev[after] = before
  }

  #relink(node: number): void {
    this.#next[this.#prev[node] as number] = node
    this.#prev[this.#next[node] as number] = node
  }
}

export interface SearchOptions<S> {
  /** Turns back early from what cannot end well; then the longest order that was met may not be the longest there is. */
  lookAhead: boolean
  /** The state before everything; the model's own if left out. */
  begin?: { state: S }
  /** Goes on after the first order that explains everything, until all `ends` are known. */
  every?: boolean
}

/** An order that explains everything, and the state that it leads to. */
export interface End<S> {
  state: S
  order: readonly number[]
}

/** Node 0 is the head, and what follows the last. */
function link(nodes: Int32Array, next: Int32Array, prev: Int32Array): void {
  let before = 0
  for (const node of nodes) {
    next[before] = node
    prev[node] = before
    before = node
  }
  next[before] = 0
  prev[0] = before
}

/** How many of the operations that are not placed need a state, and how many lead to it. */
class Left {
  readonly #needs: Int32Array
  readonly #gives: Int32Array
  readonly #plan: Pick<Plan<unknown, unknown>, 'needs' | 'gives'>

  constructor(plan: Pick<Plan<unknown, unknown>, 'needs' | 'gives' | 'states' | 'returned'>) {
    this.#plan = plan
    this.#needs = new Int32Array(plan.states)
    this.#gives = new Int32Array(plan.states)
    for (const state of plan.needs) if (state >= 0) this.#needs[state] = (this.#needs[state] as number) + 1
    for (const state of plan.gives) if (state >= 0) this.#gives[state] = (this.#gives[state] as number) + 1
  }

  take(op: number): void {
    this.#count(op, -1)
  }

  giveBack(op: number): void {
    this.#count(op, 1)
  }

  /** Whether a state was left for good although an operation needs it. */
  isMissed(state: number): boolean {
    return (this.#needs[state] ?? 0) > 0 && this.#gives[state] === 0
  }

  /** Whether something needs a state that neither is there nor ever comes. */
  isHopeless(begin: number): boolean {
    return this.#needs.some((_, state) => state !== begin && this.isMissed(state))
  }

  #count(op: number, by: 1 | -1): void {
    const [need, gift] = [this.#plan.needs[op] as number, this.#plan.gives[op] as number]
    if (need >= 0) this.#needs[need] = (this.#needs[need] as number) + by
    if (gift >= 0) this.#gives[gift] = (this.#gives[gift] as number) + by
  }
}
