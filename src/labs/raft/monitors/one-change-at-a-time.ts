import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import { termAt } from '../entry.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** Of each server, the last configuration that it logged as a leader. */
type Logged = Map<ProcessId, number>

export const oneChangeAtATime = monitor<Raft, Logged>({
  name: 'One Change at a Time',
  says: 'A leader logs no configuration while the one before is not committed.',
  source: 'Raft thesis §4.1',
  on: HANDLED,
  gate: changes,
  begin: () => new Map(),
  copy: (logged) => new Map(logged),
  watch(logged, event, world) {
    const at = actor(event, world)
    if (at === null || at.state.role !== 'leader') return null
    const { configs, log, currentTerm, commitIndex } = at.state
    const last = configs[configs.length - 1]
    if (last === undefined || last.index === 0 || last.index === logged.get(at.id)) return null
    logged.set(at.id, last.index)
    const before = configs[configs.length - 2]
    if (before === undefined || before.index <= commitIndex || termAt(log, last.index) !== currentTerm) return null
    return {
      text: `${at.id} logged a configuration as entry ${last.index} while the one of entry ${before.index} was not committed`,
      nodes: [at.id],
    }
  },
})
