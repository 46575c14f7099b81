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
  return countOf(stories, (story) => story.seq <= seq) - 1
}

/** The stories of one instant, in their order. */
export function storiesAt(stories: readonly Story[], at: Micros): readonly Story[] {
  const before = countOf(stories, (story) => story.at < at)
  return stories.slice(
    before,
    countOf(stories, (story) => story.at <= at),
  )
}

/** How many of them, from the first on, are so; they stand in the order of time. */
function countOf(stories: readonly Story[], isSo: (story: Story) => boolean): number {
  let low = 0
  let high = stories.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(stories[middle] as Story)) low = middle + 1
    else high = middle
  }
  return low
}
