import { type HashName, hashFunctions } from '../hash/functions.ts'
import * as u64 from '../hash/u64.ts'
import { demandServers, type Partitioner, rebuilt, type Server, withoutServer, withServer } from './partitioner.ts'

/**
 * Jump consistent hash (Lamping & Veach 2014, figure 1): the bucket, from 0, of a key among `buckets`. The key is taken
 * modulo 2^64. Throws a `TypeError` for a key that is no bigint, and a `RangeError` if `buckets` is not a whole number
 * from 1 to 2^31 − 1.
 */
export function jumpHash(key: bigint, buckets: number): number {
  if (typeof key !== 'bigint') throw new TypeError(`key: expected a bigint, found a ${typeof key}`)
  if (!(Number.isInteger(buckets) && buckets >= 1 && buckets < 2147483648)) {
    throw new RangeError(`buckets: expected a whole number from 1 to 2147483647, found ${buckets}`)
  }
  const word = BigInt.asUintN(64, key)
  return jump(Number(word >> 32n), Number(word & 0xffffffffn), buckets)
}

/** The same by the two halves of the key. */
export function jump(hi: number, lo: number, buckets: number): number {
  let bucket = -1
  let next = 0
  u64.set(hi, lo)
  while (next < buckets) {
    bucket = next
    u64.multiply(u64.out.hi, u64.out.lo, 0x27bb2ee6, 0x87b0b0fd)
    u64.add(u64.out.hi, u64.out.lo, 0, 1)
    next = Math.floor((bucket + 1) * (2147483648 / ((u64.out.hi >>> 1) + 1)))
  }
  return bucket
}

/** Jump behind the interface that all partitioners share. A bucket is a number, so only the last one can be taken away. */
export function jumpPartitioner(servers: readonly Server[], hash: HashName = 'murmur3'): Partitioner {
  demandServers(servers)
  const n = servers.length
  const last = (servers[n - 1] as Server).name
  const build = (changed: readonly Server[]): Partitioner => jumpPartitioner(changed, hash)
  return {
    kind: 'jump',
    servers,
    hash: hashFunctions[hash],
    bytes: 0,
    locate: (hi, lo) => jump(hi, lo, n),
    join: (server) => rebuilt(withServer(servers, server), build),
    leave(name) {
      const rest = withoutServer(servers, name)
      if (rest.ok && name !== last) {
        return { ok: false, error: `jump can only remove its last bucket, ${last}: buckets are numbered without gaps` }
      }
      return rebuilt(rest, build)
    },
  }
}
