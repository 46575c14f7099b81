import { must } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import type { Checkpoint } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { Memory } from './witness.ts'

/** A moment to come back to: the simulation, and what its witness remembers. */
export interface Mark {
  readonly checkpoint: Checkpoint<LabTypes>
  readonly memory: Memory
  readonly commandsDone: number
}

/** The checkpoints of a run, in order. Their number is bounded: as a run grows, they come to lie further apart. */
export class Marks {
  #marks: Mark[] = []
  readonly #spacing: number

  constructor(spacing: number) {
    this.#spacing = spacing
  }

  /** Whether a checkpoint is due after so many steps; never on ground that has some already. */
  isDue(steps: number): boolean {
    const last = this.#marks.at(-1)
    return this.#spacing > 0 && steps >= (last?.checkpoint.steps ?? 0) + this.#spacing
  }

  add(mark: Mark): void {
    this.#marks.push(mark)
    if (this.#marks.length > MOST) this.#thin()
  }

  /** The last one that is not after the instant. */
  before(at: Micros): Mark {
    return this.#last((mark) => mark.checkpoint.at <= at)
  }

  beforeStep(steps: number): Mark {
    return this.#last((mark) => mark.checkpoint.steps <= steps)
  }

  /** The last one that commands other than the first `shared` have no part in, the next of which comes at `at`. */
  beforeChange(shared: number, at: Micros): Mark {
    return this.#last(({ commandsDone, checkpoint }) => commandsDone <= shared && checkpoint.at < at)
  }

  /** The last one before an event; the one at the start for those that begin the run. */
  beforeSeq(seq: number): Mark {
    return this.#last((mark) => mark.checkpoint.core.seq < seq)
  }

  /** The number of the last event before the checkpoint that comes next; Infinity after the last one. */
  afterSeq(seq: number): number {
    return this.#marks.find((mark) => mark.checkpoint.core.seq > seq)?.checkpoint.core.seq ?? Number.POSITIVE_INFINITY
  }

  dropAfter(steps: number): void {
    this.#marks = this.#marks.filter((mark, i) => i === 0 || mark.checkpoint.steps <= steps)
  }

  get size(): number {
    return this.#marks.length
  }

  #last(fits: (mark: Mark) => boolean): Mark {
    let low = 0
    let high = this.#marks.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (fits(this.#marks[middle] as Mark)) low = middle
      else high = middle - 1
    }
    return must(this.#marks[low], 'the checkpoint at the start of a run')
  }

  /** Leaves out the one that is missed the least: the way from its neighbour on is the shortest. */
  #thin(): void {
    let least = 1
    let shortest = Number.POSITIVE_INFINITY
    for (let i = 1; i < this.#marks.length - RECENT; i++) {
      const way = this.#steps(i + 1) - this.#steps(i - 1)
      if (way < shortest) [least, shortest] = [i, way]
    }
    this.#marks.splice(least, 1)
  }

  #steps(i: number): number {
    return (this.#marks[i] as Mark).checkpoint.steps
  }
}

const MOST = 300
/** The last ones stay: most of winding back is a few steps. */
const RECENT = 20
