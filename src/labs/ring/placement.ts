import type { Env, ProcessId } from '../../kernel/types.ts'
import type { RingConfig } from './config.ts'
import { hashFunctions } from './hash/functions.ts'
import { placeOf } from './store/shelf.ts'
import { type Circle, clockwise, comingCircle, isChanging, presentCircle, type RingView } from './store/view.ts'
import type { Ring } from './types.ts'

/** Which servers hold a key: the preference list, by the layout that the cluster runs. */
export interface Placement {
  /** Asked for reads; writes go here too. A server stands there twice only by mistake. */
  readonly owners: readonly ProcessId[]
  /** The owners to come while somebody joins or leaves, else null. */
  readonly coming: readonly ProcessId[] | null
}

/** Where the key lies on the circle of 2^32. */
export const keyPlace = (config: RingConfig, key: string): number => placeOf(hashFunctions[config.hash], key)

/** `servers` are all that there ever were, in their order. */
export function placement(
  config: RingConfig,
  view: RingView,
  servers: readonly ProcessId[],
  key: string,
  place: number,
): Placement {
  switch (config.layout) {
    case 'single':
      return { owners: servers.slice(0, 1), coming: null }
    case 'replicas':
      return { owners: servers, coming: null }
    case 'ranges':
      return { owners: [servers[rangeOf(key, servers.length)] as ProcessId], coming: null }
    case 'ring':
      return onRing(config, view, place)
  }
}

/** The same as this server sees the ring. */
export const placementOf = (env: Env<Ring>, view: RingView, key: string, place: number): Placement =>
  placement(env.config, view, env.peers('server'), key, place)

/** The servers that may stand in for an owner: the rest of the ring, clockwise, without those who are on their way out. */
export function standIns(view: RingView, place: number, owners: readonly ProcessId[]): ProcessId[] {
  const present = presentCircle(view)
  const rest = clockwise(present, place, present.servers.length)
  return rest.filter((id) => !owners.includes(id) && view[id]?.status === 'normal')
}

function onRing(config: RingConfig, view: RingView, place: number): Placement {
  const owners = copies(config, presentCircle(view), place)
  return { owners, coming: isChanging(view) ? copies(config, comingCircle(view), place) : null }
}

function copies({ n, mistakes }: RingConfig, circle: Circle, place: number): ProcessId[] {
  if (mistakes.moduloPlacement) return byModulo(circle, place, n)
  if (mistakes.tokensNotServers) return nextTokens(circle, place, n)
  return clockwise(circle, place, n)
}

/** The mistake: the server is the place modulo their number, and the copies lie on the next ones. */
function byModulo({ servers }: Circle, place: number, n: number): ProcessId[] {
  const count = servers.length
  return Array.from(
    { length: Math.min(n, count) },
    (_, i) => (servers[(place + i) % count] as { name: ProcessId }).name,
  )
}

/** The mistake: the next n tokens, whoever they belong to. */
function nextTokens({ points, servers }: Circle, place: number, n: number): ProcessId[] {
  if (points.length === 0) return []
  const first = points.find(place)
  return Array.from(
    { length: Math.min(n, points.length) },
    (_, i) => (servers[points.owner[(first + i) % points.length] as number] as { name: ProcessId }).name,
  )
}

/** Ranges of the keys in their own order: the first letter or digit, out of 36, decides. */
export function rangeOf(key: string, servers: number): number {
  const letter = key.charCodeAt(0) | 0x20
  const rank = letter >= 97 && letter <= 122 ? letter - 97 + 10 : Math.max(0, Math.min(9, key.charCodeAt(0) - 48))
  return Math.min(servers - 1, Math.floor((rank * servers) / 36))
}
