import type { Micros } from '../../base/units.ts'
import type { Overview } from '../../lab/lanes.ts'
import type { Interval } from '../../ui/lanes/window.ts'
import { inCalm } from '../calm.ts'
import { client } from '../playback.ts'
import { useStore } from '../store.ts'

/** While playing, news is asked for at most so often. */
const PERIOD_MS = 250
/** Pixels of a column, at least. */
const COLUMN = 2

/** The run at a glance around the window of the diagram, for all lengths of it. One question at a time. */
class OverviewFeed {
  #known: Overview | null = null
  /** What the last answer was asked for, and how far the run had come. */
  #asked: (Interval & { reached: Micros; generation: number }) | null = null
  #asking = false
  #askedAt = 0
  /** How to leave unasked what is to be asked later. */
  #due: (() => void) | null = null
  #wanted: Interval & { width: number } = { from: 0, to: 0, width: 0 }
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly known = (): Overview | null => this.#known

  /** Follows the run on show. Returns how to stop. */
  start(): () => void {
    const stop = useStore.subscribe(({ frame, generation }, before) => {
      if (frame === null && before.frame !== null) this.#show(null)
      if (generation !== before.generation) this.#look()
    })
    return () => {
      stop()
      this.#due?.()
      this.#due = null
    }
  }

  /** The window moved, or more has happened. */
  want(window: Interval, width: number): void {
    this.#wanted = { from: window.from, to: window.to, width }
    this.#look()
  }

  /** `now`: what is new is asked for at once. */
  #look(now = false): void {
    const { frame, playing, reached, generation } = useStore.getState()
    if (this.#asking || frame === null || this.#wanted.width <= 0) return
    const need = needOf(this.#asked, this.#wanted, reached, generation)
    if (need === 'nothing') return
    if (need === 'other' || !playing || now) void this.#ask(reached, generation)
    else
      this.#due ??= inCalm(Math.max(0, this.#askedAt + PERIOD_MS - performance.now()), () => {
        this.#due = null
        this.#look(true)
      })
  }

  async #ask(reached: Micros, generation: number): Promise<void> {
    const { from, to, width } = this.#wanted
    const length = to - from
    const asked = { from: Math.max(0, Math.floor(from - length)), to: Math.ceil(to + length), reached, generation }
    this.#asking = true
    this.#askedAt = performance.now()
    const columns = Math.max(1, Math.round((((asked.to - asked.from) / length) * width) / COLUMN))
    const answer = await client.ask({ type: 'overview', from: asked.from, to: asked.to, columns })
    this.#asking = false
    this.#asked = asked
    if (answer.type === 'overview' && generation === useStore.getState().generation) this.#show(answer.overview)
    this.#look()
  }

  #show(overview: Overview | null): void {
    this.#known = overview
    if (overview === null) this.#asked = null
    for (const listener of this.#listeners) listener()
  }
}

/** `news`: more has happened where it can be seen. */
function needOf(
  asked: (Interval & { reached: Micros; generation: number }) | null,
  { from, to }: Interval,
  reached: Micros,
  generation: number,
): 'nothing' | 'news' | 'other' {
  if (asked === null || asked.generation !== generation) return 'other'
  const isInside = from >= asked.from && to <= asked.to
  if (!isInside || asked.to - asked.from > 8 * (to - from)) return 'other'
  return reached !== asked.reached && Math.min(reached, asked.reached) < asked.to ? 'news' : 'nothing'
}

export const overviewFeed = new OverviewFeed()
