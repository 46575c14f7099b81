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
 * that of what happened and not that of the cluster. Once shared it is a value, and stands for all who believe the same:
 * in a cluster at rest all servers hold one list.
 *
 * Every member has a slot, a place in a list without order that only grows; probing and gossip draw slots.
 */
export class MemberList {
  readonly #roster: Roster
  /** Null for one that is not known: not met, or forgotten. */
  readonly #differences: Map<ProcessId, Member | null>
  readonly #joined: ProcessId[]
  #untouched: boolean
  #slots: number
  #known: number
  #print: number
  #shared = false

  private constructor(roster: Roster, of: MemberList | null) {
    this.#roster = roster
    this.#differences = new Map(of === null ? [] : of.#differences)
    this.#joined = of === null ? [] : of.#joined.slice()
    this.#untouched = of === null || of.#untouched
    this.#slots = of === null ? roster.names.length : of.#slots
    this.#known = of === null ? roster.names.length : of.#known
    this.#print = of === null ? roster.print : of.#print
  }

  /** All of the roster, alive; without one, nobody. */
  static of(roster: Roster = NOBODY): MemberList {
    let list = lists.get(roster)
    if (list === undefined) lists.set(roster, (list = new MemberList(roster, null).share()))
    return list
  }

  /** How many are known, the dead among them. */
  get known(): number {
    return this.#known
  }
  /** How many slots there are; some may be of members that are forgotten. */
  get slots(): number {
    return this.#slots
  }
  /** Stands for names, standings and incarnations of all members, whatever their order. */
  get print(): number {
    return this.#print
  }

  get(name: ProcessId): Member | undefined {
    if (this.#untouched) return this.#roster.has.has(name) ? FOUNDER : undefined
    const different = this.#differences.get(name)
    if (different !== undefined) return different ?? undefined
    return this.#roster.has.has(name) ? FOUNDER : undefined
  }

  /** Whether all are as the roster says: alive, in their first incarnation. */
  get untouched(): boolean {
    return this.#untouched
  }

  /** Who holds this slot; it may be one that is not known any more. */
  at(slot: number): ProcessId {
    const { names } = this.#roster
    return (slot < names.length ? names[slot] : this.#joined[slot - names.length]) as ProcessId
  }

  /** The list with this member in it: this one if nobody shares it. */
  with(name: ProcessId, member: Member): MemberList {
    if (this.#shared) return new MemberList(this.#roster, this).with(name, member)
    const before = this.get(name)
    const met = this.#differences.has(name) || this.#roster.has.has(name)
    this.#differences.set(name, member)
    this.#untouched = false
    this.#known += before === undefined ? 1 : 0
    const gone = before === undefined ? 0 : printOf(name, before.standing, before.incarnation)
    this.#print = (this.#print - gone + printOf(name, member.standing, member.incarnation)) | 0
    if (met) return this
    this.#joined.push(name)
    this.#slots++
    return this
  }

  /** The list with this member forgotten: this one if nobody shares it. Its slot stays. */
  without(name: ProcessId): MemberList {
    const before = this.get(name)
    if (before === undefined) return this
    if (this.#shared) return new MemberList(this.#roster, this).without(name)
    this.#differences.set(name, null)
    this.#untouched = false
    this.#known--
    this.#print = (this.#print - printOf(name, before.standing, before.incarnation)) | 0
    return this
  }

  /** This list, to be held by more than one: nobody changes it from now on. */
  share(): this {
    this.#shared = true
    return this
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
    if (other === this) return
    if (other.#roster !== this.#roster) {
      yield* other.members()
      return
    }
    yield* other.changed()
    for (const [name] of this.#differences) {
      if (!other.#differences.has(name) && other.#roster.has.has(name)) yield [name, FOUNDER]
    }
  }
}

/** Of each roster, the list in which all are as they began. A cache: no run can tell that it is there. */
const lists = new WeakMap<Roster, MemberList>()
