import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Gossip } from '../types.ts'
import { changedBy } from './memory.ts'

/** The highest incarnation that each server ever gave itself, over all its lives. */
type Highest = Map<ProcessId, number>

/** Nobody but a server itself raises its incarnation. */
export const ownIncarnation = monitor<Gossip, Highest>({
  name: 'Own incarnation',
  says: 'Nobody believes a server in an incarnation that it never gave itself: only its own refutation raises it.',
  source: 'SWIM §4.2',
  on: HANDLED,
  begin: () => new Map(),
  copy: (memory) => new Map(memory),
  watch(memory, event, world) {
    const changed = changedBy(event, world)
    if (changed === null) return null
    const { id, self } = changed
    if (self.incarnation > (memory.get(id) ?? 0)) memory.set(id, self.incarnation)
    for (const node of self.touched) {
      const held = self.members.get(node)
      const highest = memory.get(node) ?? world.state(node)?.incarnation ?? 0
      if (held === undefined || held.incarnation <= highest) continue
      const text = `${id} holds ${node} in incarnation ${held.incarnation}, and ${node} never went beyond ${highest}`
      return { text, nodes: [id, node] }
    }
    return null
  },
})

/** For each server, in its present life: the incarnation in which it held each other one when that last changed. */
type Held = Map<ProcessId, Map<ProcessId, number>>

/** Within one life of a server, no incarnation goes back: its own, or that of another while it is remembered. */
export const incarnationsNeverGoBack = monitor<Gossip, Held>({
  name: 'Incarnations never go back',
  says: 'While a server runs, its own incarnation never falls, nor that of another in its list while it is remembered.',
  source: 'SWIM §4.2',
  on: HANDLED,
  begin: () => new Map(),
  copy: (memory) => new Map([...memory].map(([id, held]) => [id, new Map(held)])),
  watch(memory, event, world) {
    const changed = changedBy(event, world)
    if (changed === null) return null
    const { id, self } = changed
    if (event.type === 'started' || (event.type === 'acted' && event.action.type === 'join')) memory.delete(id)
    if (self.touched.length === 0) return null
    const held = memory.get(id) ?? new Map<ProcessId, number>()
    memory.set(id, held)
    for (const node of self.touched) {
      const before = held.get(node) ?? 0
      const now = self.members.get(node)
      if (now === undefined) held.delete(node)
      else held.set(node, now.incarnation)
      if (now === undefined || now.incarnation >= before) continue
      return { text: `${id} goes back from ${node} (${before}) to ${node} (${now.incarnation})`, nodes: [id, node] }
    }
    return null
  },
})
