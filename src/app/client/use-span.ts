import { useState } from 'react'
import { type Micros, MS, SECOND } from '../../base/units.ts'

/** What is in view. */
export interface Span {
  from: Micros
  to: Micros
}

const SHORTEST = 2 * MS
const FIRST = SECOND / 2

/**
 * A view onto the time axis: it follows the moment on show, until one looks elsewhere, and begins so wide that what was
 * asked last is in it. Without a moment it shows all.
 */
export function useSpan(at: Micros | null, end: Micros, last: Micros) {
  const full = Math.max(end * 1.02, 10 * MS)
  const first = at === null ? full : Math.max(FIRST, (at - last) * 1.5)
  const [length, setLength] = useState(first)
  const [from, setFrom] = useState(at === null ? 0 : Math.max(0, at - first * 0.8))
  const [followed, setFollowed] = useState(at)
  // The moment moved: if it left the view, the view goes after it. It is set while rendering, so that no stale view is drawn.
  if (at !== followed) {
    setFollowed(at)
    if (at !== null && (at < from || at > from + length * 0.96)) setFrom(Math.max(0, at - length * 0.6))
  }
  const middle = at !== null && at >= from && at <= from + length ? at : from + length / 2
  return {
    span: { from, to: from + length },
    zoom(by: number) {
      const next = Math.min(Math.max(length * by, SHORTEST), Math.max(full, FIRST))
      setFrom(Math.max(0, middle - ((middle - from) * next) / length))
      setLength(next)
    },
    shift(by: number) {
      setFrom(Math.min(Math.max(0, from + by * length), Math.max(0, full - length / 2)))
    },
    /** Brings a stretch into view. */
    show(begin: Micros, until: Micros) {
      if (begin < from || until > from + length) setFrom(Math.max(0, begin - length * 0.3))
    },
    /** Looks closely at a stretch: the view is so many times as wide. */
    around(begin: Micros, until: Micros, by: number) {
      const next = Math.min(Math.max(by * (until - begin), SHORTEST), Math.max(full, FIRST))
      setLength(next)
      setFrom(Math.max(0, (begin + until - next) / 2))
    },
    whole() {
      setFrom(0)
      setLength(Math.max(full, SHORTEST))
    },
  }
}

/** Where an instant lies in the span, from 0 at its left end to 100. */
export const percent = (at: Micros, { from, to }: Span): number => (100 * (at - from)) / (to - from)
