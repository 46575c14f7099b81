import type { Tone } from './definition.ts'

/** Stories that are kept of a long run; what somebody did and what went wrong is kept longer than what is usual. */
const MAX_STORIES = 2_000
const MAX_NOTABLE = 500

/** The stories worth keeping, in their order; trims only now and then, so that it costs nothing to call. */
export function trimStories<S extends { tone: Tone }>(stories: readonly S[]): readonly S[] {
  if (stories.length <= 2 * MAX_STORIES) return stories
  const early = stories.slice(0, -MAX_STORIES).filter(({ tone }) => tone === 'user' || tone === 'bad')
  return [...early.slice(-MAX_NOTABLE), ...stories.slice(-MAX_STORIES)]
}
