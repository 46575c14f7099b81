import { type RefObject, useRef } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { LaneMark } from '../../lab/lanes.ts'

/** How often an assistive technology hears of a run that plays. */
const SPEAK_MS = 500

/** Says where a slider of the run stands, and what is marked there, past React. */
export function useSpeaking(slider: RefObject<HTMLElement | null>, marks: () => readonly LaneMark[]) {
  const spokenAt = useRef(0)
  return (now: Micros, reached: Micros, playing: boolean) => {
    const element = slider.current
    const time = performance.now()
    if (element === null || (playing && time - spokenAt.current < SPEAK_MS)) return
    spokenAt.current = time
    const mark = playing ? undefined : marks().findLast(({ at }) => at === Math.round(now))
    const text = `${formatInstant(now)} simulated${mark === undefined ? '' : `, ${mark.text}`}`
    element.setAttribute('aria-valuemax', String(Math.round(Math.max(reached, now))))
    element.setAttribute('aria-valuenow', String(Math.round(now)))
    element.setAttribute('aria-valuetext', text)
  }
}
