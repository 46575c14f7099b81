import { gate } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Entry } from '../entry.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'
import { stateAfter } from './memory.ts'

/** What a server was after its last handler, as far as an invariant of its own state or its log speaks of it. */
interface Seen {
  role: ServerState['role']
  term: number
  lastIndex: number
  last: Entry | undefined
  commitIndex: number
  lastApplied: number
  config: ServerState['config']
  configs: ServerState['configs']
  votes: number
}

/**
 * Opens after a start, and when the server that has just run is no longer what it was: most messages are heartbeats and
 * their answers. A log that has the same end is the same, since an entry is an object of its own.
 */
export const changes = gate<Raft, Map<ProcessId, Seen>>({
  on: HANDLED,
  begin: () => new Map(),
  copy: (servers) => new Map(Array.from(servers, ([id, seen]) => [id, { ...seen }])),
  forget(servers, event) {
    if ('process' in event) servers.delete(event.process)
  },
  opens(servers, event, world) {
    const state = stateAfter(event, world)
    if (state === null || !('process' in event)) return false
    const seen = servers.get(event.process)
    if (seen === undefined) {
      servers.set(event.process, seenOf(state))
      return true
    }
    return differs(seen, state) ? take(seen, state) : event.type === 'started'
  },
})

function differs(seen: Seen, state: ServerState): boolean {
  return (
    seen.commitIndex !== state.commitIndex ||
    seen.lastApplied !== state.lastApplied ||
    seen.lastIndex !== state.log.length ||
    seen.last !== state.log.last() ||
    seen.role !== state.role ||
    seen.term !== state.currentTerm ||
    seen.votes !== state.votesGranted.length ||
    seen.config !== state.config ||
    seen.configs !== state.configs
  )
}

function take(seen: Seen, state: ServerState): true {
  seen.role = state.role
  seen.term = state.currentTerm
  seen.lastIndex = state.log.length
  seen.last = state.log.last()
  seen.commitIndex = state.commitIndex
  seen.lastApplied = state.lastApplied
  seen.config = state.config
  seen.configs = state.configs
  seen.votes = state.votesGranted.length
  return true
}

function seenOf(state: ServerState): Seen {
  const { role, currentTerm: term, log, commitIndex, lastApplied, config, configs, votesGranted } = state
  const votes = votesGranted.length
  return { role, term, lastIndex: log.length, last: log.last(), commitIndex, lastApplied, config, configs, votes }
}
