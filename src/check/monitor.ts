import { assert } from '../base/assert.ts'
import { EVENT_TYPES, eventCode, eventSet, type Event, type EventType } from '../kernel/event.ts'
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
  /** Of the events that the gate knows, it need not see those after which the gate says that nothing has changed. */
  readonly gate?: Gate<T>
  /** Why it can no longer say whether its property holds; null while it can. */
  undecided?(memory: M): string | null
}

/**
 * Most handlers change nothing that an invariant speaks of. What many monitors would each find out for themselves is found
 * out once, before any of them is asked. `G` is what it remembers, plain data.
 */
export interface Gate<T extends LabTypes, G = unknown> {
  readonly on: readonly EventType[]
  begin(): G
  /** Whether anything that its monitors look at may have changed since it was last asked; remembers how it is now. */
  opens(memory: G, event: Event<T>, world: World<T>): boolean
  /** A monitor has reported this event, and wants to look again at the next one whatever happens. */
  forget(memory: G, event: Event<T>): void
  copy(memory: G): G
}

/** Closes over what a gate remembers. */
export function gate<T extends LabTypes, G>(definition: Gate<T, G>): Gate<T> {
  return definition
}

/** Closes over what a monitor remembers, so that monitors of different memories fit into one list. */
export function monitor<T extends LabTypes, M>(definition: Monitor<T, M>): Monitor<T> {
  return definition
}

/** Most violations that one monitor reports in a run: a broken property tends to stay broken. */
const MAX_PER_MONITOR = 20

/** All monitors of a lab over one run, with what they remember and what they found. At most one gate stands before them. */
export class Watch<T extends LabTypes> implements Observer<T> {
  readonly wants: number
  readonly causes = false
  readonly ids = false
  readonly monitors: readonly Monitor<T>[]
  readonly violations: Violation[] = []
  #memories: unknown[]
  #gateMemory: unknown
  /** Events so far, by the number of their type. */
  readonly #events: number[]
  readonly #plan: Plan<T>

  constructor(monitors: readonly Monitor<T>[], plan: Plan<T> = planOf(monitors)) {
    this.monitors = monitors
    this.wants = eventSet(monitors.flatMap((m) => m.on))
    this.#memories = monitors.map((m) => m.begin())
    this.#gateMemory = plan.gate?.begin()
    this.#events = plan.listeners.map(() => 0)
    this.#plan = plan
  }

  /** Events that each monitor has seen, or that its gate has seen for it. */
  get watched(): number[] {
    return this.monitors.map(({ on }) => on.reduce((sum, type) => sum + (this.#events[eventCode(type)] as number), 0))
  }

  observe(event: Event<T>, world: World<T>): void {
    const code = eventCode(event.type)
    this.#events[code] = (this.#events[code] as number) + 1
    const { all, ungated } = this.#plan.listeners[code] as Listeners
    const { gate } = this.#plan
    const skips = gate !== null && ungated !== all && !gate.opens(this.#gateMemory, event, world)
    const asked = skips ? ungated : all
    for (let n = 0; n < asked.length; n++) {
      const i = asked[n] as number
      const m = this.monitors[i] as Monitor<T>
      const found = m.watch(this.#memories[i], event, world)
      if (found !== null) this.#report(m, found, event)
    }
  }

  /** The same watch at the same moment, which goes its own way from here. */
  copy(): Watch<T> {
    const twin = new Watch(this.monitors, this.#plan)
    twin.#memories = this.monitors.map((m, i) => m.copy(this.#memories[i]))
    twin.#gateMemory = this.#plan.gate?.copy(this.#gateMemory)
    twin.violations.push(...this.violations)
    for (const [code, n] of this.#events.entries()) twin.#events[code] = n
    return twin
  }

  /** What each monitor can no longer say, by its place; null while it can. */
  undecided(): (string | null)[] {
    return this.monitors.map((m, i) => m.undecided?.(this.#memories[i]) ?? null)
  }

  #report(m: Monitor<T>, found: Finding, event: Event<T>): void {
    this.#plan.gate?.forget(this.#gateMemory, event)
    if (this.violations.filter((v) => v.monitor === m.name).length >= MAX_PER_MONITOR) return
    this.violations.push({ ...found, monitor: m.name, at: event.at, seq: event.seq })
  }
}

/** Who listens to the events of a type, as places in the list of monitors: all, and those that no gate keeps away. */
interface Listeners {
  readonly all: readonly number[]
  readonly ungated: readonly number[]
}

interface Plan<T extends LabTypes> {
  readonly gate: Gate<T> | null
  /** By the number of the event type. */
  readonly listeners: readonly Listeners[]
}

/** Found once for a list of monitors: a hunt makes hundreds of watches a second of the same one. */
function planOf<T extends LabTypes>(monitors: readonly Monitor<T>[]): Plan<T> {
  const known = plans.get(monitors)
  if (known !== undefined) return known
  const [gate = null, ...others] = new Set(monitors.flatMap((m) => m.gate ?? []))
  assert(others.length === 0, 'the monitors of a lab share one gate')
  const plan = { gate, listeners: EVENT_TYPES.map((type) => listenersOf(monitors, type)) }
  plans.set(monitors, plan)
  return plan
}

function listenersOf<T extends LabTypes>(monitors: readonly Monitor<T>[], type: EventType): Listeners {
  const all = [...monitors.keys()].filter((i) => monitors[i]?.on.includes(type))
  const ungated = all.filter((i) => monitors[i]?.gate?.on.includes(type) !== true)
  return { all, ungated: ungated.length === all.length ? all : ungated }
}

const plans = new WeakMap<object, Plan<LabTypes>>()
