import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { Micros } from '../../base/units.ts'

/** What a hand does to the diagram. Instants are those under the pointer. */
export interface HandDeeds {
  /** The instant at this place of the page. */
  instantAt(clientX: number): Micros
  /** Pixels of a microsecond. */
  scale(): number
  /** Whether this place of the page is in the plot; beside it the wheel is the page's. */
  isInside(clientX: number): boolean
  /** Whether a press here takes hold of the playhead. */
  isHandle(event: PointerEvent): boolean
  onSeek(at: Micros): void
  /** A hand is on the playhead, or lets it go. */
  onHold(held: boolean): void
  onPan(by: Micros): void
  onZoom(factor: number, at: Micros): void
  /** A press without a move. */
  onClick(event: PointerEvent): void
}

/** A pointer that moved less than this has clicked. */
const STILL = 4

interface Press {
  x: number
  y: number
  last: number
  moved: boolean
  seeks: boolean
}

/**
 * The gestures of the diagram: a drag moves along, at the axis or the playhead it scrubs, and a click seeks; the wheel and
 * two fingers zoom, the wheel to the side and two fingers together move along.
 */
export function useHand(root: RefObject<HTMLElement | null>, deeds: HandDeeds) {
  const press = useRef<Press | null>(null)
  const fingers = useRef(new Map<number, { x: number; y: number }>())
  useWheel(root, deeds)

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (fingers.current.size > 1) {
      if (press.current?.seeks === true) deeds.onHold(false)
      press.current = null
      return
    }
    const seeks = deeds.isHandle(event)
    press.current = { x: event.clientX, y: event.clientY, last: event.clientX, moved: false, seeks }
    if (!seeks) return
    deeds.onHold(true)
    deeds.onSeek(deeds.instantAt(event.clientX))
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (fingers.current.size > 1) pinch(event)
    const now = press.current
    if (now === null) return
    if (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < STILL) return
    now.moved = true
    if (now.seeks) deeds.onSeek(deeds.instantAt(event.clientX))
    else deeds.onPan((now.last - event.clientX) / deeds.scale())
    now.last = event.clientX
  }
  const onLostPointerCapture = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId)
    const now = press.current
    press.current = null
    if (now?.seeks === true) deeds.onHold(false)
    if (now !== null && !now.moved) deeds.onClick(event)
  }
  /** One of two fingers moved: what was under both stays under both. */
  function pinch(event: PointerEvent<HTMLElement>): void {
    const before = spread(fingers.current)
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const after = spread(fingers.current)
    deeds.onPan((before.middle - after.middle) / deeds.scale())
    deeds.onZoom(before.apart / after.apart, deeds.instantAt(after.middle))
  }
  const isMoving = () => press.current?.moved === true || fingers.current.size > 1
  return { isMoving, onPointerDown, onPointerMove, onLostPointerCapture }
}

function spread(fingers: ReadonlyMap<number, { x: number; y: number }>): { middle: number; apart: number } {
  const [a = { x: 0, y: 0 }, b = a] = [...fingers.values()]
  return { middle: (a.x + b.x) / 2, apart: Math.max(20, Math.hypot(a.x - b.x, a.y - b.y)) }
}

/** A wheel would scroll the page, or zoom it with Ctrl, which only a listener that is not passive can prevent. */
function useWheel(root: RefObject<HTMLElement | null>, deeds: HandDeeds): void {
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!deeds.isInside(event.clientX)) return
    event.preventDefault()
    const { deltaX, deltaY, deltaMode, ctrlKey, shiftKey, clientX } = event
    const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1
    const sideways = shiftKey && deltaX === 0 ? deltaY : deltaX
    if (!ctrlKey && (shiftKey || Math.abs(deltaX) > Math.abs(deltaY))) deeds.onPan((sideways * unit) / deeds.scale())
    else {
      // With Ctrl it is mostly a trackpad's pinch, which comes in small steps.
      const doubling = ctrlKey ? PINCH : WHEEL
      deeds.onZoom(2 ** clamp((deltaY * unit) / doubling, 1), deeds.instantAt(clientX))
    }
  })
  useEffect(() => {
    const element = root.current
    if (element === null) return
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [root])
}

/** Pixels of the wheel that double the time on show, and what a line of it counts for. */
const WHEEL = 240
const PINCH = 60
const LINE = 20

const clamp = (x: number, most: number): number => Math.min(most, Math.max(-most, x))
