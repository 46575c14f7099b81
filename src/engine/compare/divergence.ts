import type { Micros } from '../../base/units.ts'
import { same } from '../../check/plain.ts'
import type { Event } from '../../kernel/event.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Pair } from '../../lab/comparison.ts'
import { RunPast } from '../past.ts'
import type { Timeline } from '../timeline.ts'

/** The events of this number in either run, which are the first that are not the same; null where a run has no more. */
export interface Parting {
  seq: number
  events: Pair<Event<LabTypes> | null>
  pasts: Pair<RunPast>
}

/**
 * Finds the first event at which two runs differ, by playing both in step. While their fingerprints are the same, so is every
 * event, and none is looked at; where they are not, the events since are made again and compared one by one.
 */
export class Divergence {
  readonly #sides: Pair<Timeline>
  readonly #until: Micros
  /** The number of the last event that is the same in both. */
  #common = 0
  #found: Parting | null = null
  #done = false

  /** Both as they begin; they are played as far as it takes, at most to `until`. */
  constructor(sides: Pair<Timeline>, until: Micros) {
    this.#sides = sides
    this.#until = until
    this.#look([true, true])
  }

  /** The instant that both have come to. */
  get at(): Micros {
    return Math.min(...this.#sides.map(({ moment }) => moment.at))
  }

  /** Null if they are alike up to the end; only once `goOn` has said that it is done. */
  get found(): Parting | null {
    return this.#found
  }

  /** Goes on for at most so many steps of each; true when it is decided. */
  goOn(steps: number): boolean {
    for (let left = steps; left > 0 && !this.#done; left--) {
      const [a, b] = this.#sides
      this.#look([a.stepForward(this.#until), b.stepForward(this.#until)])
    }
    return this.#done
  }

  #look([movedA, movedB]: Pair<boolean>): void {
    const [a, b] = this.#sides
    if (a.seq === b.seq && a.fingerprint() === b.fingerprint()) {
      this.#common = a.seq
      this.#done = !movedA && !movedB
      return
    }
    this.#found = this.#part([movedA, movedB])
    this.#done = this.#found !== null || (!movedA && !movedB)
  }

  /** The first pair that differs among those that both have made, or that one has made and the other never will. */
  #part([goesA, goesB]: Pair<boolean>): Parting | null {
    const [a, b] = this.#sides
    const pasts: Pair<RunPast> = [a.past(RunPast), b.past(RunPast)]
    for (let seq = this.#common + 1; ; seq++) {
      if ((goesA && a.seq < seq) || (goesB && b.seq < seq)) return null
      const events: Pair<Event<LabTypes> | null> = [pasts[0].event(seq), pasts[1].event(seq)]
      if (events[0] === null && events[1] === null) return null
      if (!same(plain(events[0]), plain(events[1]))) return { seq, events, pasts }
      this.#common = seq
    }
  }
}

/** What the fingerprint is over: what happened and when, not what it came of. */
function plain(event: Event<LabTypes> | null): unknown {
  return event === null ? null : { ...event, causes: [] }
}
