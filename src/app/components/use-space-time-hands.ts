import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { type Interval, panned, zoomed } from '../../ui/lanes/window.ts'
import { actions } from '../actions.ts'
import { cursor } from '../playback.ts'
import { useStore } from '../store.ts'
import { follow, shownSpan, showWhole, useDiagramView, zoomBy } from './diagram-view.ts'
import type { WindowKey } from './space-time-keys.ts'
import { contains } from './space-time-window.ts'

/**
 * What a hand or a key does to the diagram and its strip, always the same functions. `onShow` is the window, `held` whether a
 * hand is on the playhead, `drawing` what draws an instant.
 */
export function useSpaceTimeHands(
  onShow: RefObject<Interval>,
  held: RefObject<boolean>,
  drawing: RefObject<(now: Micros) => void>,
) {
  const seekTo = useRef<Micros | null>(null)
  const seekNow = () => {
    const to = seekTo.current
    seekTo.current = null
    if (to !== null) actions.seek(to)
  }
  const [hands] = useState(() => ({
    onSeek(at: Micros) {
      if (seekTo.current === null) requestAnimationFrame(seekNow)
      seekTo.current = at
    },
    onSelect: (id: ProcessId) => actions.select(id),
    onRail: (id: number) => actions.switchBranch(id),
    onHold(now: boolean) {
      held.current = now
      // What comes next, a tap on Play perhaps, comes after it.
      if (!now) seekNow()
    },
    onPan(by: Micros) {
      const { playing, reached } = useStore.getState()
      const now = cursor.now()
      onShow.current = panned(onShow.current, by, Math.max(reached, now))
      if (playing || !contains(onShow.current, now)) useDiagramView.setState({ pinned: true })
      drawing.current(now)
    },
    onZoom(factor: number, at: Micros) {
      const { playing, speed } = useStore.getState()
      const now = cursor.now()
      zoomBy(factor)
      const view = useDiagramView.getState()
      if (playing && !view.pinned) return
      onShow.current = zoomed(onShow.current, shownSpan(view, speed), at)
      if (!contains(onShow.current, now)) useDiagramView.setState({ pinned: true })
    },
  }))
  // What the hand shows is kept outside of React.
  useEffect(() => {
    return useDiagramView.subscribe(({ along }, before) => {
      const { from, to } = onShow.current
      if (along === before.along) drawing.current(cursor.now())
      else hands.onPan((along - before.along) * (to - from))
    })
  }, [hands, onShow, drawing])
  const turn = (change: WindowKey) => {
    const { from, to } = onShow.current
    const now = cursor.now()
    if (change === 'whole') showWhole()
    if (change === 'whole' || change === 'follow') follow()
    else if ('pan' in change) hands.onPan(change.pan * (to - from))
    else hands.onZoom(change.zoom, contains(onShow.current, now) ? now : (from + to) / 2)
  }
  return { hands, turn }
}
