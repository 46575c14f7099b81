import { useEffect } from 'react'
import { whenStands } from '../../ui/later.ts'

const keyboard = whenStands(() => import('./keyboard.ts'))
/** What the keys need to know of: Space is the page's on a button that was only clicked. */
const EARLY = ['keydown', 'pointerdown', 'focusin'] as const

/** Draws nothing. What the keys do comes once the page stands; those that were pressed before are not lost. */
export function Keyboard() {
  // Keys pressed anywhere on the page arrive at the window.
  useEffect(() => {
    const early: Event[] = []
    const keep = (event: Event) => early.push(event)
    for (const type of EARLY) window.addEventListener(type, keep, true)
    let stop = () => {
      for (const type of EARLY) window.removeEventListener(type, keep, true)
    }
    let wanted = true
    void keyboard().then(({ takeKeys }) => {
      if (!wanted) return
      stop()
      stop = takeKeys(early)
    })
    return () => {
      wanted = false
      stop()
    }
  }, [])
  return null
}
