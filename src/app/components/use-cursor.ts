import { useEffect, useEffectEvent } from 'react'
import type { Micros } from '../../base/units.ts'
import { cursor } from '../playback.ts'

/** Draws at every painted frame, past React: sixty renders a second for one moving number would be waste. */
export function useCursor(draw: (now: Micros) => void): void {
  const onFrame = useEffectEvent(draw)
  // The cursor lives outside React and is followed as long as the component is on screen.
  useEffect(() => {
    onFrame(cursor.now())
    return cursor.subscribe((now) => onFrame(now))
  }, [])
}
