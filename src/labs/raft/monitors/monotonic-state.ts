import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** What each server had reached after its last handler. */
type Memory = Map<ProcessId, { readonly term: number; readonly commitIndex: number; readonly lastApplied: number }>

export const monotonicState = monitor<Raft, Memory>({
  name: 'Monotonic State',
  says: 'While a server is up, its term, commitIndex and lastApplied never go back.',
  source: 'Raft paper, Figure 2 (“increases monotonically”)',
  on: HANDLED,
  gate: changes,
  begin: () => new Map(),
  copy: (memory) => new Map(memory),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null) return null
    const { currentTerm: term, commitIndex, lastApplied } = at.state
    const before = memory.get(at.id)
    if (before?.term === term && before.commitIndex === commitIndex && before.lastApplied === lastApplied) return null
    memory.set(at.id, { term, commitIndex, lastApplied })
    if (before === undefined || event.type === 'started') return null
    const nodes = [at.id]
    if (term < before.term) return { text: `${at.id} went back from term ${before.term} to ${term}`, nodes }
    if (commitIndex < before.commitIndex)
      return { text: `${at.id}’s commitIndex went back from ${before.commitIndex} to ${commitIndex}`, nodes }
    if (lastApplied < before.lastApplied)
      return { text: `${at.id}’s lastApplied went back from ${before.lastApplied} to ${lastApplied}`, nodes }
    return null
  },
})
