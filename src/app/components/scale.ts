import type { Micros } from '../../base/units.ts'
import type { Story } from '../../engine/messages.ts'
import type { Tone } from '../../lab/definition.ts'

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
