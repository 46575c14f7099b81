import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Updates } from '../messages.ts'
import type { ServerState } from '../state.ts'
import type { Gossip } from '../types.ts'
import { changedBy } from './memory.ts'

/** It sees all in the state after each handler, so it has nothing to remember. */
export const noStrangers = monitor<Gossip, null>({
  name: 'No strangers',
  says: 'A member list never holds a server that never existed.',
  source: 'SWIM §4.2',
  on: HANDLED,
  begin: () => null,
  copy: () => null,
  watch(_memory, event, world) {
    const changed = changedBy(event, world)
    const stranger = changed?.self.touched.find((node) => !world.has(node))
    if (changed === null || stranger === undefined) return null
    return { text: `${changed.id} holds ${stranger}, which never existed`, nodes: [changed.id] }
  },
})

/** What a push/pull brings of the dead makes them suspects, so that they can refute. */
export const pushPullOnlySuspects = monitor<Gossip, null>({
  name: 'Push/pull only suspects',
  says: 'Nobody comes to be dead to a server by a push/pull: what is dead to the other is suspect first.',
  source: 'memberlist state.go, mergeState',
  on: ['delivered'],
  begin: () => null,
  copy: () => null,
  watch(_memory, event, world) {
    const changed = changedBy(event, world)
    if (event.type !== 'delivered' || event.message.type !== 'PushPull' || changed === null) return null
    const { id, self } = changed
    const dead = self.touched.find((node) => self.members.get(node)?.standing === 'dead')
    if (dead === undefined) return null
    return { text: `${id} takes ${dead} for dead at a push/pull with ${event.from}`, nodes: [id, dead] }
  },
})

/** A server that reads an accusation against its present life beats it with a higher incarnation. */
export const accusedRefutes = monitor<Gossip, null>({
  name: 'The accused refutes',
  says: 'A server that hears itself called suspect or dead, and does not leave, is at once in a later incarnation than that.',
  source: 'SWIM §4.2',
  on: ['delivered'],
  begin: () => null,
  copy: () => null,
  watch(_memory, event, world) {
    const changed = changedBy(event, world)
    if (event.type !== 'delivered' || changed === null || !belongs(changed.self)) return null
    const { id, self } = changed
    const accused = accusation('updates' in event.message ? event.message.updates : [], id)
    if (self.incarnation > accused) return null
    return { text: `${id} hears that it is accused in incarnation ${accused} and stays in it`, nodes: [id, event.from] }
  },
})

/** The highest incarnation in which these updates accuse a server; 0 if they do not. */
function accusation(updates: Updates, id: ProcessId): number {
  let highest = 0
  for (const update of updates) {
    if ((update.type === 'suspect' || update.type === 'dead') && update.node === id)
      highest = Math.max(highest, update.incarnation)
  }
  return highest
}

const belongs = ({ phase }: ServerState): boolean => phase === 'member' || phase === 'joining'
