import { type HashName, hashFunctions } from '../hash/functions.ts'
import { demandServers, type Partitioner, rebuilt, type Server, withoutServer, withServer } from './partitioner.ts'

/** The hash modulo the number of servers: even, and a change of that number moves nearly every key. The mistake to learn from. */
export function moduloPartitioner(servers: readonly Server[], hash: HashName = 'murmur3'): Partitioner {
  demandServers(servers)
  const n = servers.length
  const half = 4294967296 % n
  const build = (changed: readonly Server[]): Partitioner => moduloPartitioner(changed, hash)
  return {
    kind: 'modulo',
    servers,
    hash: hashFunctions[hash],
    bytes: 0,
    locate: (hi, lo) => (((hi >>> 0) % n) * half + (lo >>> 0)) % n,
    join: (server) => rebuilt(withServer(servers, server), build),
    leave: (name) => rebuilt(withoutServer(servers, name), build),
  }
}
