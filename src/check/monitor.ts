import { eventCode, eventSet, type Event, type EventType } from '../kernel/event.ts'
import type { Observer } from '../kernel/simulation.ts'
import type { LabTypes, ProcessId, World } from '../kernel/types.ts'
import type { Micros } from '../base/units.ts'

/** What a monitor says when it sees its property broken: a sentence with servers, entries and terms in it. */
export interface Finding {
  text: string
  nodes: readonly ProcessId[]
}

export interface Violation extends Finding {
  monitor: string
  at: Micros
  seq: number
}

/** An invariant, watched while a run happens. Named after its property; `M` is what it remembers, plain data. */
export interface Monitor<T extends LabTypes, M = unknown> {
  readonly name: string
  /** The property in one sentence. */
  readonly says: string
  readonly source: string
  readonly on: readonly EventType[]
  begin(): M
  watch(memory: M, event: Event<T>, world: World<T>): Finding | null
  copy(memory: M): M
  /** Why it can no longer say whether its property holds; null while it can. */
  undecided?(memory: M): string | null
}

/** Closes over what a monitor remembers, so that monitors of different memories fit into one list. */
export function monitor<T extends LabTypes, M>(definition: Monitor<T, M>): Monitor<T> {
  return definition
}

/** Most violations that one monitor reports in a run: a broken property tends to stay broken. */
const MAX_PER_MONITOR = 20

/** All monitors of a lab over one run, with what they remember and what they found. */
export class Watch<T extends LabTypes> implements Observer<T> {
  readonly wants: number
  readonly causes = false
  readonly monitors: readonly Monitor<T>[]
  readonly violations: Violation[] = []
  /** Events that each monitor has seen. */
  readonly watched: number[]
  #memories: unknown[]
  readonly #byType: readonly (readonly number[])[]

  constructor(monitors: readonly Monitor<T>[]) {
    this.monitors = monitors
    this.#memories = monitors.map((m) => m.begin())
    this.watched = monitors.map(() => 0)
    this.#byType = listeners(monitors)
    this.wants = eventSet(monitors.flatMap((m) => m.on))
  }

  observe(event: Event<T>, world: World<T>): void {
    for (const i of this.#byType[eventCode(event.type)] as readonly number[]) {
      const m = this.monitors[i] as Monitor<T>
      this.watched[i] = (this.watched[i] as number) + 1
      const found = m.watch(this.#memories[i], event, world)
      if (found !== null) this.#report(m, found, event)
    }
  }

  /** The same watch at the same moment, which goes its own way from here. */
  copy(): Watch<T> {
    const twin = new Watch(this.monitors)
    twin.#memories = this.monitors.map((m, i) => m.copy(this.#memories[i]))
    twin.violations.push(...this.violations)
    for (const [i, n] of this.watched.entries()) twin.watched[i] = n
    return twin
  }

  /** What each monitor can no longer say, by its place; null while it can. */
  undecided(): (string | null)[] {
    return this.monitors.map((m, i) => m.undecided?.(this.#memories[i]) ?? null)
  }

  #report(m: Monitor<T>, found: Finding, event: Event<T>): void {
    if (this.violations.filter((v) => v.monitor === m.name).length >= MAX_PER_MONITOR) return
    this.violations.push({ ...found, monitor: m.name, at: event.at, seq: event.seq })
  }
}

function listeners<T extends LabTypes>(monitors: readonly Monitor<T>[]): number[][] {
  const byType: number[][] = Array.from({ length: 32 }, () => [])
  for (const [i, m] of monitors.entries()) for (const type of m.on) byType[eventCode(type)]?.push(i)
  return byType
}
