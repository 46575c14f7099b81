import { SECOND, type Micros } from '../../base/units.ts'

/** A stretch of simulated time. */
export interface Interval {
  from: Micros
  to: Micros
}

/** What the diagram shows at the speed that a newcomer meets: more at higher speeds, up to 200 times as much. */
const BASE_SPAN = 1.4 * SECOND
const BASE_SPEED = 0.05
const MOST = 200

/** Where the cursor stands in a window that follows it, from the left. */
const AHEAD = 0.85
/** Where it stands after it left the window backwards. */
const BEHIND = 0.15

/** The shortest stretch: at 1,000 pixels, five of them for a microsecond. */
export const LEAST_SPAN: Micros = 200

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high)

export const spanOf = (speed: number, zoom: number): Micros =>
  Math.round(BASE_SPAN * clamp(speed / BASE_SPEED, 1, MOST) * zoom)

/** The window of this length in which the cursor keeps its place. */
function resized({ from, to }: Interval, span: Micros, now: Micros): Interval {
  if (to - from === span) return { from, to }
  return startingAt(now - clamp((now - from) / (to - from), 0, AHEAD) * span, span)
}

/**
 * The window after the cursor moved: while playing the cursor runs up to 85 % of it and the window goes with it; at rest it
 * moves only when the cursor leaves it; under a hand that drags it keeps still.
 */
export function follow(window: Interval, span: Micros, now: Micros, state: 'playing' | 'paused' | 'held'): Interval {
  const known = resized(window, span, now)
  if (state === 'held') return known
  if (now < known.from) return startingAt(now - BEHIND * span, span)
  const edge = state === 'playing' ? known.from + AHEAD * span : known.to
  return now > edge ? startingAt(now - AHEAD * span, span) : known
}

const startingAt = (from: number, span: Micros): Interval => ({ from: Math.max(0, from), to: Math.max(0, from) + span })

/** The window of this length in which an instant keeps its place. */
export function zoomed({ from, to }: Interval, span: Micros, at: Micros): Interval {
  const share = clamp((at - from) / (to - from), 0, 1)
  return startingAt(Math.round(at - share * span), span)
}

/** The window moved by so much, but never so far that nothing of the run is left in it. */
export function panned({ from, to }: Interval, by: Micros, reached: Micros): Interval {
  const span = to - from
  return startingAt(Math.round(clamp(from + by, 0, Math.max(from, reached - KEPT * span))), span)
}
/** At least this share of a window is of the run. */
const KEPT = 0.1

/** What is drawn around a window, so that it can move for a while without anything being drawn anew. */
export const around = ({ from, to }: Interval): Interval => ({
  from: Math.max(0, Math.floor(from - (to - from) / 4)),
  to: Math.ceil(to + (to - from) / 2),
})

export const covers = (outer: Interval, { from, to }: Interval): boolean => outer.from <= from && to <= outer.to

/** The length that the strip of the whole run stands for: it grows in steps, so that it is drawn anew but rarely. */
export function overviewSpan(reached: Micros): Micros {
  const step = Math.ceil(Math.log(Math.max(1, (reached * 1.02) / (2 * SECOND))) / Math.log(1.2))
  return 2 * SECOND * 1.2 ** step
}
