import HashRing from 'hashring'
import { compare } from '../src/labs/ring/compare/compare.ts'
import { KINDS } from '../src/labs/ring/compare/kinds.ts'
import { ketama } from '../src/labs/ring/partition/ketama.ts'
import type { PartitionerKind } from '../src/labs/ring/partition/partitioner.ts'
import { tokenRing } from '../src/labs/ring/partition/token-ring.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

const SERVERS = 100
const TOKENS = 160
const LOOKUPS = 200_000
const ROUNDS = 5

/**
 * The ring beside npm's hashring 3.2.0, at 100 servers of 160 tokens: builds, and lookups of keys that are each asked for
 * once, so that its cache of owners never has one. `ketama` is the same algorithm as its own, MD5 and all. Then a million
 * keys over all partitioners.
 */
export function ringFigures(): Figure[] {
  const names = Array.from({ length: SERVERS }, (_, i) => `10.0.0.${i + 1}:11211`)
  const servers = names.map((name) => ({ name }))
  const builds = {
    hashring: () => new HashRing(names),
    ketama: () => ketama(servers),
    tokens: () => tokenRing(names, { tokens: TOKENS }),
  }
  const theirs = builds.hashring()
  const ours = { ketama: builds.ketama(), tokens: builds.tokens() }
  const lookups = {
    hashring: lookupsPerSecond((key) => theirs.get(key)),
    ketama: lookupsPerSecond((key) => ours.ketama.owner(key)),
    tokens: lookupsPerSecond((key) => ours.tokens.owner(key)),
  }
  const build = {
    hashring: buildTime(builds.hashring),
    ketama: buildTime(builds.ketama),
    tokens: buildTime(builds.tokens),
  }
  return [
    ...Object.entries(lookups).map(([name, value]) => million(`ring.lookup.${name}`, value)),
    ratio('ring.lookup.ketama.times', lookups.ketama / lookups.hashring),
    ratio('ring.lookup.tokens.times', lookups.tokens / lookups.hashring),
    ...Object.entries(build).map(([name, value]) => ({
      name: `ring.build.${name}`,
      value: round(value * 1000),
      unit: 'cpu-ms',
    })),
    ratio('ring.build.ketama.share', build.ketama / build.hashring),
    ratio('ring.build.tokens.share', build.tokens / build.hashring),
    { name: 'ring.compare.million', value: round(compareTime()), unit: 'cpu-s' },
  ]
}

function lookupsPerSecond(owner: (key: string) => unknown): number {
  let next = 0
  const go = (): void => {
    for (let i = 0; i < LOOKUPS; i++) owner(`user:${next++}`)
  }
  go()
  return LOOKUPS / median(Array.from({ length: ROUNDS }, () => cpuSeconds(go)))
}

/** Of one build, when the code is warm: five at once, for the clock's sake. */
function buildTime(build: () => unknown): number {
  const go = (): void => {
    for (let i = 0; i < ROUNDS; i++) build()
  }
  go()
  return median(Array.from({ length: ROUNDS }, () => cpuSeconds(go) / ROUNDS))
}

/** All partitioners over a million keys, joins and leaves included. */
function compareTime(): number {
  const options = { tokens: 128, hash: 'murmur3', seed: 0, c: 1.25, slots: 65537 } as const
  const servers = Array.from({ length: 10 }, (_, i) => ({ name: `n${i + 1}` }))
  const kinds = Object.keys(KINDS) as PartitionerKind[]
  const go = (): void => {
    const going = compare({ kinds, servers, keys: { type: 'uniform', count: 1_000_000 }, options })
    while (going.next().done !== true);
  }
  return cpuSeconds(go)
}

const round = (value: number): number => Math.round(value * 100) / 100
const million = (name: string, value: number): Figure => ({ name, value: round(value / 1e6), unit: 'million/cpu-s' })
const ratio = (name: string, value: number): Figure => ({ name, value: round(value), unit: 'of hashring' })
