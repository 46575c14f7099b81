import type { Result } from '../../../base/result.ts'
import type { StudyProgress as Progress } from '../../../lab/study.ts'
import type { HashName } from '../hash/functions.ts'
import type { Partitioner, PartitionerKind, Server } from '../partition/partitioner.ts'
import { weightOf } from '../partition/partitioner.ts'
import { type BuildOptions, buildPartitioner } from './build.ts'
import { KINDS } from './kinds.ts'
import { type HashedKeys, hashKeys, keySet, type KeySet, type KeySource, STRETCH } from './keys.ts'
import { keyNoise, tokenNoise } from './theory.ts'

export interface CompareRequest {
  kinds: readonly PartitionerKind[]
  servers: readonly Server[]
  keys: KeySource
  options: BuildOptions
  /** Who leaves: the last of the servers, as usual, or one in their middle. */
  leaves?: 'last' | 'middle'
}

/** How one rule did. */
export interface Compared {
  kind: PartitionerKind
  /** Requests of each server, in the order of the servers. */
  loads: number[]
  /** What each would have by its weight. */
  ideal: number[]
  /** Standard deviation over mean of the loads, each against its ideal. */
  variation: number
  /** What theory expects of it: tokens at random places and keys at random. Null where loads are bounded. */
  expectedVariation: number | null
  /** The greatest load over its ideal. */
  peak: number
  /** Share of the keys that change their server when one joins, or the reason why none can. */
  joinMoves: Result<number>
  /** The same when this server leaves. */
  leaveMoves: Result<number>
  leaver: string
  /** The least that any rule must move at a join and at that leave. */
  leastAtJoin: number
  leastAtLeave: number
  /** Microseconds of the host's clock per lookup, the hash included; null where no clock was handed in. */
  lookup: number | null
  bytes: number
}

/**
 * Places the same keys by every rule asked for and measures how evenly they lie and how many move. A generator: each step
 * is a stretch of keys, so whoever runs it can stop it, or show how far it is. `clock` gives microseconds; without it no
 * lookup is timed. Throws a `RangeError` for keys, servers or options that cannot be.
 */
export function* compare(request: CompareRequest, clock?: () => number): Generator<Progress, Compared[]> {
  const keys = keySet(request.keys)
  const { kinds, servers, options } = request
  const gone = request.leaves === 'middle' ? Math.floor((servers.length - 1) / 2) : servers.length - 1
  const hashes = new Map<HashName, { keys: HashedKeys; cost: number }>()
  const results: Compared[] = []
  // A rule has four rounds over the keys: hash, place, join, leave.
  const rounds = kinds.length * 4
  for (const kind of kinds) {
    const label = KINDS[kind].label
    const begun = results.length * 4
    const step = (round: number, part: number): Progress => ({
      done: (begun + round + part / keys.size) / rounds,
      doing: `${label}: ${ROUNDS[round] as string}`,
    })
    const before = buildPartitioner(kind, servers, options)
    // Redis hashes only a part of some keys, so its hash is not CRC-16's of the whole key; it is its only user.
    let hashed = hashes.get(before.hash.name)
    if (!hashed) {
      hashed = yield* timed(hashKeys(keys, before.hash), clock, (part) => step(0, part))
      hashes.set(before.hash.name, hashed)
    }
    const placed = yield* timed(place(before, hashed.keys, keys), clock, (part) => step(1, part))
    const joined = before.join({ name: NEWCOMER })
    const joinMoves = yield* moves(before, placed.keys, joined, hashed.keys, keys, (part) => step(2, part))
    const leaver = (servers[gone] as Server).name
    const left = before.leave(leaver)
    const leaveMoves = yield* moves(before, placed.keys, left, hashed.keys, keys, (part) => step(3, part))
    const cost = clock ? (hashed.cost + placed.cost) / keys.size : null
    const figures = measure(before, placed.keys, keys, options, gone)
    results.push({ ...figures, joinMoves, leaveMoves, leaver, lookup: cost })
  }
  return results
}

type Measured = Omit<Compared, 'joinMoves' | 'leaveMoves' | 'leaver' | 'lookup'>

function measure(by: Partitioner, owners: Uint16Array, keys: KeySet, options: BuildOptions, gone: number): Measured {
  const { servers } = by
  const loads = servers.map(() => 0)
  for (let i = 0; i < owners.length; i++) {
    const owner = owners[i] as number
    loads[owner] = (loads[owner] as number) + (keys.requests[i] as number)
  }
  const weights = servers.map((server) => (KINDS[by.kind].weighs ? weightOf(server) : 1))
  const weight = weights.reduce((a, b) => a + b, 0)
  const ideal = weights.map((w) => (keys.total * w) / weight)
  const ratios = loads.map((load, i) => load / (ideal[i] as number))
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - 1) ** 2, 0) / ratios.length
  return {
    kind: by.kind,
    loads,
    ideal,
    variation: Math.sqrt(variance),
    expectedVariation: expectedVariation(by.kind, servers.length, keys, options),
    peak: Math.max(...ratios),
    leastAtJoin: 1 / (servers.length + 1),
    leastAtLeave: (weights[gone] as number) / weight,
    bytes: by.bytes,
  }
}

/** Uneven stretches of the circle and unevenly drawn keys add up as variances do. */
function expectedVariation(
  kind: PartitionerKind,
  servers: number,
  keys: KeySet,
  { tokens }: BuildOptions,
): number | null {
  if (kind === 'bounded') return null
  const noise = keyNoise(servers, keys.requests)
  if (kind === 'ring') return Math.hypot(noise, tokenNoise(servers, tokens))
  if (kind === 'ketama') return Math.hypot(noise, tokenNoise(servers, 160))
  return noise
}

function* place(by: Partitioner, { hi, lo }: HashedKeys, keys: KeySet): Generator<number, Uint16Array> {
  const owners = new Uint16Array(keys.size)
  for (let i = 0; i < owners.length; i++) {
    owners[i] = by.locate(hi[i] as number, lo[i] as number)
    if ((i & STRETCH) === STRETCH) yield i + 1
  }
  return owners
}

/** The share of the keys whose server has another name under `after`. */
function* moves(
  before: Partitioner,
  owners: Uint16Array,
  after: Result<Partitioner>,
  hashed: HashedKeys,
  keys: KeySet,
  say: (part: number) => Progress,
): Generator<Progress, Result<number>> {
  if (!after.ok) return after
  const { keys: next } = yield* timed(place(after.value, hashed, keys), undefined, say)
  const places = new Map(before.servers.map(({ name }, i) => [name, i]))
  // Where each of the servers that are there after stood before; who came stood nowhere.
  const stood = after.value.servers.map(({ name }) => places.get(name) ?? -1)
  let moved = 0
  for (let i = 0; i < next.length; i++) if (stood[next[i] as number] !== owners[i]) moved++
  return { ok: true, value: moved / keys.size }
}

/** Runs a round, and says how long it took by the host's clock, in microseconds, the pauses between its steps left out. */
function* timed<T>(
  round: Generator<number, T>,
  clock: (() => number) | undefined,
  say: (part: number) => Progress,
): Generator<Progress, { keys: T; cost: number }> {
  let cost = 0
  for (;;) {
    const begun = clock?.() ?? 0
    const step = round.next()
    cost += (clock?.() ?? 0) - begun
    if (step.done) return { keys: step.value, cost }
    yield say(step.value)
  }
}

/** No server of a user's has this name: theirs begin with a letter. */
const NEWCOMER = '+1'
const ROUNDS = ['hashing the keys', 'placing them', 'a server joins', 'a server leaves']
