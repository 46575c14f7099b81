import { MS, SECOND, type Micros } from '../../base/units.ts'
import type { Story } from '../../engine/messages.ts'
import type { Tone } from '../../lab/definition.ts'

/** The least that the strip shows, so that a run that begins does not race across it. */
const LEAST_SPAN = 2 * SECOND

/** How much time the strip shows when a run has come this far: a bit more. */
export const spanFor = (edge: Micros): Micros => Math.max(LEAST_SPAN, edge * 1.06)

/** A gap of 1, 2 or 5 times a power of ten, no smaller than this. */
export function niceStep(least: Micros): Micros {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, MS)))
  return ([1, 2, 5].find((n) => n * power >= least) ?? 10) * power
}

/** `1.5 s` with no more digits than ticks this far apart need. */
export function formatTick(at: Micros, step: Micros): string {
  const digits = step >= SECOND ? 0 : Math.ceil(-Math.log10(step / SECOND) - 1e-9)
  return `${(at / SECOND).toFixed(digits)} s`
}

/** Stories so close together that they share a tick: the weightiest of them stands for all. */
export interface Mark {
  story: Story
  count: number
}

const WEIGHT: Record<Tone, number> = { plain: 0, good: 1, bad: 2, user: 3 }

/** One mark per bin at most: a long run has more stories than the strip has pixels. */
export function marksOf(stories: readonly Story[], bin: Micros): Mark[] {
  const marks = new Map<number, Mark>()
  for (const story of stories) {
    const n = Math.floor(story.at / bin)
    const known = marks.get(n)
    if (known === undefined) marks.set(n, { story, count: 1 })
    else if (WEIGHT[story.tone] > WEIGHT[known.story.tone]) marks.set(n, { story, count: known.count + 1 })
    else known.count++
  }
  return [...marks.values()]
}

export function nearestMark(marks: readonly Mark[], at: Micros, within: Micros): Mark | null {
  let best: Mark | null = null
  for (const mark of marks) {
    const gap = Math.abs(mark.story.at - at)
    if (gap <= within && (best === null || gap < Math.abs(best.story.at - at))) best = mark
  }
  return best
}

/** Index of the last story that has happened by this event, or -1. */
export function lastStoryBy(stories: readonly Story[], seq: number): number {
  let low = 0
  let high = stories.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stories[middle] as Story).seq <= seq) low = middle + 1
    else high = middle
  }
  return low - 1
}
