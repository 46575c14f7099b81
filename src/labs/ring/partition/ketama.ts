import { hashFunctions, position } from '../hash/functions.ts'
import { digest, md5Words } from '../hash/md5.ts'
import * as utf8 from '../hash/utf8.ts'
import {
  demandServers,
  type Partitioner,
  rebuilt,
  type Server,
  weightOf,
  withoutServer,
  withServer,
} from './partitioner.ts'
import { Points } from './points.ts'

export interface Ketama {
  /** The continuum, ascending. */
  points: readonly { hash: number; server: string }[]
  owner(key: string): string
  /** The place of a key on the continuum: the first four bytes of its MD5, the least significant first. */
  hash(key: string): number
}

/**
 * The continuum of libketama (Richard Jones, last.fm, `ketama.c`), to the byte: 160 points for each server of average
 * weight, at the MD5 of `name-k`, four points to a digest; `name` is `address:port` there. Throws a `RangeError` for a
 * list without servers or with a name twice.
 */
export function ketama(servers: readonly Server[]): Ketama {
  const { points } = ketamaPartitioner(servers)
  const name = (i: number): string => (servers[points.owner[i] as number] as Server).name
  const all: { hash: number; server: string }[] = []
  for (let i = 0; i < points.at.length; i++) all.push({ hash: points.at[i] as number, server: name(i) })
  return {
    points: all,
    owner: (key) => name(points.find(position(hashFunctions.md5, key))),
    hash: (key) => position(hashFunctions.md5, key),
  }
}

/** The same behind the interface that all partitioners share. */
export function ketamaPartitioner(servers: readonly Server[]): Partitioner & { readonly points: Points } {
  demandServers(servers)
  const points = continuum(servers)
  return {
    kind: 'ketama',
    servers,
    hash: hashFunctions.md5,
    points,
    bytes: points.bytes,
    locate: (hi) => points.owner[points.find(hi >>> 0)] as number,
    join: (server) => rebuilt(withServer(servers, server), ketamaPartitioner),
    leave: (name) => rebuilt(withoutServer(servers, name), ketamaPartitioner),
  }
}

function continuum(servers: readonly Server[]): Points {
  const total = servers.reduce((sum, server) => sum + weightOf(server), 0)
  const at: number[] = []
  const owner: number[] = []
  for (const [index, server] of servers.entries()) {
    const digests = digestsOf(weightOf(server), total, servers.length)
    const bytes = utf8.encoded(`${server.name}-`)
    const length = utf8.size.bytes
    for (let k = 0; k < digests; k++) {
      md5Words(bytes, utf8.appendNumber(bytes, length, k))
      for (let word = 0; word < 4; word++) {
        at.push((digest[word] as number) >>> 0)
        owner.push(index)
      }
    }
  }
  return new Points(Uint32Array.from(at), Uint16Array.from(owner))
}

/** `floorf(pct * 40.0 * n)` with `pct` a float: the original's rounding decides the number of points. */
function digestsOf(weight: number, total: number, n: number): number {
  const share = Math.fround(Math.fround(weight) / Math.fround(total))
  return Math.floor(Math.fround(share * 40 * n))
}
