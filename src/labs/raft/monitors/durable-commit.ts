import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { termAt } from '../entry.ts'
import type { Raft } from '../types.ts'
import { actor, isQuorum } from './memory.ts'

/** Up to where all that was committed was found on the disks of a quorum. */
interface Memory {
  checked: number
}

export const durableCommit = monitor<Raft, Memory>({
  name: 'Durable Commit',
  says: 'When a leader commits an entry, it is on the disks of a quorum.',
  source: 'Raft paper §5.3; Figure 2, log on stable storage; thesis §10.2.1',
  on: HANDLED,
  begin: () => ({ checked: 0 }),
  copy: ({ checked }) => ({ checked }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null || at.state.role !== 'leader' || at.state.commitIndex <= memory.checked) return null
    const { commitIndex: index, log } = at.state
    memory.checked = index
    const holders = holdersOf(world, index, termAt(log, index))
    if (isQuorum(at.state, (id) => holders.includes(id))) return null
    const where = holders.length === 0 ? 'on no disk' : `on the disk of ${holders.join(', ')} alone`
    return {
      text: `${at.id} committed entry ${index} of term ${termAt(log, index)}, which is ${where}`,
      nodes: [at.id, ...holders.filter((id) => id !== at.id)],
    }
  },
})

function holdersOf(world: World<Raft>, index: number, term: number): ProcessId[] {
  return world.ids('server').filter((id) => {
    const log = world.durable(id)?.log
    return log !== undefined && (index < log.first || termAt(log, index) === term)
  })
}
