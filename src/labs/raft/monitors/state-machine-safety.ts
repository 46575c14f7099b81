import { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import { type Entry, entryAt } from '../entry.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** The entry that was first applied at each index and by whom; and how far each server has come in this life. */
interface Memory {
  applied: Log<{ readonly entry: Entry; readonly by: ProcessId } | null>
  upTo: Map<ProcessId, number>
}

export const stateMachineSafety = monitor<Raft, Memory>({
  name: 'State Machine Safety',
  says: 'If a server has applied an entry at an index, no other server ever applies a different one there.',
  source: 'Raft thesis, Figure 3.2; paper §5.4.3',
  on: HANDLED,
  gate: changes,
  begin: () => ({ applied: new Log(), upTo: new Map() }),
  copy: ({ applied, upTo }) => ({ applied: applied.copy(), upTo: new Map(upTo) }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null) return null
    const { lastApplied, log } = at.state
    if (event.type === 'started') memory.upTo.set(at.id, 0)
    let done = memory.upTo.get(at.id) ?? 0
    if (done === lastApplied) return null
    memory.upTo.set(at.id, lastApplied)
    // What a snapshot brought was applied elsewhere, and is looked at there.
    done = Math.max(done, log.first)
    while (memory.applied.length < done) memory.applied.append(null)
    while (done < lastApplied) {
      done++
      const entry = entryAt(log, done)
      if (entry === undefined) return null
      const first = memory.applied.at(done - 1)
      if (first === null) continue
      if (first === undefined) memory.applied.append({ entry, by: at.id })
      else if (first.entry.digest !== entry.digest) {
        return {
          text: `${at.id} applied entry ${done} of term ${entry.term}, where ${first.by} had applied one of term ${first.entry.term}`,
          nodes: [at.id, first.by],
        }
      }
    }
    return null
  },
})
