import { useEffect, useRef, useState } from 'react'

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
