import type { Micros } from '../../base/units.ts'
import { markBeside } from '../../ui/lanes/marks.ts'

export interface Walk {
  now: Micros
  reached: Micros
  /** How much time is on show. */
  span: Micros
  stories: readonly { at: Micros }[]
  marks: readonly { at: Micros }[]
}

/** A hundredth of the window, or a tenth with Shift. */
const STEP = 0.01

/**
 * Where a key leads: arrows to the sides move a little, arrows up and down from mark to mark, PageUp and PageDown from story
 * to story, Home and End to the ends of what has been seen. Undefined for any other key.
 */
export function keyTarget(
  key: string,
  shift: boolean,
  { now, reached, span, stories, marks }: Walk,
): Micros | undefined {
  const step = Math.round(span * STEP * (shift ? 10 : 1))
  switch (key) {
    case 'ArrowRight':
      return now + step
    case 'ArrowLeft':
      return Math.max(0, now - step)
    case 'ArrowUp':
      return markBeside(marks, now, 1)?.at ?? markBeside(stories, now, 1)?.at
    case 'ArrowDown':
      return markBeside(marks, now, -1)?.at ?? markBeside(stories, now, -1)?.at
    case 'PageUp':
      return markBeside(stories, now, 1)?.at
    case 'PageDown':
      return markBeside(stories, now, -1)?.at
    case 'Home':
      return 0
    case 'End':
      return reached
    default:
      return undefined
  }
}

export const isWalkKey = (key: string): boolean => /^(Arrow(Left|Right|Up|Down)|PageUp|PageDown|Home|End)$/.test(key)

/** What a key does to the window: longer or shorter by a factor, along by a share of it, all of the run, or back to the cursor. */
export type WindowKey = { zoom: number } | { pan: number } | 'whole' | 'follow'

export function windowKey(key: string, shift: boolean): WindowKey | undefined {
  if (key === 'PageUp' && shift) return { pan: 0.5 }
  if (key === 'PageDown' && shift) return { pan: -0.5 }
  return WINDOW_KEYS[key]
}

const WINDOW_KEYS: Readonly<Record<string, WindowKey>> = {
  '+': { zoom: 0.5 },
  '=': { zoom: 0.5 },
  '-': { zoom: 2 },
  _: { zoom: 2 },
  '0': 'whole',
  f: 'follow',
  F: 'follow',
}
