import { MS, SECOND, type Micros } from '../../base/units.ts'
import type { Interval } from '../../ui/lanes/window.ts'

/** What is drawn at first: the surroundings of an instant, or the beginning. */
const SPAN: Micros = 1.6 * SECOND
const NARROWEST: Micros = 20 * MS
/** Where the instant stands in a window around it. */
const BEFORE = 0.3

/** A stretch of the run around an instant; null for its beginning. */
export function windowAround(at: Micros | null, until: Micros, span: Micros = SPAN): Interval {
  const length = Math.min(span, until)
  return within((at ?? 0) - BEFORE * length, length, until)
}

/** The window that the cursor comes to when it leaves this one. */
export function pageAfter({ from, to }: Interval, at: Micros, until: Micros): Interval {
  const length = to - from
  return within(at - (at < from ? 0.85 : 0.15) * length, length, until)
}

/** Twice as much time, or half of it, around an instant that keeps its place. */
export function zoomed({ from, to }: Interval, by: 0.5 | 2, at: Micros, until: Micros): Interval {
  const length = Math.min(until, Math.max(NARROWEST, (to - from) * by))
  const share = Math.min(1, Math.max(0, (at - from) / (to - from)))
  return within(at - share * length, length, until)
}

function within(from: number, length: Micros, until: Micros): Interval {
  const start = Math.round(Math.min(Math.max(0, from), Math.max(0, until - length)))
  return { from: start, to: start + Math.round(length) }
}
