import { ln } from '../../../base/math.ts'
import { hashFunctions, hashKey } from '../hash/functions.ts'
import { finish32 } from '../hash/murmur3.ts'
import * as u64 from '../hash/u64.ts'
import {
  demandServers,
  type Partitioner,
  rebuilt,
  type Server,
  weightOf,
  withoutServer,
  withServer,
} from './partitioner.ts'

/**
 * Rendezvous or highest random weight hashing (Thaler & Ravishankar 1998): every server draws a number for the key, and the
 * highest wins. With weights the draw is −w / ln(u), which gives each server its exact share (Schindelhauer & Schomaker
 * 2005). Throws a `RangeError` for a list without servers or with a name twice.
 */
export function rendezvous(servers: readonly Server[]): { owner(key: string): string } {
  const { hash, locate } = rendezvousPartitioner(servers)
  return {
    owner(key) {
      hashKey(hash, key)
      return (servers[locate(u64.out.hi, u64.out.lo)] as Server).name
    },
  }
}

/** The same behind the interface that all partitioners share. */
export function rendezvousPartitioner(servers: readonly Server[]): Partitioner {
  demandServers(servers)
  const high = new Int32Array(servers.length)
  const low = new Int32Array(servers.length)
  for (const [i, server] of servers.entries()) {
    hashKey(hashFunctions.xxh64, server.name)
    high[i] = u64.out.hi
    low[i] = u64.out.lo
  }
  const weights = servers.map(weightOf)
  const even = weights.every((weight) => weight === weights[0])
  return {
    kind: 'rendezvous',
    servers,
    hash: hashFunctions.xxh64,
    bytes: high.byteLength * 2 + (even ? 0 : weights.length * 8),
    locate: even ? (hi, lo) => highest(high, low, hi, lo) : (hi, lo) => heaviest(high, low, weights, hi, lo),
    join: (server) => rebuilt(withServer(servers, server), rendezvousPartitioner),
    leave: (name) => rebuilt(withoutServer(servers, name), rendezvousPartitioner),
  }
}

function highest(high: Int32Array, low: Int32Array, hi: number, lo: number): number {
  let best = 0
  let most = -1
  for (let i = 0; i < high.length; i++) {
    const drawn = draw(high[i] as number, low[i] as number, hi, lo)
    if (drawn > most) {
      most = drawn
      best = i
    }
  }
  return best
}

function heaviest(high: Int32Array, low: Int32Array, weights: readonly number[], hi: number, lo: number): number {
  let best = 0
  let most = -1
  for (let i = 0; i < high.length; i++) {
    const drawn = -(weights[i] as number) / ln(draw(high[i] as number, low[i] as number, hi, lo))
    if (drawn > most) {
      most = drawn
      best = i
    }
  }
  return best
}

/** What a server draws for a key, in (0, 1): 52 bits of a hash of both. */
function draw(serverHigh: number, serverLow: number, hi: number, lo: number): number {
  const upper = finish32((hi ^ serverHigh) + Math.imul(lo ^ serverLow, 0x9e3779b1))
  const lower = finish32(upper ^ lo ^ serverLow)
  return (upper * 1048576 + (lower >>> 12) + 0.5) / 4503599627370496
}
