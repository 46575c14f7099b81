import { type Event, EVENT_TYPES, eventCode, eventSet, type EventType } from '../kernel/event.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Micros } from '../base/units.ts'
import type { JumpKind, Moment } from './messages.ts'
import type { Timeline } from './timeline.ts'

/** Looks at events, and remembers whether one was of its kind. */
export class Spy {
  readonly wants: number
  readonly #is: (event: Event<LabTypes>) => boolean
  #seen = false

  constructor(on: readonly EventType[], is: (event: Event<LabTypes>) => boolean) {
    this.wants = eventSet(on)
    this.#is = is
  }

  look(event: Event<LabTypes>): void {
    if (!this.#seen && ((this.wants >> eventCode(event.type)) & 1) === 1) this.#seen = this.#is(event)
  }

  /** Whether there was one since this was asked last. */
  take(): boolean {
    const seen = this.#seen
    this.#seen = false
    return seen
  }
}

const FAULTS: readonly EventType[] = [
  'crashed',
  'started',
  'paused',
  'resumed',
  'stalled',
  'wiped',
  'adjusted',
  'cut',
  'mended',
]

/** A search for the next or the last moment of a kind, in slices. It stands right after the step that has it, or where it began. */
export class Search {
  readonly #timeline: Timeline
  readonly #by: 1 | -1
  readonly #spy: Spy
  readonly #end: Micros
  readonly #begin: Moment
  /** Counted apart: no event says that a property broke. */
  readonly #violations: boolean
  /** Backwards: so many steps have not been looked at. */
  #left: number

  constructor(timeline: Timeline, { to, by, limit }: { to: JumpKind; by: 1 | -1; limit: Micros }) {
    this.#timeline = timeline
    this.#by = by
    this.#violations = to === 'violation'
    this.#spy = spyFor(timeline, to)
    this.#begin = timeline.moment
    this.#end = by === 1 ? this.#begin.at + limit : 0
    this.#left = timeline.moment.steps
    if (by === 1) timeline.witness.spy(this.#spy)
  }

  /** Where it is, and where it ends at the latest. */
  get at(): Micros {
    return this.#timeline.moment.at
  }
  get target(): Micros {
    return Math.max(this.#end, this.#begin.at)
  }

  /** Looks on, about so many steps far: whether it found one, or null while that is not known. */
  goOn(steps: number): boolean | null {
    const found = this.#by === 1 ? this.#forward(steps) : this.#back()
    if (found !== null) this.end()
    return found
  }

  end(): void {
    this.#timeline.witness.spy(null)
  }

  #forward(steps: number): boolean | null {
    const timeline = this.#timeline
    const { witness } = timeline
    for (let i = 0; i < steps; i++) {
      const broken = witness.violations.length
      if (!timeline.stepForward(this.#end)) {
        timeline.goTo(this.#begin)
        return false
      }
      if (this.#spy.take() || (this.#violations && witness.violations.length > broken)) return true
    }
    return null
  }

  /** From one checkpoint to the one before it. */
  #back(): boolean | null {
    if (this.#left === 0) return false
    const end = this.#left
    const sim = this.#timeline.replayFromStep(end - 1)
    this.#left = sim.steps
    const seen = this.#lastSeen(sim, end)
    if (seen === null) return this.#left === 0 ? false : null
    this.#timeline.goTo({ at: 0, steps: seen })
    return true
  }

  /** The last step before `end` that has one; what happened at the very moment where the search began does not count. */
  #lastSeen(sim: Simulation<LabTypes>, end: number): number | null {
    const spy = this.#spy
    const begin = this.#begin
    sim.observer = { wants: spy.wants, observe: (event) => spy.look(event) }
    let seen: number | null = null
    while (sim.steps < end && sim.step())
      if (spy.take() && (sim.steps < begin.steps || sim.now < begin.at)) seen = sim.steps
    return seen
  }
}

function spyFor({ lab, chronicle }: Timeline, to: JumpKind): Spy {
  if (typeof to !== 'string')
    return new Spy(['sent'], (event) => event.type === 'sent' && event.message.type === to.message)
  if (to === 'fault') return new Spy(FAULTS, (event) => event.type !== 'started' || event.restarted)
  if (to === 'operation') return new Spy(['invoked'], () => true)
  if (to === 'violation') {
    const at = new Set(chronicle.violations.map(({ seq }) => seq))
    return new Spy(EVENT_TYPES, ({ seq }) => at.has(seq))
  }
  const notes = new Set(notesOf(lab, to))
  return new Spy(['noted'], (event) => event.type === 'noted' && notes.has(event.note.type))
}

const notesOf = (lab: AnyLab, id: string): readonly string[] => lab.jumps?.find((jump) => jump.id === id)?.notes ?? []
