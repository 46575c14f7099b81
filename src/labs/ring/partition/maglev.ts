import { hashFunctions, hashKey } from '../hash/functions.ts'
import * as u64 from '../hash/u64.ts'
import * as utf8 from '../hash/utf8.ts'
import { xxhash64 } from '../hash/xxh64.ts'
import {
  demandServers,
  type Partitioner,
  rebuilt,
  type Server,
  weightOf,
  withoutServer,
  withServer,
} from './partitioner.ts'

export interface Maglev {
  /** For each slot, an index into the names. */
  table: number[]
  /** The name in the slot of the key, which is its xxHash64 modulo the size. */
  owner(key: string): string
}

/**
 * The lookup table of Maglev (Eisenbud et al. 2016 §3.4): each name fills the slots of its own permutation, given by an
 * offset and a skip, in turns. Offset and skip are the xxHash64 of the name under the seeds 0 and 1, and weights slow a
 * name's turns down, as in Envoy (`maglev_lb.cc`), so tables are equal to Envoy's. Throws a `RangeError` unless `size` is a
 * prime of at least as many slots as there are names.
 */
export function maglev(names: readonly string[], size: number, weights?: readonly number[]): Maglev {
  if (weights !== undefined && weights.length !== names.length) {
    throw new RangeError(`weights: expected ${names.length}, one for each name, found ${weights.length}`)
  }
  const servers = names.map((name, i) => (weights ? { name, weight: weights[i] as number } : { name }))
  const table = maglevTable(servers, size)
  return {
    table: Array.from(table),
    owner(key) {
      hashKey(hashFunctions.xxh64, key)
      return names[table[remainder(u64.out.hi, u64.out.lo, size)] as number] as string
    },
  }
}

/** The same behind the interface that all partitioners share. */
export function maglevPartitioner(servers: readonly Server[], size = 65537): Partitioner {
  const table = maglevTable(servers, size)
  const build = (changed: readonly Server[]): Partitioner => maglevPartitioner(changed, size)
  return {
    kind: 'maglev',
    servers,
    hash: hashFunctions.xxh64,
    bytes: table.byteLength,
    locate: (hi, lo) => table[remainder(hi, lo, size)] as number,
    join: (server) => rebuilt(withServer(servers, server), build),
    leave: (name) => rebuilt(withoutServer(servers, name), build),
  }
}

export function maglevTable(servers: readonly Server[], size: number): Uint16Array {
  demandServers(servers)
  if (!isPrime(size) || size < servers.length || size > 5_000_011) {
    throw new RangeError(`size: expected a prime from ${servers.length} (the names) to 5000011, found ${size}`)
  }
  const total = servers.reduce((sum, server) => sum + weightOf(server), 0)
  const turns = servers.map((server) => turn(server, weightOf(server) / total, size))
  const most = Math.max(...turns.map((t) => t.weight))
  const table = new Uint16Array(size).fill(FREE)
  for (let left = size, round = 1; left > 0; round++) {
    for (let i = 0; i < turns.length && left > 0; i++) {
      const its = turns[i] as Turn
      // A name of half the greatest weight has its turn every second round.
      if (round * its.weight < its.target) continue
      its.target += most
      while (table[its.slot] !== FREE) its.slot = (its.slot + its.skip) % size
      table[its.slot] = i
      left--
    }
  }
  return table
}

interface Turn {
  slot: number
  readonly skip: number
  readonly weight: number
  target: number
}

function turn(server: Server, weight: number, size: number): Turn {
  const bytes = utf8.encoded(server.name)
  const length = utf8.size.bytes
  xxhash64(bytes, length, 0, 0)
  const slot = remainder(u64.out.hi, u64.out.lo, size)
  xxhash64(bytes, length, 0, 1)
  const skip = size > 2 ? remainder(u64.out.hi, u64.out.lo, size - 1) + 1 : 1
  return { slot, skip, weight, target: 0 }
}

/** A 64-bit number modulo n, for n up to 2^21. */
function remainder(hi: number, lo: number, n: number): number {
  const upper = ((hi >>> 0) % n) * (4294967296 % n)
  return (upper + (lo >>> 0)) % n
}

function isPrime(n: number): boolean {
  if (!Number.isInteger(n) || n < 2) return false
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}

const FREE = 0xffff
