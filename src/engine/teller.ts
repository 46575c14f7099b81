import type { Window } from '../lab/definition.ts'
import type { Frame, FromEngine } from './messages.ts'
import type { Timeline } from './timeline.ts'
import { viewWorld } from './world-view.ts'

/** For whom a picture is: the run's number, and the number of the last message that went into it. */
export interface Addressee {
  run: number
  turn: number
}

/** What a run stopped at on its way to the instant that was asked for. */
export type Stop = Pick<Frame, 'stoppedAt' | 'arrived'>

/** Tells the page about a timeline, and of what it has told before only what is new. */
export class Teller {
  readonly #post: (message: FromEngine) => void
  /** The last event, and how many script parts, commands and decided expectations there were. */
  #told = NOTHING

  constructor(post: (message: FromEngine) => void) {
    this.#post = post
  }

  /** Another timeline comes, of which nothing is known. */
  startAgain(): void {
    this.#told = NOTHING
  }

  /** The commands or the branches are others, though there may be as many as before. */
  commandsChanged(): void {
    this.#told = { ...this.#told, commands: -1 }
  }

  /** Shows the moment that the timeline stands at, after what there is to tell about the way there. */
  show(timeline: Timeline, { run, turn }: Addressee, window: Window, stop: Stop): void {
    this.#tellRun(timeline, run)
    this.#tellChronicle(timeline, run)
    const { world, moment } = timeline
    this.#post({
      type: 'frame',
      run,
      turn,
      moment,
      seq: timeline.seq,
      reached: timeline.reached,
      until: timeline.nextAt(),
      world: viewWorld(timeline.lab, world, timeline.witness.losses.at(world.now)),
      view: timeline.lab.observe(world, window),
      watched: timeline.witness.watched(),
      ...stop,
    })
  }

  #tellRun(timeline: Timeline, run: number): void {
    const now = { fired: timeline.fired.length, commands: timeline.commandCount }
    if (now.fired === this.#told.fired && now.commands === this.#told.commands) return
    this.#told = { ...this.#told, ...now }
    const fired = timeline.fired.slice()
    this.#post({ type: 'run', run, value: timeline.run(), fired, tree: timeline.branches.tree })
  }

  #tellChronicle(timeline: Timeline, run: number): void {
    const { chronicle } = timeline
    // After a fork, what was told from there on is taken back.
    const forked = timeline.forkedAt !== Number.POSITIVE_INFINITY
    const after = Math.min(this.#told.seq, timeline.forkedAt)
    const stories = since(chronicle.stories, after)
    const operations = chronicle.operationsSince(after)
    const violations = since(chronicle.violations, after)
    const expectations = timeline.expectations?.results() ?? []
    const decided = expectations.filter(({ ok }) => ok !== null).length
    const first = this.#told.decided === -1
    if (!forked && !first && stories.length + violations.length === 0 && decided === this.#told.decided) return
    timeline.forkedAt = Number.POSITIVE_INFINITY
    this.#told = { ...this.#told, seq: chronicle.known, decided }
    this.#post({ type: 'chronicle', run, after, stories, operations, violations, expectations })
  }
}

const NOTHING = { seq: 0, fired: -1, commands: -1, decided: -1 }

function since<T extends { seq: number }>(items: readonly T[], after: number): T[] {
  let first = items.length
  while (first > 0 && (items[first - 1] as T).seq > after) first--
  return items.slice(first)
}
