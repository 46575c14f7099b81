import type { Micros } from '../base/units.ts'
import type { LabTypes, TimedCommand } from '../kernel/types.ts'
import { type Branch, FIRST_BRANCH, MOST_BRANCHES } from '../lab/branch.ts'
import type { Fired, Moment, Tree } from './messages.ts'

/** What a run came to: its commands, what of its script came true, and how far it was seen. Never any of its states. */
export interface Future {
  commands: readonly TimedCommand<LabTypes>[]
  fired: readonly Fired[]
  reached: Micros
}

/** Something that was done, or undone, to go back to. */
interface Deed {
  /** The run as it was on the other side, and what it was called. */
  future: Future
  name: string
  /** Where to stand there. */
  moment: Moment
  /** The rail that it left; gone again when it is taken back. */
  left: Branch | null
}

/** The futures beside the one on show, and what can be undone and redone. Command lists only. */
export class Branches {
  #name: string
  #others: readonly Branch[]
  #next: number
  #done: Deed[] = []
  #undone: Deed[] = []

  constructor({ name = FIRST_BRANCH, branches = [] }: Partial<Tree> = {}) {
    this.#name = name
    this.#others = branches
    this.#next = branches.reduce((most, { id }) => Math.max(most, id), 1) + 1
  }

  get tree(): Tree {
    return { name: this.#name, branches: this.#others, redoable: this.#undone.length > 0 }
  }

  /** Something is done at this moment of a run; `keeps` if it had a future to be left as a rail. */
  act(future: Future, moment: Moment, keeps: boolean): void {
    const left = keeps ? { ...future, id: this.#next, name: this.#name } : null
    this.#done.push({ future, name: this.#name, moment, left })
    if (this.#done.length > MOST_DEEDS) this.#done.shift()
    this.#undone = []
    if (left === null) return
    this.#others = [...this.#others, left].slice(-MOST_BRANCHES)
    this.#name = `Branch ${this.#next++}`
  }

  /** Takes back what was done last: the run as it was before. Null if nothing is remembered. */
  undo(now: Future, moment: Moment): Deed | null {
    const deed = this.#done.pop()
    if (deed === undefined) return null
    this.#undone.push({ ...deed, future: now, name: this.#name, moment })
    this.#name = deed.name
    this.#others = this.#others.filter(({ id }) => id !== deed.left?.id)
    return deed
  }

  /** What was undone without being remembered as done, by what the run's own commands say. */
  undid(now: Future, moment: Moment): void {
    this.#undone.push({ future: now, name: this.#name, moment, left: null })
  }

  /** Does again what was undone last. Null if there is nothing. */
  redo(now: Future, moment: Moment): Deed | null {
    const deed = this.#undone.pop()
    if (deed === undefined) return null
    this.#done.push({ ...deed, future: now, name: this.#name, moment })
    this.#name = deed.name
    if (deed.left !== null) this.#others = [...this.#others, deed.left].slice(-MOST_BRANCHES)
    return deed
  }

  /** Another future comes on show, and the one that was becomes a rail. Null if there is none of this number. */
  switchTo(id: number, now: Future): Future | null {
    const target = this.#others.find((branch) => branch.id === id)
    if (target === undefined) return null
    const here = { ...now, id, name: this.#name }
    this.#others = this.#others.map((branch) => (branch === target ? here : branch))
    this.#name = target.name
    this.#done = []
    this.#undone = []
    return target
  }

  remove(id: number): void {
    this.#others = this.#others.filter((branch) => branch.id !== id)
  }

  /** Names a rail; null for the run on show. */
  rename(id: number | null, name: string): void {
    if (id === null) this.#name = name
    this.#others = this.#others.map((branch) => (branch.id === id ? { ...branch, name } : branch))
  }
}

const MOST_DEEDS = 100
