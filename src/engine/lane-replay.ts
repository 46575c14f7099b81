import type { Micros } from '../base/units.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, ProcessId } from '../kernel/types.ts'
import type { LaneMark, Lanes } from '../lab/lanes.ts'
import { violationMarks } from './lane-spans.ts'
import { LaneRecorder } from './lanes.ts'
import type { Timeline } from './timeline.ts'

/** What happened in an interval, for the space-time diagram, as far as the run has come: executed again, a little at a time. */
export class LaneReplay {
  readonly #timeline: Timeline
  readonly #sim: Simulation<LabTypes>
  readonly #recorder: LaneRecorder
  readonly #from: Micros
  readonly #end: Micros
  #recording = false

  /** `only`: one process alone, with what it sent and heard. */
  constructor(timeline: Timeline, from: Micros, to: Micros, only: ProcessId | null = null) {
    this.#timeline = timeline
    this.#sim = timeline.replayFrom(from)
    this.#recorder = new LaneRecorder(timeline.lab, from, only)
    this.#from = from
    this.#end = Math.min(to, timeline.reached)
  }

  /** Goes on for at most so many steps; the lanes, once the end is reached. */
  goOn(steps: number): Lanes | null {
    for (let left = steps; left > 0; left--) {
      if (this.#sim.step(this.#recording ? this.#end : this.#from - 1)) continue
      if (this.#recording) return this.#recorder.end(Math.max(this.#from, this.#end), this.#sim, this.#violations())
      this.#record()
    }
    return null
  }

  #record(): void {
    this.#recording = true
    this.#recorder.begin(this.#sim)
    this.#sim.observer = { wants: -1, observe: (event, world) => this.#recorder.add(event, world) }
  }

  #violations(): LaneMark[] {
    return violationMarks(this.#timeline.chronicle.violations, this.#from, this.#end)
  }
}
