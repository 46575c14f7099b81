import { monitor } from '../../check/monitor.ts'
import { HANDLED } from '../../kernel/event.ts'
import { serverState } from './observe.ts'
import type { Ping } from './types.ts'

/** It sees all in the state after each handler, so it has nothing to remember. */
const noAnswerWithoutAPing = monitor<Ping, null>({
  name: 'No answer without a ping',
  says: 'Each ping ends at most once: what a server counts as answered or missed is never more than it asked.',
  source: 'this lab',
  on: HANDLED,
  begin: () => null,
  copy: () => null,
  watch(_memory, event, world) {
    const id = 'process' in event ? event.process : null
    const self = id === null ? null : serverState(world, id)
    if (id === null || self === null || self.answered + self.missed <= self.asked) return null
    const { asked, answered, missed } = self
    return { text: `${id} counts ${answered} answered and ${missed} missed of ${asked} pings`, nodes: [id] }
  },
})

export const monitors = [noAnswerWithoutAPing]
