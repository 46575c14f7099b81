import type { Micros } from '../base/units.ts'
import { SECOND } from '../base/units.ts'
import type { Moment } from '../engine/messages.ts'
import type { Cursor } from '../ui/lab-view.ts'
import { frameDone, framesOver } from './calm.ts'
import { EngineClient } from './engine-client.ts'
import { useStore } from './store.ts'

export const client = new EngineClient()

/** A page that was asleep does not leap: one painted frame never stands for more than this of real time. */
const MAX_FRAME_MS = 100
/** How long the eye may run ahead of an engine that has not answered. */
const MAX_LEAD_MS = 250
/** From this speed on no eye follows a single event: a new picture every so often is as good, and leaves the page its time. */
const TOO_FAST_TO_FOLLOW = 0.3
const REST_MS = 50
/** At full speed, the simulated time to ask for at once grows and shrinks so that an answer takes about this long. */
const FULL_SPEED_MS = 40

let now: Micros = 0
let askedAt = 0
let lastPaint = 0
let chunk: Micros = SECOND
let looping = false
/** Of the screen's frames it draws each so-manieth. */
let share = { every: 1, turn: 0 }
let frames = 0
const listeners = new Set<(at: Micros) => void>()

/** The instant that the eye is at. It runs by itself while playing, and the engine's pictures follow one frame behind. */
export const cursor: Cursor = {
  now: () => now,
  subscribe(listener) {
    listeners.add(listener)
    listener(now)
    return () => listeners.delete(listener)
  },
}

/** The moment to act at: the picture on show, at the instant of the eye. */
export function momentOnShow(): Moment | null {
  const { frame } = useStore.getState()
  if (frame === null) return null
  return { steps: frame.moment.steps, at: Math.round(Math.min(Math.max(now, frame.moment.at), frame.until)) }
}

export function moveCursor(at: Micros): void {
  now = at
  for (const listener of listeners) listener(now)
}

client.onFrame((moment) => {
  const { playing, speed } = useStore.getState()
  if (!playing) moveCursor(moment.at)
  else if (speed === Number.POSITIVE_INFINITY) {
    const took = performance.now() - askedAt
    if (took < FULL_SPEED_MS / 2) chunk = Math.min(chunk * 2, 3_600 * SECOND)
    else if (took > FULL_SPEED_MS) chunk = Math.max(chunk / 2, SECOND / 100)
    moveCursor(moment.at)
    // Asked for at full speed, it comes after that was given up.
  } else if (now < moment.at) moveCursor(moment.at)
})

useStore.subscribe((state, before) => {
  if (state.playing && !before.playing) start()
  if (state.frame === null && before.frame !== null) moveCursor(0)
})

/** Lets other labs on a page have their turn: of so many frames it draws the one of this number, counted from now. */
export function drawEach(every: number, turn: number): void {
  share = { every, turn }
  frames = 0
}

function start(): void {
  if (looping) return
  looping = true
  lastPaint = performance.now()
  requestAnimationFrame(paint)
}

function paint(time: number): void {
  if (!useStore.getState().playing) {
    looping = false
    framesOver()
    return
  }
  requestAnimationFrame(paint)
  if (frames++ % share.every === share.turn % share.every) play(time)
  frameDone(client.waiting)
}

/** The cursor goes on to where it is at this time, and a new picture is asked for if that is due. */
function play(time: number): void {
  const { speed, frame } = useStore.getState()
  const elapsedMs = Math.min(MAX_FRAME_MS * share.every, Math.max(0, time - lastPaint))
  lastPaint = time
  if (frame === null) return
  // While the picture of an earlier instant is on its way, the one on show is not where the eye has been put.
  if (now < frame.moment.at && !client.waiting) now = frame.moment.at
  if (speed === Number.POSITIVE_INFINITY) {
    if (!client.waiting) ask(now + chunk)
    return
  }
  const lagging = client.waiting && performance.now() - askedAt > MAX_LEAD_MS
  if (!lagging) moveCursor(now + (elapsedMs / 1000) * speed * SECOND)
  const rested = speed < TOO_FAST_TO_FOLLOW || performance.now() - askedAt >= REST_MS
  if (now >= frame.until && !client.waiting && rested) ask(Math.floor(now))
}

function ask(at: Micros): void {
  askedAt = performance.now()
  client.show(Math.floor(at))
}
