import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { FIRST_INCARNATION, NOBODY, printOf, type Roster, type Standing } from './roster.ts'

/** What one server holds of another. A value: replaced, never changed. */
export interface Member {
  readonly standing: Standing
  readonly incarnation: number
  /** When it came to stand so, on the holder's own clock. */
  readonly since: Micros
}

const FOUNDER: Member = { standing: 'alive', incarnation: FIRST_INCARNATION, since: 0 }

/**
 * Whom one server knows, and what it believes of each. It says how it differs from a roster that all share, so its size is
 * that of what happened and not that of the cluster. Copies share what they hold until one of them changes it.
 *
 * Every member has a slot, a place in a list without order that only grows; probing and gossip draw slots.
 */
export class MemberList {
  readonly #roster: Roster
  /** Null for one that is not known: not met, or forgotten. */
  #differences: Map<ProcessId, Member | null>
  #joined: ProcessId[]
  #shared = false
  #known: number
  #print: number

  constructor(roster: Roster = NOBODY) {
    this.#roster = roster
    this.#differences = new Map()
    this.#joined = []
    this.#known = roster.names.length
    this.#print = roster.print
  }

  /** How many are known, the dead among them. */
  get known(): number {
    return this.#known
  }
  /** How many slots there are; some may be of members that are forgotten. */
  get slots(): number {
    return this.#roster.names.length + this.#joined.length
  }
  /** Stands for names, standings and incarnations of all members, whatever their order. */
  get print(): number {
    return this.#print
  }

  get(name: ProcessId): Member | undefined {
    if (this.#differences.size === 0) return this.#roster.has.has(name) ? FOUNDER : undefined
    const different = this.#differences.get(name)
    if (different !== undefined) return different ?? undefined
    return this.#roster.has.has(name) ? FOUNDER : undefined
  }

  /** Whether all are as the roster says: alive, in their first incarnation. */
  get untouched(): boolean {
    return this.#differences.size === 0
  }

  /** Who holds this slot; it may be one that is not known any more. */
  at(slot: number): ProcessId {
    const { names } = this.#roster
    return (slot < names.length ? names[slot] : this.#joined[slot - names.length]) as ProcessId
  }

  /** True if the member has a new slot. */
  set(name: ProcessId, member: Member): boolean {
    this.#own()
    const before = this.get(name)
    const met = this.#differences.has(name) || this.#roster.has.has(name)
    this.#differences.set(name, member)
    this.#known += before === undefined ? 1 : 0
    const gone = before === undefined ? 0 : printOf(name, before.standing, before.incarnation)
    this.#print = (this.#print - gone + printOf(name, member.standing, member.incarnation)) | 0
    if (!met) this.#joined.push(name)
    return !met
  }

  forget(name: ProcessId): void {
    const before = this.get(name)
    if (before === undefined) return
    this.#own()
    this.#differences.set(name, null)
    this.#known--
    this.#print = (this.#print - printOf(name, before.standing, before.incarnation)) | 0
  }

  /** All members, in the order of their slots. */
  *members(): IterableIterator<[ProcessId, Member]> {
    for (let slot = 0; slot < this.slots; slot++) {
      const name = this.at(slot)
      const member = this.get(name)
      if (member !== undefined) yield [name, member]
    }
  }

  /** The members that are not as their roster says, in the order in which they first differed. */
  *changed(): IterableIterator<[ProcessId, Member]> {
    for (const [name, member] of this.#differences) if (member !== null) yield [name, member]
  }

  /**
   * Of `other`, the members that may be news here: where both stand on one roster, those alone of which either of the two
   * differs from it. What is left out is alive in its first incarnation to both, which no rule lets anything come of.
   */
  *news(other: MemberList): IterableIterator<[ProcessId, Member]> {
    if (other.#roster !== this.#roster) {
      yield* other.members()
      return
    }
    yield* other.changed()
    for (const [name] of this.#differences) {
      if (!other.#differences.has(name) && other.#roster.has.has(name)) yield [name, FOUNDER]
    }
  }

  copy(): MemberList {
    const twin = new MemberList(this.#roster)
    twin.#differences = this.#differences
    twin.#joined = this.#joined
    twin.#known = this.#known
    twin.#print = this.#print
    twin.#shared = true
    this.#shared = true
    return twin
  }

  #own(): void {
    if (!this.#shared) return
    this.#differences = new Map(this.#differences)
    this.#joined = this.#joined.slice()
    this.#shared = false
  }
}
