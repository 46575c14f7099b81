import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import { updateText } from '../messages.ts'
import { retransmitLimit } from '../timing.ts'
import type { Gossip } from '../types.ts'
import { changedBy } from './memory.ts'

/** The most members that each server has known in its present life: forgetting the dead lowers the limit afterwards. */
type Most = Map<ProcessId, number>

export const boundedRetelling = monitor<Gossip, Most>({
  name: 'Bounded retelling',
  says: 'No server tells an update more often than the multiplier × ⌈log10(n + 1)⌉ times.',
  source: 'SWIM §4.1; memberlist queue.go',
  on: HANDLED,
  begin: () => new Map(),
  copy: (memory) => new Map(memory),
  watch(memory, event, world) {
    const changed = changedBy(event, world)
    if (changed === null) return null
    const { id, self } = changed
    if (event.type === 'started') memory.delete(id)
    const most = Math.max(memory.get(id) ?? 0, self.members.known)
    memory.set(id, most)
    if (self.news.length + self.events.length === 0) return null
    const limit = retransmitLimit(world.configOf(id).retransmitMult, most)
    // The most told stand last.
    for (const told of [self.news.items.at(-1), self.events.items.at(-1)]) {
      if (told === undefined || told.times <= limit) continue
      const what = updateText(told.update)
      return { text: `${id} has told “${what}” ${told.times} times, where ${limit} are the limit`, nodes: [id] }
    }
    return null
  },
})
