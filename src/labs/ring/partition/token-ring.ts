import { type HashFunction, type HashName, hashFunctions, position } from '../hash/functions.ts'
import * as u64 from '../hash/u64.ts'
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
import { preferenceList } from './preference.ts'

export interface TokenRingOptions {
  /** Tokens (virtual nodes) of a server of weight 1. */
  tokens?: number
  hash?: HashName
  /** Another one gives other tokens. */
  seed?: number
}

export interface Token {
  /** Its place on the circle of 2^32. */
  token: number
  server: string
}

export interface TokenRing {
  /** All tokens, ascending. */
  tokens: readonly Token[]
  /** The token that a key belongs to: an index into `tokens`. */
  find(key: string): number
  owner(key: string): string
  /** The first `n` distinct servers clockwise from the key, as many racks among them as there can be; fewer if there are fewer. */
  preference(key: string, n: number): string[]
}

/**
 * A ring of tokens (Karger et al. 1997; virtual nodes as in Dynamo, DeCandia et al. 2007 §4.2): a key belongs to the first
 * token at or after its own place. A token's place is the hash of its server's name and its number, so a join adds points
 * and moves none. Throws a `RangeError` for no servers, a name that stands there twice, a number of tokens below 1,
 * a hash that there is not, or a preference list of fewer than one.
 */
export function tokenRing(servers: readonly (string | Server)[], options: TokenRingOptions = {}): TokenRing {
  const ring = ringPartitioner(
    servers.map((s) => (typeof s === 'string' ? { name: s } : s)),
    options,
  )
  const { points, hash } = ring
  const name = (i: number): string => (ring.servers[i] as Server).name
  return {
    tokens: tokensInOrder(points, ring.servers),
    find: (key) => points.find(position(hash, key)),
    owner: (key) => name(ring.locate(position(hash, key), 0)),
    preference(key, n) {
      if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`n: expected a whole number of at least 1, found ${n}`)
      return preferenceList(points, ring.servers, points.find(position(hash, key)), n).map(name)
    },
  }
}

function tokensInOrder({ at, owner }: Points, servers: readonly Server[]): Token[] {
  const tokens: Token[] = []
  for (let i = 0; i < at.length; i++) {
    tokens.push({ token: at[i] as number, server: (servers[owner[i] as number] as Server).name })
  }
  return tokens
}

export interface RingPartitioner extends Partitioner {
  readonly points: Points
}

/** The same behind the interface that all partitioners share. */
export function ringPartitioner(servers: readonly Server[], options: TokenRingOptions = {}): RingPartitioner {
  const { tokens = 128, hash: hashName = 'murmur3', seed = 0 } = options
  demandServers(servers)
  if (!(Number.isInteger(tokens) && tokens >= 1 && tokens <= 4096)) {
    throw new RangeError(`tokens: expected a whole number from 1 to 4096, found ${tokens}`)
  }
  if (!(Number.isInteger(seed) && seed >= 0)) {
    throw new RangeError(`seed: expected a whole number from 0, found ${seed}`)
  }
  const hash = hashFunctions[hashName]
  if (hash === undefined) {
    throw new RangeError(`hash: expected one of ${Object.keys(hashFunctions).join(', ')}, found ${hashName}`)
  }
  const points = tokenPoints(servers, tokens, hash, seed)
  const build = (changed: readonly Server[]): Partitioner => ringPartitioner(changed, options)
  return {
    kind: 'ring',
    servers,
    hash,
    points,
    bytes: points.bytes,
    locate: (hi) => points.owner[points.find(hi >>> 0)] as number,
    join: (server) => rebuilt(withServer(servers, server), build),
    leave: (name) => rebuilt(withoutServer(servers, name), build),
  }
}

/** How many tokens a server has. */
const tokensOf = (server: Server, tokens: number): number => Math.max(1, Math.round(tokens * weightOf(server)))

function tokenPoints(servers: readonly Server[], tokens: number, hash: HashFunction, seed: number): Points {
  const total = servers.reduce((sum, server) => sum + tokensOf(server, tokens), 0)
  if (total > 1_000_000) throw new RangeError(`tokens: expected at most 1000000 in all, found ${total}`)
  const at = new Uint32Array(total)
  const owner = new Uint16Array(total)
  const prefix = seed === 0 ? '' : `${seed}/`
  let next = 0
  for (const [index, server] of servers.entries()) {
    const bytes = utf8.encoded(`${prefix}${server.name}-`)
    const length = utf8.size.bytes
    const count = tokensOf(server, tokens)
    for (let i = 0; i < count; i++) {
      hash.run(bytes, utf8.appendNumber(bytes, length, i))
      at[next] = u64.out.hi >>> 0
      owner[next++] = index
    }
  }
  return new Points(at, owner)
}
