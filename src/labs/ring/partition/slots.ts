import type { Result } from '../../../base/result.ts'
import { hashFunctions } from '../hash/functions.ts'
import { crc16Of } from '../hash/small.ts'
import * as u64 from '../hash/u64.ts'
import * as utf8 from '../hash/utf8.ts'
import { demandServers, type Partitioner, type Server, withoutServer, withServer } from './partitioner.ts'

const SLOTS = 16384

/**
 * The slot of a key in Redis Cluster: CRC-16 modulo 16,384. If the key has a `{` and, after it, a `}` with something in
 * between, only that part counts, so that keys can be kept together (Redis Cluster specification, *Hash tags*).
 */
export function redisSlot(key: string): number {
  const bytes = utf8.encoded(key)
  const [from, to] = hashTag(bytes, utf8.size.bytes)
  return crc16Of(bytes, from, to) % SLOTS
}

/** The part of a key that counts, from and up to. */
function hashTag(bytes: Uint8Array, length: number): [from: number, to: number] {
  const open = bytes.subarray(0, length).indexOf(OPEN)
  if (open < 0) return [0, length]
  const close = bytes.subarray(open + 1, length).indexOf(CLOSE)
  return close > 0 ? [open + 1, open + 1 + close] : [0, length]
}

/**
 * Slots given to servers by hand, as Redis Cluster does: at first in equal runs; who joins takes from those who have most,
 * who leaves hands his to those who have fewest, and nothing else moves.
 */
export function slotPartitioner(servers: readonly Server[]): Partitioner {
  demandServers(servers)
  return over(
    servers,
    Uint16Array.from({ length: SLOTS }, (_, slot) => Math.floor((slot * servers.length) / SLOTS)),
  )
}

function over(servers: readonly Server[], table: Uint16Array): Partitioner {
  return {
    kind: 'slots',
    servers,
    hash: { ...hashFunctions.crc16, run: slotWord },
    bytes: table.byteLength,
    locate: (hi) => table[(hi >>> 16) % SLOTS] as number,
    join: (server) => joined(servers, table, server),
    leave: (name) => left(servers, table, name),
  }
}

function joined(servers: readonly Server[], table: Uint16Array, server: Server): Result<Partitioner> {
  const more = withServer(servers, server)
  if (!more.ok) return more
  const next = table.slice()
  const counts = countsOf(next, more.value.length)
  const comer = servers.length
  for (let due = Math.floor(SLOTS / more.value.length); due > 0; due--) {
    const giver = counts.indexOf(Math.max(...counts))
    next[next.lastIndexOf(giver)] = comer
    counts[giver] = (counts[giver] as number) - 1
    counts[comer] = (counts[comer] as number) + 1
  }
  return { ok: true, value: over(more.value, next) }
}

function left(servers: readonly Server[], table: Uint16Array, name: string): Result<Partitioner> {
  const rest = withoutServer(servers, name)
  if (!rest.ok) return rest
  const gone = servers.findIndex((s) => s.name === name)
  const next = Uint16Array.from(table, (owner) => (owner === gone ? NOBODY : owner > gone ? owner - 1 : owner))
  const counts = countsOf(next, rest.value.length)
  for (let slot = next.indexOf(NOBODY); slot >= 0; slot = next.indexOf(NOBODY, slot)) {
    const taker = counts.indexOf(Math.min(...counts))
    next[slot] = taker
    counts[taker] = (counts[taker] as number) + 1
  }
  return { ok: true, value: over(rest.value, next) }
}

function countsOf(table: Uint16Array, servers: number): number[] {
  const counts = Array.from({ length: servers }, () => 0)
  for (const owner of table) if (owner !== NOBODY) counts[owner] = (counts[owner] as number) + 1
  return counts
}

function slotWord(bytes: Uint8Array, length: number): void {
  const [from, to] = hashTag(bytes, length)
  u64.set(crc16Of(bytes, from, to) << 16, 0)
}

const NOBODY = 0xffff
const OPEN = 0x7b
const CLOSE = 0x7d
