import type { Micros } from '../base/units.ts'
import { Undisturbed } from '../kernel/execution.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLabCore } from '../lab/definition.ts'
import { LOSSES, LossMemory } from './loss-memory.ts'
import type { FromEngine, ToEngine } from './messages.ts'
import { viewWorld } from './world-view.ts'

type Open = Extract<ToEngine, { type: 'open' }>
type Show = Extract<ToEngine, { type: 'show' }>

/** Steps between two looks at the clock and at what has come in. */
const SLICE = 500

/** A run that nobody acts on, and its picture at the instants that are asked for. */
export class Pictures {
  readonly opened: Open
  readonly #lab: AnyLabCore
  readonly #post: (message: FromEngine) => void
  readonly #execution: Undisturbed<LabTypes>
  readonly #losses = new LossMemory()
  /** The last message that was answered by a picture, or will be. */
  #asked: Pick<Show, 'turn' | 'at' | 'window'>
  #drawn = false

  constructor(lab: AnyLabCore, opened: Open, post: (message: FromEngine) => void) {
    this.#lab = lab
    this.opened = opened
    this.#asked = opened
    this.#post = post
    this.#execution = new Undisturbed<LabTypes>(lab, opened.value.setup, {
      wants: LOSSES,
      causes: false,
      observe: (event) => event.type === 'lost' && this.#losses.add(lab, event),
    })
  }

  /** Whether a picture was asked for and is not drawn. */
  get busy(): boolean {
    return !this.#drawn
  }

  get now(): Micros {
    return this.#execution.now
  }

  /** False if it takes more than a run that goes on by itself. */
  take(message: ToEngine): boolean {
    if (message.type !== 'look' && !(message.type === 'show' && this.#isAhead(message))) return false
    if (message.run < this.opened.run) return true
    this.#asked = message.type === 'show' ? message : { ...message, at: this.#asked.at }
    this.#drawn = false
    return true
  }

  #isAhead({ at, steps, stopAtPart }: Show): boolean {
    return at >= this.#execution.now && steps === undefined && stopAtPart === undefined
  }

  /** Goes towards the instant that was asked for, and draws it when it is there. */
  goOn(): void {
    const { at } = this.#asked
    for (let left = SLICE; this.#execution.step(at); left--) {
      if (left > 0) continue
      this.#post({ type: 'progress', run: this.opened.run, at: this.#execution.now, target: at })
      return
    }
    this.#execution.advanceTo(at)
    this.#drawn = true
    this.#draw()
  }

  #draw(): void {
    const { now, steps, seq } = this.#execution
    const { turn, window } = this.#asked
    this.#post({
      type: 'frame',
      run: this.opened.run,
      turn,
      moment: { at: now, steps },
      seq,
      reached: now,
      until: this.#execution.nextAt(),
      world: viewWorld(this.#lab, this.#execution, this.#losses.at(now)),
      view: this.#lab.observe(this.#execution, window),
      watched: [],
    })
  }

  /** The message that opens the same run at what was asked for last. */
  asOpened(): Open {
    const { turn, at, window } = this.#asked
    return { ...this.opened, turn, at, window }
  }
}
