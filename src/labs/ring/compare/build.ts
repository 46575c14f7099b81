import type { HashName } from '../hash/functions.ts'
import { boundedPartitioner } from '../partition/bounded-load.ts'
import { jumpPartitioner } from '../partition/jump.ts'
import { ketamaPartitioner } from '../partition/ketama.ts'
import { maglevPartitioner } from '../partition/maglev.ts'
import { moduloPartitioner } from '../partition/modulo.ts'
import type { Partitioner, PartitionerKind, Server } from '../partition/partitioner.ts'
import { rendezvousPartitioner } from '../partition/rendezvous.ts'
import { slotPartitioner } from '../partition/slots.ts'
import { ringPartitioner } from '../partition/token-ring.ts'

export interface BuildOptions {
  /** Tokens of each server on the ring. */
  tokens: number
  /** What the rules hash by that leave it open: modulo, ring, jump. */
  hash: HashName
  seed: number
  /** How much more than its share a server may have under bounded loads. */
  c: number
  /** Slots of Maglev's table: a prime. */
  slots: number
}

/** A partitioner of this kind over these servers. */
export function buildPartitioner(
  kind: PartitionerKind,
  servers: readonly Server[],
  { tokens, hash, seed, c, slots }: BuildOptions,
): Partitioner {
  switch (kind) {
    case 'modulo':
      return moduloPartitioner(servers, hash)
    case 'ring':
      return ringPartitioner(servers, { tokens, hash, seed })
    case 'ketama':
      return ketamaPartitioner(servers)
    case 'jump':
      return jumpPartitioner(servers, hash)
    case 'rendezvous':
      return rendezvousPartitioner(servers)
    case 'maglev':
      return maglevPartitioner(servers, slots)
    case 'bounded':
      return boundedPartitioner(ringPartitioner(servers, { tokens, hash, seed }), c)
    case 'slots':
      return slotPartitioner(servers)
  }
}
