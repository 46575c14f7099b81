import type { World } from '../../kernel/types.ts'
import type { Predicate, Seen } from '../../lab/definition.ts'
import type { Outcome } from './client.ts'
import { allKnowOneRing, commonView, copyOn, diskOf } from './cluster.ts'
import { allAgree, allKeys, allLieWithOwners, viewKey } from './key-view.ts'
import { valuesOf, type Versions } from './store/versions.ts'
import type { Ring } from './types.ts'

/** What a scenario of this lab may state. */
export const predicates: readonly Predicate<Ring>[] = [
  {
    pattern: 'SERVER holds KEY = VALUE',
    says: 'The server’s own copy of the key has this value, alone.',
    holds: (world, [id, key, value]) => only(copyOn(world, id as string, key as string), value as string),
  },
  {
    pattern: 'SERVER holds no KEY',
    says: 'The server has no copy of the key, or only a tombstone.',
    holds: (world, [id, key]) => valuesOf(copyOn(world, id as string, key as string) ?? EMPTY).length === 0,
  },
  {
    pattern: 'KEY has NUMBER siblings on SERVER',
    says: 'The server’s copy of the key has so many versions side by side.',
    holds: (world, [key, count, id]) =>
      (copyOn(world, id as string, key as string)?.siblings.length ?? 0) === Number(count),
  },
  {
    pattern: 'SERVER owns KEY',
    says: 'The key’s preference list has the server, by the ring that most servers know.',
    holds: (world, [id, key]) => viewKey(world, commonView(world), key as string).owners.includes(id as string),
  },
  {
    pattern: 'SERVER keeps NUMBER hints for SERVER',
    says: 'The first server keeps so many keys for the second, which could not be reached.',
    holds: (world, [id, count, other]) => hintsFor(world, id as string, other as string) === Number(count),
  },
  {
    pattern: 'SERVER is in the ring',
    says: 'The server is a member, and neither joining nor leaving.',
    holds: (world, [id]) => commonView(world)[id as string]?.status === 'normal',
  },
  {
    pattern: 'the join of SERVER moves at least NUMBER percent of the keys',
    says: 'Of all keys that there are, so many have other owners with this server in the ring than without it.',
    holds: (world, [id, percent]) => movedBy(world, id as string) * 100 >= Number(percent),
  },
  {
    pattern: 'the join of SERVER moves at most NUMBER percent of the keys',
    says: 'Of all keys that there are, no more than so many have other owners with this server in the ring than without it.',
    holds: (world, [id, percent]) => movedBy(world, id as string) * 100 <= Number(percent),
  },
  {
    pattern: 'there are NUMBER keys',
    says: 'The servers hold so many different keys, or more.',
    holds: (world, [count]) => allKeys(world).length >= Number(count),
  },
  {
    pattern: 'some server is asked NUMBER percent of its share',
    says: 'Clients ask it at least so many per cent of the mean of all servers.',
    holds: (world, [percent]) => busiest(world) * 100 >= Number(percent),
  },
  {
    pattern: 'no server is asked NUMBER percent of its share',
    says: 'Clients ask none so many per cent of the mean of all servers, or more.',
    holds: (world, [percent]) => busiest(world) * 100 < Number(percent),
  },
  {
    pattern: 'all servers know the same ring',
    says: 'No server that is up knows another ring than the rest.',
    holds: (world) => allKnowOneRing(world),
  },
  {
    pattern: 'all replicas agree',
    says: 'For every key all its owners that are up hold the same versions, and nobody keeps a hint.',
    holds: (world) => allAgree(world),
  },
  {
    pattern: 'every key lies with its owners',
    says: 'Of every key all its owners hold a copy, on disk if they are down.',
    holds: (world) => allLieWithOwners(world),
  },
  {
    pattern: 'OPERATION read nothing',
    says: 'The client was told that there is no such key.',
    holds: (_world, [id], seen) => isRead(seen, id as string, []),
  },
  {
    pattern: 'OPERATION read VALUE',
    says: 'The client was given this value, alone. Operations are numbered by client: c1#2 is c1’s second.',
    holds: (_world, [id, value], seen) => isRead(seen, id as string, [value as string]),
  },
  {
    pattern: 'OPERATION read NUMBER siblings',
    says: 'The client was given so many values that stand side by side.',
    holds(_world, [id, count], seen) {
      const outcome = outcomeOf(seen, id as string)
      return outcome?.type === 'read' && outcome.values.length === Number(count)
    },
  },
  {
    pattern: 'OPERATION was written',
    says: 'The client was told that enough servers stored it.',
    holds: (_world, [id], seen) => outcomeOf(seen, id as string)?.type === 'written',
  },
  {
    pattern: 'OPERATION failed',
    says: 'The client was told that it was not done.',
    holds: (_world, [id], seen) => outcomeOf(seen, id as string)?.type === 'failed',
  },
]

/** The share of the keys whose owners differ by whether this server is in the ring. */
function movedBy(world: World<Ring>, id: string): number {
  const view = commonView(world)
  const member = view[id]
  const keys = allKeys(world)
  if (member === undefined || keys.length === 0) return 0
  const owners = (key: string, status: 'normal' | 'left'): string =>
    viewKey(world, { ...view, [id]: { ...member, status } }, key).owners.join()
  return keys.filter((key) => owners(key, 'normal') !== owners(key, 'left')).length / keys.length
}

/** How often the busiest server was asked by clients, over the mean. */
function busiest(world: World<Ring>): number {
  const servers = world.ids('server')
  const counts = new Map(servers.map((id) => [id, 0]))
  for (const client of world.ids('client')) {
    const state = world.state(client)
    if (state?.kind !== 'client') continue
    for (const [id, count] of state.asked) counts.set(id, (counts.get(id) ?? 0) + count)
  }
  const all = [...counts.values()]
  const total = all.reduce((a, b) => a + b, 0)
  return total === 0 ? 0 : (Math.max(...all) * servers.length) / total
}

const EMPTY: Versions = { clock: {}, siblings: [] }

function only(versions: Versions | null, value: string): boolean {
  const values = versions === null ? [] : valuesOf(versions)
  return values.length === 1 && values[0] === value
}

function hintsFor(world: World<Ring>, id: string, other: string): number {
  return diskOf(world, id)?.hints[other]?.size ?? 0
}

const outcomeOf = (seen: Seen, id: string): Outcome | null => seen.outcome(id).outcome as Outcome | null

function isRead(seen: Seen, id: string, values: readonly string[]): boolean {
  const outcome = outcomeOf(seen, id)
  if (outcome?.type !== 'read') return false
  return outcome.values.length === values.length && outcome.values.every((value, i) => value === values[i])
}
