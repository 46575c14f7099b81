import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { termAt } from '../entry.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor, isQuorum } from './memory.ts'

/**
 * Up to where all that was committed was found on the disks of a quorum; and the configuration that each leader went by
 * before its last handler, since a commit may put another into effect.
 */
interface Memory {
  checked: number
  configs: Map<ProcessId, ServerState['config']>
}

export const durableCommit = monitor<Raft, Memory>({
  name: 'Durable Commit',
  says: 'When a leader commits an entry, it is on the disks of a quorum.',
  source: 'Raft paper §5.3; Figure 2, log on stable storage; thesis §10.2.1',
  on: HANDLED,
  gate: changes,
  begin: () => ({ checked: 0, configs: new Map() }),
  copy: ({ checked, configs }) => ({ checked, configs: new Map(configs) }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null || at.state.role !== 'leader') return null
    const { commitIndex: index, log, config, noopIndex } = at.state
    const before = memory.configs.get(at.id) ?? config
    if (before !== config || !memory.configs.has(at.id)) memory.configs.set(at.id, config)
    // Below its no-op is what it had heard of as a follower: an earlier leader committed it, by its own configuration.
    if (index <= memory.checked || index < noopIndex) return null
    memory.checked = index
    const holders = holdersOf(world, index, termAt(log, index))
    const holds = (id: ProcessId) => holders.includes(id)
    if (isQuorum(at.state, holds) || isQuorum({ config: before }, holds)) return null
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
