import { type RefObject, useEffect } from 'react'

/**
 * For what is dragged by touch: the browser makes no gesture of its own of it. Where a finger leaves while it moves, Chromium
 * sees a fling, though nothing scrolls, and takes the next tap, wherever it is, for the one that stops it: no click comes.
 */
export function useTouchDrag(ref: RefObject<HTMLElement | null>): void {
  // React's own listeners are passive and can prevent nothing.
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const prevent = (event: TouchEvent): void => {
      if (event.cancelable) event.preventDefault()
    }
    element.addEventListener('touchmove', prevent, { passive: false })
    return () => element.removeEventListener('touchmove', prevent)
  }, [ref])
}
