import type { Result } from '../../../base/result.ts'
import type { HashFunction } from '../hash/functions.ts'

/** A server that keys are placed on. */
export interface Server {
  readonly name: string
  /** Its share against the others', 1 when left out. Only some partitioners can weigh. */
  readonly weight?: number
  readonly rack?: string
}

/**
 * A rule that gives every key to a server: built once, looked up fast. It never changes; a join or a leave gives another.
 */
export interface Partitioner {
  readonly kind: PartitionerKind
  readonly servers: readonly Server[]
  /** What turns a key into the word that `locate` takes. */
  readonly hash: HashFunction
  /** The owner of a key by the two halves of its hash: an index into `servers`. */
  locate(hi: number, lo: number): number
  /** The memory of its tables, in bytes. */
  readonly bytes: number
  /** With one more server; fails with a sentence if this rule has no room for it. */
  join(server: Server): Result<Partitioner>
  /** Without this one; fails with a sentence if this rule cannot spare it. */
  leave(name: string): Result<Partitioner>
}

export type PartitionerKind = 'modulo' | 'ring' | 'ketama' | 'jump' | 'rendezvous' | 'maglev' | 'bounded' | 'slots'

/** Throws a `RangeError` for a list of servers that no rule can place keys on. */
export function demandServers(servers: readonly Server[]): void {
  if (servers.length === 0) throw new RangeError('servers: expected at least one, found none')
  if (servers.length > MOST_SERVERS) {
    throw new RangeError(`servers: expected at most ${MOST_SERVERS}, found ${servers.length}`)
  }
  const names = new Set<string>()
  for (const { name, weight } of servers) {
    if (typeof name !== 'string' || name === '')
      throw new RangeError('servers: expected a name for each, found one without')
    if (names.has(name)) throw new RangeError(`servers: ${name} stands there twice`)
    names.add(name)
    if (weight !== undefined && !(weight > 0 && Number.isFinite(weight))) {
      throw new RangeError(`servers: the weight of ${name} must be a number above 0, not ${weight}`)
    }
  }
}

/** The servers with one more, or why not. */
export function withServer(servers: readonly Server[], server: Server): Result<readonly Server[]> {
  if (servers.some((s) => s.name === server.name)) return { ok: false, error: `${server.name} is there already` }
  if (servers.length === MOST_SERVERS) return { ok: false, error: `${MOST_SERVERS} servers are the most` }
  return { ok: true, value: [...servers, server] }
}

/** The servers without this one, or why not. */
export function withoutServer(servers: readonly Server[], name: string): Result<readonly Server[]> {
  if (!servers.some((s) => s.name === name)) return { ok: false, error: `there is no server called ${name}` }
  if (servers.length === 1) return { ok: false, error: `${name} is the last server` }
  return { ok: true, value: servers.filter((s) => s.name !== name) }
}

/** Builds anew from changed servers: for the rules whose result depends on the servers alone. */
export function rebuilt(
  servers: Result<readonly Server[]>,
  build: (servers: readonly Server[]) => Partitioner,
): Result<Partitioner> {
  return servers.ok ? { ok: true, value: build(servers.value) } : servers
}

export const weightOf = (server: Server): number => server.weight ?? 1

export const MOST_SERVERS = 4096
