import { SECOND, type Micros } from '../../base/units.ts'
import type { Answer, ComparedSide, Frame, FromEngine } from '../../engine/messages.ts'
import type { Pair, Stride } from '../../lab/comparison.ts'
import type { Moment, Place } from '../../lab/moment.ts'
import { MOST_LANES } from '../../ui/lanes/rows.ts'
import type { Interval } from '../../ui/lanes/window.ts'
import type { Cursor } from '../../ui/lab-view.ts'
import { openPort, type Port } from '../port.ts'
import { useStore } from '../store.ts'
import { type Arrival, type CompareSide, NOTHING_COMPARED, SIDES, useCompare } from './compare-state.ts'
import { pageAfter, windowAround } from './compare-window.ts'

/** A run to compare, and what to call it. */
export interface Contender extends ComparedSide {
  name: string
  branch: number | null
  /** How far it was seen. */
  reached: Micros
}

/** However little was seen of them, two runs are played so far at least. */
const LEAST: Micros = 2 * SECOND
/** As fast as it goes would be over before anybody has looked. */
const FASTEST = 20
/** A painted frame never stands for more than this of real time. */
const MAX_FRAME_MS = 100

let now: Micros = 0
/** The very moment of each, where only a part of that instant has happened; null for all of it. */
let stood: Pair<Moment> | null = null
let lastPaint = 0
let engines: Pair<SideEngine> | null = null
let judge: Port | null = null
/** A step was asked for and has not come. */
let striding = false
/** What was shared of the comparison on show, until it is known whether it holds. */
let promised: (Promised & { here: Pair<string | null> }) | null = null
const listeners = new Set<(at: Micros) => void>()

/** The instant that both runs are at. */
export const compareCursor: Cursor = {
  now: () => now,
  subscribe(listener) {
    listeners.add(listener)
    listener(now)
    return () => listeners.delete(listener)
  },
}

/** The moment of each run at which a comparison was shared, and the fingerprints that they had there. */
export interface Promised {
  moments: Pair<Moment>
  fingerprints: Pair<string | null>
}

/**
 * Opens both in engines of their own, at this instant, and has them compared in a third. One that was shared stays at the
 * moment at which it was; others go to where they part.
 */
export function startComparing(contenders: Pair<Contender>, at: Micros, shared: Promised | null = null): void {
  stopComparing()
  promised = shared && { ...shared, here: [null, null] }
  const until = Math.max(LEAST, at, ...contenders.map(({ reached }) => reached))
  const sides = contenders.map(({ name, branch, value, script, fired }): CompareSide => {
    return { name, branch, value, script, fired, frame: null, lanes: null, counts: null }
  }) as [CompareSide, CompareSide]
  useCompare.setState({ ...NOTHING_COMPARED, sides, until, window: windowAround(null, until) })
  engines = [new SideEngine(0, sides[0], until), new SideEngine(1, sides[1], until)]
  if (shared === null) seekBoth(at)
  else move(at, shared.moments)
  lookAt(windowAround(shared === null ? null : at, until))
  judge = openPort({ hear, died: (why) => fail(why) })
  const [a, b] = contenders
  judge.post({ type: 'compare', run: 0, job: { sides: [sideOf(a), sideOf(b)], until } })
}

/** Shuts the engines down; what was on show is gone. */
export function stopComparing(): void {
  for (const engine of engines ?? []) engine.close()
  judge?.close()
  engines = null
  judge = null
  promised = null
  striding = false
  useCompare.setState(NOTHING_COMPARED)
}

/** Shows both at an instant. */
export function seekBoth(at: Micros): void {
  const { until } = useCompare.getState()
  move(Math.round(Math.min(Math.max(0, at), until)))
}

/** Goes to the next or the last event of either, and stops there. */
export function strideBoth(by: 1 | -1): void {
  if (judge === null || useCompare.getState().comparison === null || striding) return
  striding = true
  const at = Math.floor(now)
  const [a, b] = stood ?? [{ at }, { at }]
  judge.post({ type: 'stride', run: 0, from: [a, b], by })
}

