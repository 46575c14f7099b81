import type { Predicate } from '../../lab/definition.ts'
import type { Outcome } from './client.ts'
import { serverState } from './observe.ts'
import type { Ping } from './types.ts'

/** What a scenario of this lab may state. */
export const predicates: readonly Predicate<Ping>[] = [
  {
    pattern: 'SERVER has counted NUMBER answers',
    says: 'At least this many pings of the server were answered since it started.',
    holds: (world, [id, count]) => (serverState(world, id as string)?.answered ?? -1) >= Number(count),
  },
  {
    pattern: 'SERVER has missed NUMBER answers',
    says: 'At least this many pings of the server were not answered in time since it started.',
    holds: (world, [id, count]) => (serverState(world, id as string)?.missed ?? -1) >= Number(count),
  },
  {
    pattern: 'OPERATION was answered',
    says: 'The client was told a round-trip time. Operations are numbered by client: c1#2 is c1’s second.',
    holds: (_world, [id], seen) => (seen.outcome(id as string).outcome as Outcome | null)?.type === 'answered',
  },
]
