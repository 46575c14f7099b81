import type { Place } from '../lab/moment.ts'
import type { ToEngine } from './messages.ts'
import type { Timeline } from './timeline.ts'

/** What changes a run, or what is kept beside it. */
export type Change = Extract<ToEngine, { type: 'command' | 'undo' | 'redo' | 'switch' | 'prune' | 'rename' }>

/**
 * Does what a message asks. Returns where to stand if a future was taken up again, which has to be played to where it was seen
 * first; null if the run is to be shown where it stands.
 */
export function change(timeline: Timeline, message: Change): Place | null {
  switch (message.type) {
    case 'command':
      if (message.at !== null) timeline.goTo(message.at)
      timeline.act(message.command, message.also, message.keeps)
      return null
    case 'undo':
      return timeline.undo() ? timeline.moment : null
    case 'redo':
      return timeline.redo() ? timeline.moment : null
    case 'switch': {
      const { at } = timeline.moment
      return timeline.switchTo(message.branch) ? { at } : null
    }
    case 'prune':
      timeline.branches.remove(message.branch)
      return null
    case 'rename':
      timeline.branches.rename(message.branch, message.name)
      return null
  }
}
