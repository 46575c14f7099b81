import { MS, SECOND, type Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { LaneMessage, Lanes } from '../../lab/lanes.ts'
import type { Flying } from '../../lab/world-view.ts'
import { join, nextAsk, since, until } from '../../ui/lanes/join.ts'
import { MOST_LANES } from '../../ui/lanes/rows.ts'
import type { Interval } from '../../ui/lanes/window.ts'
import type { Frame } from '../../engine/messages.ts'
import { inCalm } from '../calm.ts'
import { client } from '../playback.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'

/** While playing, news is asked for at most so often. */
const PERIOD_MS = 250
/** An answer should keep the engine busy for about this long, whatever it takes to execute the interval again. */
const ANSWER_MS = 80
const FIRST_ASK: Micros = 2 * SECOND
/** More lines than this would only cover each other. */
const MOST_MESSAGES = 6_000
/** A message that was under way so long before the instant on show has nothing to do with it. */
const LONG_AGO: Micros = 5 * SECOND
/** In a wider window messages are added up, however few they are. */
export const WIDEST_WITH_MESSAGES: Micros = 60 * SECOND

export interface Known {
  lanes: Lanes | null
  /** There were too many messages to draw. */
  crowded: boolean
}

/**
 * What is known of the interval that the diagram shows. The past does not change, so only what is new is asked for, or what
 * the window has moved to, in stretches that the engine answers quickly; a fork drops what came after it.
 */
export class LaneFeed {
  #known: Known = { lanes: null, crowded: false }
  /** What is on show, though it is out of date, until the first answer comes. */
  #stale = false
  #wanted: Interval = { from: 0, to: 0 }
  #epoch = 0
  /** In a crowd, the one process to ask for; empty for none, null for all processes. */
  #only: ProcessId | null = null
  #asking = false
  #askedAt = 0
  /** How to leave unasked what is to be asked later. */
  #due: (() => void) | null = null
  /** Simulated microseconds to ask for at once. */
  #most: Micros = FIRST_ASK
  #flying = new Map<string, LaneMessage>()
  /** Those whose end is known. */
  #ended: ReadonlySet<string> = new Set()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly known = (): Known => this.#known

  /** Follows the run on show. Returns how to stop. */
  start(): () => void {
    const stop = useStore.subscribe((state, before) => this.#follow(state, before))
    return () => {
      stop()
      this.#due?.()
      this.#due = null
    }
  }

  /** The window moved, or more has happened. */
  want(interval: Interval): void {
    this.#wanted = interval
    this.#look()
    this.#ask()
  }

  /** In a crowd one server alone is asked for in full: another one, or all, is another picture. */
  #look(): void {
    const { frame, selected } = useStore.getState()
    const servers = frame?.world.processes.filter(({ beside }) => beside === null) ?? []
    const picked = servers.some(({ id }) => id === selected) ? selected : null
    const only = servers.length > MOST_LANES ? (picked ?? '') : null
    if (only === this.#only) return
    this.#only = only
    this.#epoch++
    this.#asking = false
    this.#flying.clear()
    this.#stale = true
    if (only === '') this.#show(null)
  }

  /** Messages under way at this frame and since the last answer: they are drawn to where they will arrive. */
  flyingAt({ world, moment }: Frame): readonly LaneMessage[] {
    if (!this.#keepsMessages()) this.#flying.clear()
    else for (const flight of world.flights) this.#flying.set(flight.id, inFlight(flight))
    for (const [id, { endedAt, arrivesAt }] of this.#flying)
      if (this.#ended.has(id) || Math.max(endedAt, arrivesAt) < moment.at - LONG_AGO) this.#flying.delete(id)
    return [...this.#flying.values()]
  }

  #follow(state: PageState, before: PageState): void {
    if (state.generation === before.generation) return
    this.#epoch++
    this.#asking = false
    this.#flying.clear()
    const { lanes } = this.#known
    if (state.frame === null) this.#show(null)
    else if (lanes !== null && state.reached > lanes.from) this.#show(until(lanes, state.reached - 1))
    else this.#stale = true
    this.#ask(true)
  }

  #ask(now = false): void {
    const { frame, playing } = useStore.getState()
    if (this.#asking || frame === null || this.#only === '') return
    const lanes = this.#stale ? null : this.#known.lanes
    const next = nextAsk(lanes, this.#wanted, this.#most)
    if (next === null) return
    const isNews = lanes !== null && next.from === lanes.to
    if (now || !playing || !isNews) {
      void this.#get(next)
      return
    }
    this.#due ??= inCalm(Math.max(0, this.#askedAt + PERIOD_MS - performance.now()), () => {
      this.#due = null
      this.#ask(true)
    })
  }

  async #get(interval: Interval): Promise<void> {
    const epoch = this.#epoch
    this.#asking = true
    this.#askedAt = performance.now()
    const only = this.#only
    const answer = await client.ask({ type: 'lanes', ...interval, ...(only !== null && { only }) })
    if (epoch !== this.#epoch) return
    this.#asking = false
    const length = interval.to - interval.from
    const took = performance.now() - this.#askedAt
    if (took > 2 * ANSWER_MS) this.#most = Math.max(50 * MS, length / 2)
    else if (took < ANSWER_MS && length >= this.#most) this.#most *= 2
    if (answer.type !== 'lanes') return
    const before = this.#known.lanes?.to
    this.#take(answer.lanes)
    if (this.#known.lanes?.to !== before || answer.lanes.from < interval.to) this.#ask()
  }

  #take(news: Lanes): void {
    const { lanes } = this.#known
    const old = this.#stale ? null : lanes
    this.#stale = false
    const isApart = old !== null && (news.to < old.from - 1 || news.from > old.to + 1)
    const isOlder = old !== null && news.from < old.from
    const all = isApart ? news : isOlder ? join(news, old) : join(old, news)
    const width = this.#wanted.to - this.#wanted.from
    const kept = all.from < this.#wanted.from - width ? since(all, this.#wanted.from) : all
    this.#show(kept)
  }

  #show(lanes: Lanes | null): void {
    const crowded = lanes !== null && (lanes.truncated || lanes.messages.length > MOST_MESSAGES)
    const bare = lanes !== null && (crowded || !this.#keepsMessages())
    this.#ended = new Set(lanes?.messages.filter(({ fate }) => fate !== 'flying').map(({ id }) => id))
    this.#known = { lanes: bare ? { ...lanes, messages: [] } : lanes, crowded }
    for (const listener of this.#listeners) listener()
  }

  #keepsMessages(): boolean {
    return this.#wanted.to - this.#wanted.from <= 2 * WIDEST_WITH_MESSAGES
  }
}

const inFlight = ({ id, from, to, type, label, hue, sentAt, arrivesAt, endsAt }: Flying): LaneMessage => ({
  id,
  from,
  to,
  type,
  label,
  hue,
  sentAt,
  endedAt: endsAt,
  arrivesAt,
  fate: endsAt < arrivesAt ? 'loss' : 'flying',
})