/** Plays both on, in step, at the page's speed; at the end it begins again. */
export function playBoth(playing: boolean): void {
  const { until } = useCompare.getState()
  if (playing && now >= until) seekBoth(0)
  useCompare.setState({ playing })
  if (!playing) return
  lastPaint = performance.now()
  requestAnimationFrame(paint)
}

/** Draws this stretch of time of both. */
export function lookAt(window: Interval): void {
  useCompare.setState({ window })
  for (const engine of engines ?? []) engine.draw(window)
}

/** Where both stand and what each came to there; pauses, and waits for the pictures that are still on their way. */
export async function standOfBoth(): Promise<Promised | null> {
  useCompare.setState({ playing: false })
  while (engines?.some((engine) => engine.lags)) await new Promise((resolve) => requestAnimationFrame(resolve))
  const { sides } = useCompare.getState()
  const [a, b] = [sides?.[0].frame, sides?.[1].frame]
  if (engines === null || !a || !b) return null
  const fingerprints = await Promise.all([engines[0].fingerprint(), engines[1].fingerprint()])
  return { moments: [a.moment, b.moment], fingerprints }
}

const sideOf = ({ value, script, fired }: ComparedSide): ComparedSide => ({ value, script, fired })

function move(at: Micros, moments: Pair<Moment> | null = null): void {
  now = at
  stood = moments
  if (moments === null && useCompare.getState().stride !== null) useCompare.setState({ stride: null })
  if (useCompare.getState().end !== null) useCompare.setState({ end: null })
  for (const listener of listeners) listener(at)
  const { window, until } = useCompare.getState()
  if (at < window.from || at > window.to) lookAt(pageAfter(window, at, until))
  for (const i of SIDES) engines?.[i].show(moments?.[i] ?? { at: Math.floor(at) })
}

function paint(time: number): void {
  const { playing, until, sides } = useCompare.getState()
  if (!playing || sides === null) return
  const elapsedMs = Math.min(MAX_FRAME_MS, Math.max(0, time - lastPaint))
  lastPaint = time
  // Neither runs ahead of the other: both wait for the slower one.
  const late = engines?.some((engine) => engine.lags) ?? true
  if (!late) move(Math.min(until, now + (elapsedMs / 1000) * Math.min(FASTEST, useStore.getState().speed) * SECOND))
  if (now >= until) useCompare.setState({ playing: false })
  else requestAnimationFrame(paint)
}

function hear(message: FromEngine): void {
  if (message.type === 'comparing') useCompare.setState({ compared: message.at })
  else if (message.type === 'broken') fail(message.text)
  else if (message.type === 'strode') strode(message.stride, message.by)
  else if (message.type === 'compared') {
    const { comparison } = message
    const { until } = useCompare.getState()
    useCompare.setState({ comparison, compared: until })
    if (promised !== null) return
    lookAt(windowAround(comparison.first?.at ?? null, until))
    seekBoth(comparison.first?.at ?? now)
  }
}

function strode(stride: Stride | null, by: 1 | -1): void {
  striding = false
  useCompare.setState({ playing: false })
  if (stride === null) {
    useCompare.setState({ end: by })
    return
  }
  move(stride.at, stride.moments)
  useCompare.setState({ stride })
}

function fail(problem: string): void {
  useCompare.setState({ problem, playing: false })
}

/** Both have come to the moment that was shared, or one of them. */
function arrived(index: 0 | 1, fingerprint: string): void {
  if (promised === null) return
  const [a, b] = promised.here
  const here: Pair<string | null> = index === 0 ? [fingerprint, b] : [a, fingerprint]
  promised = { ...promised, here }
  const { fingerprints } = promised
  if (here.includes(null)) return
  const strayed = SIDES.map((i) => {
    const shared = fingerprints[i]
    return shared === null || shared === here[i] ? null : { here: here[i] ?? '', shared }
  }) as unknown as Arrival['strayed']
  promised = null
  useCompare.setState({ arrival: { strayed } })
}

/** No other question has this number. */
const FINGERPRINT = 0
/** At most so many to a diagram. */
const COLUMNS = 500

