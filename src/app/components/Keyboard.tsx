import { useEffect } from 'react'
import { whenStands } from '../../ui/later.ts'

const keyboard = whenStands(() => import('./keyboard.ts'))

/** Draws nothing. What the keys do comes once the page stands; those that were pressed before are not lost. */
export function Keyboard() {
  // Keys pressed anywhere on the page arrive at the window.
  useEffect(() => {
    const early: KeyboardEvent[] = []
    const keep = (event: KeyboardEvent) => early.push(event)
    window.addEventListener('keydown', keep)
    let stop = () => window.removeEventListener('keydown', keep)
    let wanted = true
    void keyboard().then(({ takeKeys, onKeyDown }) => {
      if (!wanted) return
      stop()
      stop = takeKeys()
      for (const event of early) onKeyDown(event)
    })
    return () => {
      wanted = false
      stop()
    }
  }, [])
  return null
}
