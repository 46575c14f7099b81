import type { Micros } from '../../base/units.ts'
import type { Lanes } from '../../lab/lanes.ts'
import { follow, type Interval, zoomed } from '../../ui/lanes/window.ts'
import { follow as followCursor, useDiagramView } from './diagram-view.ts'

interface Now {
  playing: boolean
  /** A hand is on the playhead. */
  held: boolean
  /** At the frame before this one. */
  before: { now: Micros; playing: boolean }
}

/** The window after the cursor moved or the length changed. One that was moved by hand stays until the cursor is put elsewhere. */
export function nextWindow(window: Interval, length: Micros, now: Micros, { playing, held, before }: Now): Interval {
  const isPut = !playing && now !== before.now && !contains(window, now)
  if (useDiagramView.getState().pinned) {
    if (!isPut && (!playing || before.playing)) {
      const { from, to } = window
      return to - from === length ? window : zoomed(window, length, contains(window, now) ? now : (from + to) / 2)
    }
    followCursor()
  }
  return follow(window, length, now, held ? 'held' : playing ? 'playing' : 'paused')
}

export const contains = ({ from, to }: Interval, at: Micros): boolean => from <= at && at <= to

/** Whether the details of a window are there; while it plays they come a little later. */
export function isKnown(lanes: Lanes | null, { from, to }: Interval, reached: Micros): boolean {
  const late = (to - from) / 3
  return lanes !== null && lanes.from <= Math.max(0, from) && lanes.to >= Math.min(to, reached) - late
}
