import type { Result } from '../../../base/result.ts'
import type { Partitioner } from './partitioner.ts'
import type { RingPartitioner, TokenRing } from './token-ring.ts'

export interface BoundedLoad {
  /** Places one more request for this key, and says where: the first server clockwise that has room. */
  assign(key: string): string
  /** Ends the oldest request for this key. Throws a `RangeError` if there is none. */
  release(key: string): void
  /** How many requests each server has now. */
  loads(): ReadonlyMap<string, number>
}

/**
 * Consistent hashing with bounded loads (Mirrokni, Thorup & Zadimoghaddam 2016): no server has more than
 * ⌈c · m / n⌉ of m requests on n servers, the one to be placed included. `c` is above 1; at 1.25 no server carries a
 * quarter more than its share. A request that ends frees its place; those already placed stay where they are, which is
 * what a load balancer does and where the paper would move some. Throws a `RangeError` for `c` of 1 or less.
 */
export function boundedLoad(ring: TokenRing, c: number): BoundedLoad {
  if (!(c > 1)) throw new RangeError(`c: expected a number above 1, found ${c}`)
  const loads = new Map<string, number>()
  for (const { server } of ring.tokens) loads.set(server, 0)
  const open = new Map<string, string[]>()
  let requests = 0
  const add = (server: string, change: number): void => {
    loads.set(server, (loads.get(server) as number) + change)
    requests += change
  }
  return {
    assign(key) {
      const capacity = Math.ceil((c * (requests + 1)) / loads.size)
      const server = firstWithRoom(ring, loads, capacity, ring.find(key))
      add(server, 1)
      const servers = open.get(key)
      if (servers) servers.push(server)
      else open.set(key, [server])
      return server
    },
    release(key) {
      const servers = open.get(key)
      if (!servers) throw new RangeError(`key: ${key} has no request to release`)
      add(servers.shift() as string, -1)
      if (servers.length === 0) open.delete(key)
    },
    loads: () => loads,
  }
}

function firstWithRoom(ring: TokenRing, loads: ReadonlyMap<string, number>, capacity: number, first: number): string {
  const { tokens } = ring
  for (let step = 0; step < tokens.length; step++) {
    const token = tokens[(first + step) % tokens.length] as { server: string }
    if ((loads.get(token.server) as number) < capacity) return token.server
  }
  // The capacities add up to more than the requests, so somebody has room.
  throw new Error(`no room: capacity ${capacity} for ${loads.size} servers`)
}

/**
 * Bounded loads behind the interface that all partitioners share: keys count one request each, in the order in which they
 * are asked for, so `locate` depends on the keys before it; begin with a fresh one for each set of keys.
 */
export function boundedPartitioner(ring: RingPartitioner, c: number): Partitioner {
  if (!(c > 1)) throw new RangeError(`c: expected a number above 1, found ${c}`)
  const { points, servers } = ring
  const loads = new Uint32Array(servers.length)
  let requests = 0
  const around = (next: Result<Partitioner>): Result<Partitioner> =>
    next.ok ? { ok: true, value: boundedPartitioner(next.value as RingPartitioner, c) } : next
  return {
    ...ring,
    kind: 'bounded',
    bytes: ring.bytes + loads.byteLength,
    locate(hi) {
      requests++
      const capacity = Math.ceil((c * requests) / loads.length)
      let point = points.find(hi >>> 0)
      while ((loads[points.owner[point] as number] as number) >= capacity) point = (point + 1) % points.length
      const owner = points.owner[point] as number
      loads[owner] = (loads[owner] as number) + 1
      return owner
    },
    join: (server) => around(ring.join(server)),
    leave: (name) => around(ring.leave(name)),
  }
}
