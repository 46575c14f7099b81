import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** Who gave whom its vote, by `voter term`; and how many votes of each candidate have been looked at. Crashes do not erase it. */
interface Memory {
  votes: Map<string, ProcessId>
  seen: Map<ProcessId, { readonly term: number; readonly votes: number }>
}

export const oneVotePerTerm = monitor<Raft, Memory>({
  name: 'One Vote per Term',
  says: 'In a term no two candidates ever hold the vote of one server, be there a crash in between.',
  source: 'Raft paper §5.2; Figure 2, votedFor on stable storage',
  on: HANDLED,
  gate: changes,
  begin: () => ({ votes: new Map(), seen: new Map() }),
  copy: ({ votes, seen }) => ({ votes: new Map(votes), seen: new Map(seen) }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null || (at.state.role !== 'candidate' && at.state.role !== 'leader')) return null
    const { currentTerm: term, votesGranted } = at.state
    const seen = memory.seen.get(at.id)
    const before = seen !== undefined && seen.term === term ? seen.votes : 0
    if (before === votesGranted.length) return null
    memory.seen.set(at.id, { term, votes: votesGranted.length })
    for (const voter of votesGranted.slice(before)) {
      const other = memory.votes.get(`${voter} ${term}`)
      if (other === undefined) memory.votes.set(`${voter} ${term}`, at.id)
      else if (other !== at.id) {
        return {
          text: `${voter} gave its vote in term ${term} to ${other} and to ${at.id}`,
          nodes: [voter, other, at.id],
        }
      }
    }
    return null
  },
})
