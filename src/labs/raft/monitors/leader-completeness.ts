import { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { type Entry, type EntryLog, entryAt, termAt } from '../entry.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** An entry, and the term in which a leader committed it. */
interface Committed {
  readonly entry: Entry
  readonly inTerm: number
}

/** Every entry that a leader has committed, with the term in which it did; and the leaders looked at so far. */
interface Memory {
  committed: Log<Committed | null>
  leaders: Map<ProcessId, number>
}

export const leaderCompleteness = monitor<Raft, Memory>({
  name: 'Leader Completeness',
  says: 'An entry committed in a term is in the log of every leader of a later term.',
  source: 'Raft thesis, Figure 3.2; paper §5.4',
  on: HANDLED,
  gate: changes,
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
    if (entry === undefined) {
      // Compacted in the very step in which it was committed.
      if (committed.length >= state.log.first) return null
      committed.append(null)
      continue
    }
    committed.append({ entry, inTerm: state.currentTerm })
    for (const [other, term] of memory.leaders) {
      if (other === id || term <= state.currentTerm) continue
      const later = world.state(other)
      if (later === null || later.kind !== 'server' || later.currentTerm !== term) continue
      if (holds(later.log, entry)) continue
      return { text: missingText(other, term, { entry, inTerm: state.currentTerm }), nodes: [other, id] }
    }
  }
  return null
}

function firstMissing(memory: Memory, state: ServerState): Committed | null {
  for (let index = Math.max(1, state.log.first); index <= memory.committed.length; index++) {
    const committed = memory.committed.at(index - 1)
    if (!committed || committed.inTerm >= state.currentTerm) continue
    if (!holds(state.log, committed.entry)) return committed
  }
  return null
}

/** What is compacted is held as a snapshot: of its last entry the term is known, and by Log Matching that says all. */
const holds = (log: EntryLog, { index, term }: Entry): boolean => index < log.first || termAt(log, index) === term

const missingText = (leader: ProcessId, term: number, { entry, inTerm }: Committed): string =>
  `${leader} leads term ${term} without entry ${entry.index} of term ${entry.term}, which was committed in term ${inTerm}`
