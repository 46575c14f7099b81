import type { Difference, Pair, Said } from '../../lab/comparison.ts'
import type { Story } from '../messages.ts'
import type { Timeline } from '../timeline.ts'

/**
 * The first thing that two runs tell in other words, from event number `seq` on; an instant that is another one is not enough.
 * Null as long as there is none. `ended`: no more will be told, so what one tells and the other does not counts too.
 */
export function firstToldOtherwise(sides: Pair<Timeline>, seq: number, ended: boolean): Difference | null {
  const [a, b] = sides.map(({ chronicle }) => chronicle.stories.filter((story) => story.seq >= seq)) as [
    Story[],
    Story[],
  ]
  const both = Math.min(a.length, b.length)
  let i = 0
  while (i < both && a[i]?.text === b[i]?.text) i++
  const pair: Pair<Said | null> = [saidOf(a[i]), saidOf(b[i])]
  const [one, other] = pair
  if (one === null && other === null) return null
  if ((one === null || other === null) && !ended) return null
  const at = Math.min(one?.at ?? Number.POSITIVE_INFINITY, other?.at ?? Number.POSITIVE_INFINITY)
  return { at, sides: pair, field: null }
}

function saidOf(story: Story | undefined): Said | null {
  if (story === undefined) return null
  const { seq, at, text, about, tone } = story
  return { seq, at, text, about, tone }
}
