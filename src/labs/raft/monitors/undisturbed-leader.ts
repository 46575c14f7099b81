import type { Micros } from '../../../base/units.ts'
import { type Finding, monitor } from '../../../check/monitor.ts'
import type { EventOf } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import type { Raft } from '../types.ts'
import { isQuorum } from './memory.ts'

/** Whom a server hears, since when without a gap, and when last. */
interface Heard {
  leader: ProcessId
  term: number
  since: Micros
  last: Micros
}

interface Memory {
  heard: Map<ProcessId, Heard>
  /** When each server last began to ask for pre-votes. */
  asked: Map<ProcessId, Micros>
}

/**
 * Exact, not a matter of luck: who hears the leader without gaps since before the pre-vote began has refused it, so that a
 * majority of such servers leaves none to the candidate.
 */
export const undisturbedLeader = monitor<Raft, Memory>({
  name: 'Undisturbed Leader',
  says: 'With pre-vote, nobody begins a term while a majority hears the leader.',
  source: 'Raft thesis §9.6, §4.2.3',
  on: ['delivered', 'noted'],
  begin: () => ({ heard: new Map(), asked: new Map() }),
  copy: ({ heard, asked }) => ({
    heard: new Map(Array.from(heard, ([id, known]) => [id, { ...known }])),
    asked: new Map(asked),
  }),
  watch(memory, event, world) {
    if (!world.config.preVote) return null
    if (event.type === 'delivered') hear(memory, event, world)
    else if (event.type === 'noted') {
      const { note } = event
      if (note.type === 'becamePreCandidate') memory.asked.set(event.process, event.at)
      if (note.type === 'becameCandidate' && note.after !== 'transfer')
        return judge(memory, event.process, note.after === 'preVotes', event.at, note.term, world)
    }
    return null
  },
})

function hear(memory: Memory, event: EventOf<Raft, 'delivered'>, world: World<Raft>): void {
  const { message, process, from: leader, at } = event
  if (message.type !== 'AppendEntries') return
  const state = world.state(process)
  if (state?.kind !== 'server' || state.currentTerm !== message.term) return
  const { term } = message
  const heard = memory.heard.get(process)
  if (heard === undefined) {
    memory.heard.set(process, { leader, term, since: at, last: at })
    return
  }
  if (heard.leader !== leader || heard.term !== term || at - heard.last >= patience(world)) heard.since = at
  heard.leader = leader
  heard.term = term
  heard.last = at
}

/** Somewhat less than the least election timeout: a server's own clock may be fast. */
const patience = (world: World<Raft>): Micros => world.config.electionTimeoutMin * 0.8

function judge(
  memory: Memory,
  candidate: ProcessId,
  asked: boolean,
  now: Micros,
  term: number,
  world: World<Raft>,
): Finding | null {
  const begun = asked ? (memory.asked.get(candidate) ?? now) : now
  for (const leader of world.ids('server')) {
    const state = world.state(leader)
    if (leader === candidate || state?.kind !== 'server' || state.role !== 'leader') continue
    const followers = world.ids('server').filter((id) => {
      const heard = memory.heard.get(id)
      if (id === candidate || heard?.leader !== leader || heard.term !== state.currentTerm) return false
      return world.status(id) === 'up' && heard.since < begun && now - heard.last < patience(world)
    })
    if (!isQuorum(state, (id) => id === leader || followers.includes(id))) continue
    const text = `${candidate} begins term ${term}, though a majority hears ${leader}, leader of term ${state.currentTerm}`
    return { text, nodes: [candidate, leader] }
  }
  return null
}
