import { useEffect } from 'react'
import { MS, type Micros } from '../../base/units.ts'
import { compareCursor, lookAt, playBoth, seekBoth, strideBoth } from './compare-desk.ts'
import { useCompare } from './compare-state.ts'
import { zoomed } from './compare-window.ts'

const LEAP: Micros = 100 * MS

/** The keys of time, as the page has them, for the two runs that are compared. */
export function useCompareKeys(): void {
  // Keys pressed anywhere in the dialog arrive at the window.
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (useCompare.getState().sides === null || isTakenBy(event)) return
  const what = deedOf(event.key, event.shiftKey)
  if (what === null) return
  what()
  event.preventDefault()
}

function deedOf(key: string, shift: boolean): (() => void) | null {
  const { playing, until, window } = useCompare.getState()
  const at = compareCursor.now()
  switch (key) {
    case ' ':
      return () => playBoth(!playing)
    case 'ArrowRight':
      return () => (shift ? seekBoth(at + LEAP) : strideBoth(1))
    case 'ArrowLeft':
      return () => (shift ? seekBoth(at - LEAP) : strideBoth(-1))
    case 'Home':
      return () => seekBoth(0)
    case 'End':
      return () => seekBoth(until)
    case '+':
    case '=':
      return () => lookAt(zoomed(window, 0.5, at, until))
    case '-':
      return () => lookAt(zoomed(window, 2, at, until))
    default:
      return null
  }
}

/** Typing is no command, a slider keeps its arrows and a button its Space. */
function isTakenBy({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('input, select, textarea') !== null) return true
  return key === ' ' && target.closest('button, a') !== null
}
