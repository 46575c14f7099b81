import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** Who led which term, over the whole history. Each is told once. */
type Leaders = Map<number, readonly ProcessId[]>

export const electionSafety = monitor<Raft, Leaders>({
  name: 'Election Safety',
  says: 'At most one leader is elected in a term.',
  source: 'Raft thesis, Figure 3.2; paper §5.2',
  on: HANDLED,
  gate: changes,
  begin: () => new Map(),
  copy: (leaders) => new Map(leaders),
  watch(leaders, event, world) {
    const at = actor(event, world)
    if (at === null || at.state.role !== 'leader') return null
    const { currentTerm: term } = at.state
    const known = leaders.get(term) ?? []
    if (known.includes(at.id)) return null
    leaders.set(term, [...known, at.id])
    const [first] = known
    if (first === undefined) return null
    return { text: `${first} and ${at.id} both became leader of term ${term}`, nodes: [first, at.id] }
  },
})
