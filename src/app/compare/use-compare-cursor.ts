import { useEffectEvent, useLayoutEffect } from 'react'
import { compareCursor } from './compare-desk.ts'

/** Draws by hand what moves with the instant that both runs are at, and again whenever React has drawn. */
export function useCompareCursor(draw: (now: number) => void): void {
  const paint = useEffectEvent(draw)
  // The cursor is no part of React: it moves with every painted frame.
  useLayoutEffect(() => compareCursor.subscribe((now) => paint(now)), [])
  useLayoutEffect(() => paint(compareCursor.now()))
}