/** One of the two runs in an engine of its own: its latest picture, and its lanes. */
class SideEngine {
  readonly #index: 0 | 1
  readonly #port: Port
  readonly #until: Micros
  readonly #servers: number
  /** The moment that is wanted, and the one that was asked for and whose picture has not come. */
  #wanted: Place = { at: 0 }
  #asked: Place | null
  #known = false
  #window: Interval | null = null
  #turn = 1
  #asks = 0
  readonly #fingerprints: ((fingerprint: string) => void)[] = []

  /** It is played to the end once, so that all of it can be drawn. */
  constructor(index: 0 | 1, { value, script, fired }: CompareSide, until: Micros) {
    this.#index = index
    this.#until = until
    this.#servers = value.setup.processes.filter(({ beside }) => beside === undefined).length
    this.#asked = { at: until }
    this.#port = openPort({ hear: (message) => this.#hear(message), died: fail })
    this.#port.post({ type: 'open', run: 0, turn: 1, value, script, fired, expectations: [], at: until, window: {} })
  }

  /** A picture of another instant than the one wanted is still on its way. */
  get lags(): boolean {
    return this.#asked !== null
  }

  close(): void {
    this.#port.close()
  }

  /** Of the moment that it shows. */
  fingerprint(): Promise<string> {
    this.#port.post({ type: 'ask', run: 0, id: FINGERPRINT, question: { type: 'fingerprint' } })
    return new Promise((resolve) => this.#fingerprints.push(resolve))
  }

  show(place: Place): void {
    this.#wanted = place
    if (this.#asked === null) this.#ask()
  }

  /** Only once the run is known to its end: what is not known yet is not drawn. */
  draw(window: Interval): void {
    this.#window = window
    if (this.#known) this.#askLanes(window)
  }

  /** Message by message; added up in a crowd, and where there are too many. */
  #askLanes({ from, to }: Interval, addedUp = this.#servers > MOST_LANES): void {
    const end = Math.min(to, this.#until)
    const question = addedUp
      ? ({ type: 'overview', from, to: end, columns: COLUMNS } as const)
      : ({ type: 'lanes', from, to: end } as const)
    this.#port.post({ type: 'ask', run: 0, id: ++this.#asks, question })
  }

  #ask(): void {
    this.#asked = this.#wanted
    this.#port.post({ type: 'show', run: 0, turn: ++this.#turn, ...this.#wanted, window: {} })
  }

  #hear(message: FromEngine): void {
    if (message.type === 'broken') fail(message.text)
    if (message.type === 'frame') {
      const came = this.#asked
      this.#asked = null
      // The first one is of the end, to which the run was played so that it is known; nobody asked to see it.
      if (this.#known) this.#put({ frame: message })
      if (!this.#known || came !== this.#wanted) this.#ask()
      else this.#arrive()
      if (!this.#known && this.#window !== null) this.#askLanes(this.#window)
      this.#known = true
    }
    if (message.type !== 'answer') return
    if (message.answer.type === 'fingerprint') this.#fingerprints.shift()?.(message.answer.fingerprint)
    else if (message.id === this.#asks) this.#drawn(message.answer)
  }

  /** The picture that is wanted stands: if it is of the moment that was shared, it must be what was shared. */
  #arrive(): void {
    const index = this.#index
    if (promised === null || promised.moments[index] !== this.#wanted) return
    void this.fingerprint().then((fingerprint) => arrived(index, fingerprint))
  }

  #drawn(answer: Answer): void {
    if (answer.type === 'overview') this.#put({ lanes: answer.overview.lanes, counts: answer.overview.counts })
    else if (answer.type === 'lanes' && answer.lanes.truncated && this.#window !== null)
      this.#askLanes(this.#window, true)
    else if (answer.type === 'lanes') this.#put({ lanes: answer.lanes, counts: null })
  }

  #put(news: { frame: Frame } | Pick<CompareSide, 'lanes' | 'counts'>): void {
    const { sides } = useCompare.getState()
    if (sides === null || engines?.[this.#index] !== this) return
    const [a, b] = sides
    useCompare.setState({ sides: this.#index === 0 ? [{ ...a, ...news }, b] : [a, { ...b, ...news }] })
  }
}
