import type { Mistake } from '../../lab/definition.ts'
import type { Ping } from './types.ts'

/** What can be wrong on purpose; each has the monitor that catches it. */
export const mistakes: readonly Mistake<Ping>[] = [
  {
    name: 'countEveryPong',
    label: 'Count every pong',
    breaks: 'A server counts an answer without looking which ping it answers: a double or a late one counts too.',
    source: 'this lab',
    caughtBy: 'No answer without a ping',
    config: { mistakes: { countEveryPong: true } },
  },
]
