import { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { type Entry, entryAt, termAt } from '../entry.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'
import { actor } from './memory.ts'

/** Every entry that a leader has committed, with the term in which it did; and the leaders looked at so far. */
interface Memory {
  committed: Log<{ readonly entry: Entry; readonly inTerm: number }>
  leaders: Map<ProcessId, number>
}

export const leaderCompleteness = monitor<Raft, Memory>({
  name: 'Leader Completeness',
  says: 'An entry committed in a term is in the log of every leader of a later term.',
  source: 'Raft thesis, Figure 3.2; paper §5.4',
  on: HANDLED,
  begin: () => ({ committed: new Log(), leaders: new Map() }),
  copy: ({ committed, leaders }) => ({ committed: committed.copy(), leaders: new Map(leaders) }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null || at.state.role !== 'leader') return null
    const { currentTerm: term } = at.state
    if (memory.leaders.get(at.id) !== term) {
      memory.leaders.set(at.id, term)
      const missing = firstMissing(memory, at.state)
      if (missing !== null) return { text: missingText(at.id, term, missing), nodes: [at.id] }
    }
    return collect(memory, at.id, at.state, world)
  },
})

/** Takes down what this leader has committed; if a later leader is already there, it must hold it too. */
function collect(memory: Memory, id: ProcessId, state: ServerState, world: World<Raft>) {
  const { committed } = memory
  while (committed.length < state.commitIndex) {
    const entry = entryAt(state.log, committed.length + 1)
    if (entry === undefined) return null
    committed.append({ entry, inTerm: state.currentTerm })
    for (const [other, term] of memory.leaders) {
      if (other === id || term <= state.currentTerm) continue
      const later = world.state(other)
      if (later === null || later.kind !== 'server' || later.currentTerm !== term) continue
      if (termAt(later.log, entry.index) === entry.term) continue
      return { text: missingText(other, term, { entry, inTerm: state.currentTerm }), nodes: [other, id] }
    }
  }
  return null
}

function firstMissing(memory: Memory, state: ServerState): { entry: Entry; inTerm: number } | null {
  for (const committed of memory.committed) {
    if (committed.inTerm >= state.currentTerm) continue
    if (termAt(state.log, committed.entry.index) !== committed.entry.term) return committed
  }
  return null
}

const missingText = (leader: ProcessId, term: number, { entry, inTerm }: { entry: Entry; inTerm: number }): string =>
  `${leader} leads term ${term} without entry ${entry.index} of term ${entry.term}, which was committed in term ${inTerm}`
