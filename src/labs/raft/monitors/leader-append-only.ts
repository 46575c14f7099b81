import type { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Entry } from '../entry.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** Each server's log as it was after its last handler. */
type Seen = Map<ProcessId, Log<Entry>>

export const leaderAppendOnly = monitor<Raft, Seen>({
  name: 'Leader Append-Only',
  says: 'A leader never overwrites or deletes entries in its log; it only appends.',
  source: 'Raft thesis, Figure 3.2; paper §5.3',
  on: HANDLED,
  gate: changes,
  begin: () => new Map(),
  copy: (seen) => new Map(seen),
  watch(seen, event, world) {
    const at = actor(event, world)
    if (at === null) return null
    const { log, role, currentTerm } = at.state
    const before = seen.get(at.id)
    if (before !== undefined && before.length === log.length && before.last() === log.last()) return null
    seen.set(at.id, log.copy())
    if (role !== 'leader' || before === undefined || event.type === 'started') return null
    const kept = log.sharedPrefix(before)
    if (kept === before.length) return null
    return {
      text: `${at.id}, leader of term ${currentTerm}, changed its own log from entry ${kept + 1} on`,
      nodes: [at.id],
    }
  },
})
