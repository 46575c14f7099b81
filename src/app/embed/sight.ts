import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

/**
 * A lab that nobody sees stands still, and goes on when it is seen again if it was playing or has been told to play since:
 * what lies off the screen costs nothing, and nobody misses anything.
 */
let seen = true
let goesOn = false

export function watchSight(): void {
  new IntersectionObserver((entries) => {
    const now = entries.at(-1)?.isIntersecting ?? true
    if (now === seen) return
    seen = now
    if (seen && goesOn) actions.play()
    if (!seen) {
      goesOn = useStore.getState().playing
      actions.pause()
    }
  }).observe(document.documentElement)
}

export function play(): void {
  goesOn = true
  if (seen) actions.play()
}

export function pause(): void {
  goesOn = false
  actions.pause()
}

/** Whether it plays, or will as soon as it is seen. */
export const isPlaying = (): boolean => (seen ? useStore.getState().playing : goesOn)
