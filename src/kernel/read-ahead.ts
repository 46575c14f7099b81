import { type Due, isTimer, processOf, timerOf } from './due.ts'
import { findTimer, type Machine } from './machine.ts'
import type { LabTypes, ProcessId } from './types.ts'

/**
 * Reads what the next handlers of a crowd will need, and does nothing with it. All that belongs to one process was last used
 * half a second ago and has left the cache since. Whoever asks for one thing after the other, as a handler does, waits for
 * each; what is asked for in a row, for many processes, comes in a twentieth of that time. So this goes in stages: each
 * asks all of them for one thing, by way of what the stage before has brought.
 */
export class ReadAhead<T extends LabTypes> {
  /** What was read, mixed: nobody asks for it, but without a use the reading would be left out. */
  mixed = 0
  readonly #owners: number[] = []
  readonly #names: string[] = []
  readonly #peers: number[] = []
  readonly #from: number[] = Array.from({ length: GROUP }, () => 0)
  readonly #to: number[] = Array.from({ length: GROUP }, () => 0)
  #sent = 0

  /** The first so many of these things come up soon. */
  soon(items: readonly (Due<T> | undefined)[], count: number, machines: readonly Machine<T>[], placeOf: PlaceOf): void {
    let n = 0
    for (let i = 0; i < count; i++) {
      const due = items[i] as Due<T>
      if (!isTimer(due)) continue
      this.#names[n] = timerOf(due)
      this.#owners[n++] = processOf(due)
    }
    const live = this.#keepLive(n, machines)
    this.#readMachines(this.#owners, live, machines)
    this.#readStates(this.#owners, live, machines, true)
    this.#readPeers(this.#findPeers(live, machines, placeOf), machines)
  }

  /** Of the owners of these timers, those whose timer has not been moved or cancelled since: there alone a handler will run. */
  #keepLive(n: number, machines: readonly Machine<T>[]): number {
    let h = 0
    for (let i = 0; i < n; i++) {
      const m = machines[this.#owners[i] as number] as Machine<T>
      h ^= m.life ^ (m.timers === null ? 1 : 0)
    }
    this.mixed ^= h
    let live = 0
    for (let i = 0; i < n; i++) {
      const owner = this.#owners[i] as number
      const timer = findTimer(machines[owner] as Machine<T>, this.#names[i] as string)
      if (timer !== undefined && timer.armedAt === timer.dueAt) this.#owners[live++] = owner
    }
    return live
  }

  /** Whom these will send to: how many say so. From then on the owners are those that do. */
  #findPeers(n: number, machines: readonly Machine<T>[], placeOf: PlaceOf): number {
    let k = 0
    for (let i = 0; i < n; i++) {
      const owner = this.#owners[i] as number
      const { state, process } = machines[owner] as Machine<T>
      const peer = state === null || process.addresses === undefined ? null : process.addresses(state)
      const place = peer === null ? undefined : placeOf(peer)
      if (place === undefined) continue
      this.#owners[k] = owner
      this.#peers[k++] = place
    }
    return k
  }

  /** What the peers will need, and how often the two have written to each other. */
  #readPeers(n: number, machines: readonly Machine<T>[]): void {
    this.#readMachines(this.#peers, n, machines)
    this.#readStates(this.#peers, n, machines, false)
    let h = 0
    for (let i = 0; i < n; i++) {
      const owner = this.#owners[i] as number
      const peer = this.#peers[i] as number
      h ^= (machines[owner] as Machine<T>).sends.peek(peer) ^ (machines[peer] as Machine<T>).sends.peek(owner)
    }
    this.mixed ^= h
  }

  /** A message is on its way there, and is not the answer to one that came from there just now. */
  sent(from: number, to: number, machines: readonly Machine<T>[]): void {
    this.#from[this.#sent] = from
    this.#to[this.#sent++] = to
    if (this.#sent < GROUP) return
    this.#sent = 0
    this.#readMachines(this.#to, GROUP, machines)
    this.#readStates(this.#to, GROUP, machines, false)
    this.#readCounts(machines)
  }

  /** Their counts of answers to those who wrote. */
  #readCounts(machines: readonly Machine<T>[]): void {
    let h = 0
    for (let i = 0; i < GROUP; i++) {
      h ^= (machines[this.#to[i] as number] as Machine<T>).sends.peek(this.#from[i] as number)
    }
    this.mixed ^= h
  }

  #readMachines(places: readonly number[], n: number, machines: readonly Machine<T>[]): void {
    let h = 0
    for (let i = 0; i < n; i++) {
      const m = machines[places[i] as number] as Machine<T>
      h ^= m.life ^ m.lastSeq ^ m.draws ^ (m.links === null ? 1 : 0) ^ (m.id === '' ? 1 : 0)
    }
    this.mixed ^= h
  }

  #readStates(places: readonly number[], n: number, machines: readonly Machine<T>[], expires: boolean): void {
    let h = 0
    for (let i = 0; i < n; i++) {
      const { state, process, sends } = machines[places[i] as number] as Machine<T>
      h ^= sends.used
      if (state !== null && process.fetch !== undefined) h ^= process.fetch(state, expires)
    }
    this.mixed ^= h
  }
}

/** For so many messages at once: more would save more of those that take long, and come too late for those that do not. */
const GROUP = 4

type PlaceOf = (id: ProcessId) => number | undefined
