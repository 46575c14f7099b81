import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { inCalm } from '../calm.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'

/** The value, followed at most once per interval; at once when the interval is 0. */
export function useThrottled<T>(value: T, intervalMs: number): T {
  const [shown, setShown] = useState(value)
  const last = useRef(0)
  // A timer is the world outside React: it brings the last value of a burst, which no render would.
  useEffect(() => {
    if (intervalMs === 0) return
    const show = () => {
      last.current = performance.now()
      setShown(() => value)
    }
    const timer = setTimeout(show, Math.max(0, last.current + intervalMs - performance.now()))
    return () => clearTimeout(timer)
  }, [value, intervalMs])
  return intervalMs === 0 ? value : shown
}

/** How often side lists follow a run that plays: ten times a second is as fast as one reads. */
export const READING_MS = 100

/**
 * Part of what the page knows, followed at most once per interval; at once when the interval is 0. What comes in between
 * costs no drawing, and while time runs it is drawn in a calm frame. `select` must always be the same function, and give the same object for the same state.
 */
export function useSlowly<T>(select: (state: PageState) => T, intervalMs: number): T {
  const [shown, setShown] = useState(() => select(useStore.getState()))
  // The store lives outside React, and so does the clock.
  useLayoutEffect(() => {
    let cancel: (() => void) | null = null
    const show = () => {
      cancel = null
      setShown(() => select(useStore.getState()))
    }
    show()
    let known = select(useStore.getState())
    const stop = useStore.subscribe((state) => {
      const now = select(state)
      if (Object.is(now, known)) return
      known = now
      if (intervalMs === 0) show()
      else cancel ??= inCalm(intervalMs, show)
    })
    return () => {
      stop()
      cancel?.()
    }
  }, [select, intervalMs])
  return shown
}
