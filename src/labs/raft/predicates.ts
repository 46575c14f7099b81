import type { ProcessId, World } from '../../kernel/types.ts'
import type { Predicate, Seen } from '../../lab/definition.ts'
import { aliases } from './aliases.ts'
import type { Outcome } from './client.ts'
import { lastIndex, termAt } from './entry.ts'
import { membershipPredicates } from './membership-predicates.ts'
import { currentLeader, serverState } from './observe.ts'
import { isMajority } from './quorum.ts'
import type { ServerState } from './state.ts'
import { resultText } from './store.ts'
import type { Raft } from './types.ts'

/** What a scenario of this lab may state. */
export const predicates: readonly Predicate<Raft>[] = [
  {
    pattern: 'there is a leader',
    says: 'Some server that is up leads.',
    holds: (world) => currentLeader(world) !== null,
  },
  {
    pattern: 'there is a leader in term NUMBER',
    says: 'Some server leads exactly this term.',
    holds: (world, [term]) =>
      servers(world).some(({ state }) => state.role === 'leader' && state.currentTerm === Number(term)),
  },
  {
    pattern: 'SERVER is leader',
    says: 'The server leads the highest term that has a leader.',
    holds: (world, [id]) => currentLeader(world) === id,
  },
  {
    pattern: 'SERVER thinks it leads',
    says: 'The server is in the role of leader, of whatever term.',
    holds: (world, [id]) => serverState(world, id as ProcessId)?.role === 'leader',
  },
  {
    pattern: 'there is a stale leader',
    says: 'A server believes that it leads, and another leads a later term.',
    holds: (world) => aliases.stale(world) !== null,
  },
  {
    pattern: 'SERVER is candidate',
    says: 'The server campaigns.',
    holds: (world, [id]) => serverState(world, id as ProcessId)?.role === 'candidate',
  },
  {
    pattern: 'there is a candidate',
    says: 'Some server that is up campaigns.',
    holds: (world) => servers(world).some(({ state }) => state.role === 'candidate'),
  },
  {
    pattern: 'SERVER is follower',
    says: 'The server is up and follows.',
    holds: (world, [id]) => serverState(world, id as ProcessId)?.role === 'follower',
  },
  {
    pattern: 'SERVER has voted for SERVER',
    says: 'The first, as far as it remembers, has given its vote in its current term to the second.',
    holds: (world, [id, candidate]) => serverState(world, id as ProcessId)?.votedFor === candidate,
  },
  {
    pattern: 'NUMBER servers are up',
    says: 'Exactly so many servers run.',
    holds: (world, [count]) => world.ids('server').filter((id) => world.status(id) === 'up').length === Number(count),
  },
  {
    pattern: 'SERVER is in term NUMBER',
    says: 'The server’s current term is exactly this.',
    holds: (world, [id, term]) => serverState(world, id as ProcessId)?.currentTerm === Number(term),
  },
  {
    pattern: 'some server has reached term NUMBER',
    says: 'A term at least this high has begun.',
    holds: (world, [term]) => servers(world).some(({ state }) => state.currentTerm >= Number(term)),
  },
  {
    pattern: 'entry NUMBER is committed',
    says: 'Some server that is up knows the entry at this index to be committed.',
    holds: (world, [index]) => servers(world).some(({ state }) => state.commitIndex >= Number(index)),
  },
  {
    pattern: 'entry NUMBER is committed everywhere',
    says: 'Every server is up and knows the entry at this index to be committed.',
    holds: (world, [index]) => {
      const all = servers(world)
      return all.length === world.ids('server').length && all.every(({ state }) => state.commitIndex >= Number(index))
    },
  },
  {
    pattern: 'SERVER has committed NUMBER entries',
    says: 'The server’s commitIndex is at least this.',
    holds: (world, [id, count]) => (serverState(world, id as ProcessId)?.commitIndex ?? -1) >= Number(count),
  },
  {
    pattern: 'SERVER holds NUMBER entries',
    says: 'The server’s log is at least this long.',
    holds: (world, [id, count]) => {
      const state = serverState(world, id as ProcessId)
      return state !== null && lastIndex(state.log) >= Number(count)
    },
  },
  {
    pattern: 'key KEY is VALUE on SERVER',
    says: 'The server has applied this value; `nothing` for an absent key.',
    holds: (world, [key, value, id]) => holdsValue(serverState(world, id as ProcessId), key as string, value as string),
  },
  {
    pattern: 'key KEY is VALUE somewhere',
    says: 'At least one server that is up has applied this value.',
    holds: (world, [key, value]) => countValue(world, key, value) > 0,
  },
  {
    pattern: 'key KEY is VALUE on a majority',
    says: 'More than half of all servers have applied this value.',
    holds: (world, [key, value]) => isMajority(countValue(world, key, value), world.ids('server').length),
  },
  {
    pattern: 'key KEY is VALUE everywhere',
    says: 'Every server has applied this value.',
    holds: (world, [key, value]) => countValue(world, key, value) === world.ids('server').length,
  },
  {
    pattern: 'all logs agree',
    says: 'All servers are up with logs of the same length and terms.',
    holds: (world) => logsAgree(world),
  },
  {
    pattern: 'OPERATION succeeded',
    says: 'The operation returned, and was carried out. Operations are numbered by client: c1#2 is c1’s second; or named by `as`.',
    holds: (_world, [id], seen) => outcomeType(seen, id) === 'ok',
  },
  {
    pattern: 'OPERATION returned VALUE',
    says: 'The operation succeeded with this result.',
    holds: (_world, [id, value], seen) => {
      const { outcome } = seen.outcome(id as string)
      const known = outcome as Outcome | null
      return known?.type === 'ok' && resultText(known.result) === value
    },
  },
  {
    pattern: 'OPERATION is unknown',
    says: 'Its client gave up waiting: the operation may or may not have happened.',
    holds: (_world, [id], seen) => outcomeType(seen, id) === 'unknown',
  },
  {
    pattern: 'OPERATION failed',
    says: 'It was a read, and every server that was asked refused it.',
    holds: (_world, [id], seen) => outcomeType(seen, id) === 'failed',
  },
  ...membershipPredicates,
]

function outcomeType(seen: Seen, id: string | undefined): Outcome['type'] | null {
  const { outcome } = seen.outcome(id as string)
  return (outcome as Outcome | null)?.type ?? null
}

function servers(world: World<Raft>): { id: ProcessId; state: ServerState }[] {
  return world.ids('server').flatMap((id) => {
    const state = serverState(world, id)
    return state === null ? [] : [{ id, state }]
  })
}

function countValue(world: World<Raft>, key: string | undefined, value: string | undefined): number {
  return servers(world).filter(({ state }) => holdsValue(state, key as string, value as string)).length
}

function holdsValue(state: ServerState | null, key: string, value: string): boolean {
  return state !== null && (state.store.values.get(key) ?? 'nothing') === value
}

function logsAgree(world: World<Raft>): boolean {
  const all = servers(world)
  const first = all[0]
  if (first === undefined || all.length < world.ids('server').length) return false
  return all.every(({ state: { log } }) => {
    if (lastIndex(log) !== lastIndex(first.state.log)) return false
    // As far as both hold the entries, and not a snapshot in their place.
    const from = Math.max(log.first, first.state.log.first)
    return log.slice(from).every((entry) => termAt(first.state.log, entry.index) === entry.term)
  })
}
