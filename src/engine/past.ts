import type { Micros } from '../base/units.ts'
import type { Event } from '../kernel/event.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, TimedCommand, World } from '../kernel/types.ts'
import type { Log } from '../base/log.ts'
import type { AnyLab, Sentence } from '../lab/definition.ts'
import { causeOf, type Past } from '../lab/explain.ts'
import { houseStory } from '../lab/house-story.ts'
import { settingsOf } from '../lab/run-settings.ts'
import type { Mark, Marks } from './marks.ts'

/** Most events that one question may have executed again: about a second's work. */
const MOST_EVENTS = 400_000

interface Stretch {
  /** Of the checkpoint that it begins at: the number of the last event before it. */
  from: number
  events: readonly Event<LabTypes>[]
  told: readonly (Sentence | null)[]
}

/** The events of a run, stretch by stretch between two checkpoints, each executed again when it is first asked for. */
export class RunPast implements Past<LabTypes> {
  readonly #lab: AnyLab
  readonly #marks: Marks
  readonly #commands: Log<TimedCommand<LabTypes>>
  /** The last event that is known. */
  readonly #end: number
  readonly #stretches = new Map<Mark, Stretch>()
  #executed = 0

  constructor(lab: AnyLab, marks: Marks, commands: Log<TimedCommand<LabTypes>>, end: number) {
    this.#lab = lab
    this.#marks = marks
    this.#commands = commands
    this.#end = end
  }

  event(seq: number): Event<LabTypes> | null {
    const stretch = this.#stretchOf(seq)
    return stretch?.events[seq - stretch.from - 1] ?? null
  }

  told(seq: number): Sentence | null {
    const stretch = this.#stretchOf(seq)
    return stretch?.told[seq - stretch.from - 1] ?? null
  }

  before(event: Event<LabTypes>): Event<LabTypes> | null {
    const seq = causeOf(event, 'process')
    return seq === null ? null : this.event(seq)
  }

  /** The world as the event left it; null beyond what is known. */
  worldAfter(seq: number): World<LabTypes> | null {
    if (seq < 1 || seq > this.#end) return null
    const sim = this.#simulationAt(this.#marks.beforeSeq(seq))
    while (sim.seq < seq && sim.step());
    return sim
  }

  /** The first event from an instant on that fits, at that instant alone. */
  at(instant: Micros, fits: (event: Event<LabTypes>) => boolean): Event<LabTypes> | null {
    let seq = this.#marks.before(instant).checkpoint.core.seq + 1
    for (let event = this.event(seq); event !== null && event.at <= instant; event = this.event(++seq))
      if (event.at === instant && fits(event)) return event
    return null
  }

  /** The last event up to `seq` that fits; null if there is none, or none for long. */
  last(seq: number, fits: (event: Event<LabTypes>) => boolean): Event<LabTypes> | null {
    for (let now = this.event(seq); now !== null; now = this.event(now.seq - 1)) if (fits(now)) return now
    return null
  }

  /** The first event from `seq` on that fits, up to `end`. */
  first(seq: number, end: number, fits: (event: Event<LabTypes>) => boolean): Event<LabTypes> | null {
    for (let now = this.event(seq); now !== null && now.seq <= end; now = this.event(now.seq + 1))
      if (fits(now)) return now
    return null
  }

  #stretchOf(seq: number): Stretch | null {
    if (seq < 1 || seq > this.#end) return null
    const mark = this.#marks.beforeSeq(seq)
    const known = this.#stretches.get(mark)
    if (known !== undefined) return known
    if (this.#executed > MOST_EVENTS) return null
    const made = this.#execute(mark)
    this.#executed += made.events.length
    this.#stretches.set(mark, made)
    return made
  }

  #execute(mark: Mark): Stretch {
    const { checkpoint } = mark
    const end = Math.min(this.#end, this.#marks.afterSeq(checkpoint.core.seq))
    const events: Event<LabTypes>[] = []
    const told: (Sentence | null)[] = []
    let settings = settingsOf(checkpoint.core)
    const observe = (event: Event<LabTypes>, world: World<LabTypes>): void => {
      events.push(event)
      told.push(houseStory(this.#lab, event, world, settings) ?? this.#lab.story(event, world))
      if (event.type === 'commanded') settings = settingsOf(world)
    }
    // What happened at the start of the run happens while the simulation is made.
    const isStart = checkpoint.steps === 0
    const run = { setup: checkpoint.setup, commands: this.#commands }
    const observer = { wants: -1, observe }
    const sim = isStart ? new Simulation<LabTypes>(this.#lab, run, undefined, observer) : this.#simulationAt(mark)
    sim.observer = observer
    while (sim.seq < end && sim.step());
    return { from: isStart ? 0 : checkpoint.core.seq, events, told }
  }

  #simulationAt(mark: Mark): Simulation<LabTypes> {
    return Simulation.from<LabTypes>(this.#lab, mark.checkpoint, this.#commands)
  }
}
