import { draw, stream } from '../../base/random.ts'
import type { Experiment, Figure } from '../../lab/figures.ts'
import { boundedPartitioner } from './partition/bounded-load.ts'
import { jumpPartitioner } from './partition/jump.ts'
import { ketamaPartitioner } from './partition/ketama.ts'
import { maglevTable } from './partition/maglev.ts'
import { moduloPartitioner } from './partition/modulo.ts'
import type { Partitioner, Server } from './partition/partitioner.ts'
import { preferenceList } from './partition/preference.ts'
import type { Points } from './partition/points.ts'
import { rendezvousPartitioner } from './partition/rendezvous.ts'
import { ringPartitioner } from './partition/token-ring.ts'

const MOVED_KEYS = 2_000

/** How evenly the partitioners place keys, and how many they move, against theory: `npm run -s figures`. */
export const experiments: readonly Experiment[] = [
  tokenShares(10, 1, 4_000, 400),
  tokenShares(10, 16, 4_000, 400),
  tokenShares(10, 128, 2_000, 200),
  tokenShares(100, 160, 400, 20),
  ketamaShares(10, 2_000, 100),
  keysAtRandom(),
  moved('modulo', 10, 10 / 11, (servers) => moduloPartitioner(servers)),
  moved('jump', 10, 1 / 11, (servers) => jumpPartitioner(servers)),
  moved('rendezvous', 10, 1 / 11, rendezvousPartitioner),
  moved('ring', 10, 1 / 11, (servers, seed) => ringPartitioner(servers, { tokens: 64, seed })),
  streamed(10, 3),
  maglevEvenness(),
  boundedPeak(1.25),
]

/** Other names for each seed, for the rules that draw their places from the names alone. */
function servers(n: number, seed = 0): Server[] {
  return Array.from({ length: n }, (_, i) => ({ name: `n${seed}-${i + 1}` }))
}

function tokenShares(n: number, tokens: number, long: number, short: number): Experiment {
  return {
    id: `shares-${n}-${tokens}`,
    title: `Shares of the circle, ${n} servers with ${tokens} ${tokens === 1 ? 'token' : 'tokens'} each`,
    setup:
      'The stretches of the circle that each server owns by the hashes of its tokens, exactly, for another ring each time.',
    trials: { short, long },
    prepare: () => (seed) => [squaredVariation(stretches(ringPartitioner(servers(n), { tokens, seed }).points, n))],
    figures: [variation(n, tokens)],
  }
}

function ketamaShares(n: number, long: number, short: number): Experiment {
  return {
    id: 'shares-ketama',
    title: `Shares of ketama’s continuum, ${n} servers of one weight`,
    setup: 'The stretches that each server owns by its 160 points, exactly, for other names each time.',
    trials: { short, long },
    prepare: () => (seed) => [squaredVariation(stretches(ketamaPartitioner(servers(n, seed)).points, n))],
    figures: [variation(n, 160)],
  }
}

function variation(n: number, tokens: number): Figure {
  return {
    title: 'mean square of the coefficient of variation',
    source: 'Dirichlet distribution: (n − 1)/(nV + 1) for n servers with V random tokens',
    column: 0,
    statistic: { type: 'mean' },
    unit: '',
    digits: 5,
    published: (n - 1) / (n * tokens + 1),
    judged: 'equal',
  }
}

/** Keys at random on rules that are even by themselves vary as a multinomial does. */
function keysAtRandom(): Experiment {
  const n = 10
  const keys = 2_000
  const rules = {
    modulo: moduloPartitioner(servers(n)),
    jump: jumpPartitioner(servers(n)),
    rendezvous: rendezvousPartitioner(servers(n)),
  }
  return {
    id: 'keys-at-random',
    title: `Loads of ${n} servers by ${keys} keys at random`,
    setup: 'Keys are random 64-bit words. Rules that give each server the same share leave the noise of the keys.',
    trials: { short: 200, long: 4_000 },
    prepare: () => (seed) => Object.values(rules).map((by) => squaredVariation(loadsOf(by, keys, seed))),
    figures: Object.keys(rules).map((name, column) => ({
      title: `mean square of the coefficient of variation, ${name}`,
      source: 'multinomial distribution: (n − 1)/m for m keys',
      column,
      statistic: { type: 'mean' },
      unit: '',
      digits: 5,
      published: (n - 1) / keys,
      judged: 'equal',
    })),
  }
}

/** How many keys change their server when one joins, and how many of them for another than the newcomer. */
function moved(
  name: string,
  n: number,
  expected: number,
  build: (servers: readonly Server[], seed: number) => Partitioner,
): Experiment {
  const others: Figure = {
    title: 'joins at which a key moved between two old servers',
    source: 'Karger et al. 1997: monotone',
    column: 1,
    statistic: { type: 'above', limit: 0 },
    unit: 'share',
    digits: 1,
    published: 0,
    judged: 'atMost',
  }
  return {
    id: `moved-${name}`,
    title: `Keys that move when a server joins ${n}: ${name}`,
    setup: `${MOVED_KEYS} keys, random 64-bit words, placed before and after.`,
    trials: { short: 300, long: 1_000 },
    prepare: () => (seed) => movedBy(build(servers(n, seed), seed), seed),
    figures: [
      {
        title: 'mean share of the keys',
        source: name === 'modulo' ? 'n/(n + 1): equal remainders are rare' : 'the least possible, 1/(n + 1)',
        column: 0,
        statistic: { type: 'mean' },
        unit: 'share',
        digits: 2,
        published: expected,
        judged: 'equal',
      },
      ...(name === 'modulo' ? [] : [others]),
    ],
  }
}

/** With N copies of each key a newcomer is among the first N of n + 1 servers for N/(n + 1) of them. */
function streamed(n: number, copies: number): Experiment {
  return {
    id: 'streamed',
    title: `Keys that stream to a server that joins ${n}, with ${copies} copies of each`,
    setup: '1,000 places at random on a ring of 64 tokens each; counted, those whose preference list has the newcomer.',
    trials: { short: 60, long: 1_000 },
    prepare: () => (seed) => {
      const after = servers(n + 1, seed)
      const { points } = ringPartitioner(after, { tokens: 64, seed })
      const from = stream(seed, 'places')
      let streams = 0
      for (let i = 0; i < 1_000; i++) {
        if (preferenceList(points, after, points.find(draw(from, i)), copies).includes(n)) streams++
      }
      return [streams / 1_000]
    },
    figures: [
      {
        title: 'mean share of the keys',
        source: 'by symmetry: N/(n + 1)',
        column: 0,
        statistic: { type: 'mean' },
        unit: 'share',
        digits: 2,
        published: copies / (n + 1),
        judged: 'equal',
      },
    ],
  }
}

function maglevEvenness(): Experiment {
  return {
    id: 'maglev-evenness',
    title: 'Maglev’s table, 5 to 60 names on 5,003 slots',
    setup:
      'Each name fills slots of its own permutation in turns. Counted: slots of the name with most, less those of the one with fewest.',
    trials: { short: 60, long: 1_000 },
    prepare: () => (seed) => {
      const n = 5 + (seed % 56)
      const counts = Array.from({ length: n }, () => 0)
      for (const owner of maglevTable(servers(n, seed), 5_003)) counts[owner] = (counts[owner] as number) + 1
      return [Math.max(...counts) - Math.min(...counts)]
    },
    figures: [
      {
        title: 'tables in which they differ by more than 1',
        source: 'Eisenbud et al. 2016 §3.4: at most 1',
        column: 0,
        statistic: { type: 'above', limit: 1 },
        unit: 'share',
        digits: 1,
        published: 0,
        judged: 'atMost',
      },
    ],
  }
}

function boundedPeak(c: number): Experiment {
  const n = 10
  const keys = 2_000
  return {
    id: 'bounded-peak',
    title: `The busiest of ${n} servers, with loads bounded at ${c}`,
    setup: `${keys} keys, random 64-bit words, on a ring of 4 tokens each, where one server would have far more than its share.`,
    trials: { short: 60, long: 1_000 },
    prepare: () => (seed) => {
      const ring = ringPartitioner(servers(n), { tokens: 4, seed })
      return [boundedPartitioner(ring, c), ring].map((by) => (Math.max(...loadsOf(by, keys, seed)) * n) / keys)
    },
    figures: [
      {
        title: `rings on which it has more than ${c} times the mean`,
        source: 'Mirrokni, Thorup & Zadimoghaddam 2016: ⌈cm/n⌉',
        column: 0,
        statistic: { type: 'above', limit: Math.ceil((c * keys) / n) * (n / keys) },
        unit: 'share',
        digits: 1,
        published: 0,
        judged: 'atMost',
      },
      {
        title: 'mean load of the busiest without the bound',
        source: 'the same ring',
        column: 1,
        statistic: { type: 'mean' },
        unit: 'times the mean',
        digits: 2,
        published: c,
        judged: 'report',
      },
    ],
  }
}

/** The lengths of what each of n servers owns of the circle. */
function stretches({ at, owner }: Points, n: number): number[] {
  const lengths = Array.from({ length: n }, () => 0)
  for (let i = 0; i < at.length; i++) {
    const before = i === 0 ? (at.at(-1) as number) - 4294967296 : (at[i - 1] as number)
    const who = owner[i] as number
    lengths[who] = (lengths[who] as number) + (at[i] as number) - before
  }
  return lengths
}

function loadsOf(by: Partitioner, keys: number, seed: number): number[] {
  const loads = by.servers.map(() => 0)
  const from = stream(seed, 'keys')
  for (let i = 0; i < keys; i++) {
    const owner = by.locate(draw(from, 2 * i) | 0, draw(from, 2 * i + 1) | 0)
    loads[owner] = (loads[owner] as number) + 1
  }
  return loads
}

function movedBy(before: Partitioner, seed: number): [share: number, elsewhere: number] {
  const after = before.join({ name: 'newcomer' })
  if (!after.ok) throw new Error(after.error)
  const newcomer = before.servers.length
  const from = stream(seed, 'keys')
  let all = 0
  let elsewhere = 0
  for (let i = 0; i < MOVED_KEYS; i++) {
    const [hi, lo] = [draw(from, 2 * i) | 0, draw(from, 2 * i + 1) | 0]
    const owner = after.value.locate(hi, lo)
    if (owner === before.locate(hi, lo)) continue
    all++
    if (owner !== newcomer) elsewhere++
  }
  return [all / MOVED_KEYS, elsewhere]
}

function squaredVariation(loads: readonly number[]): number {
  const mean = loads.reduce((a, b) => a + b, 0) / loads.length
  return loads.reduce((sum, load) => sum + (load / mean - 1) ** 2, 0) / loads.length
}
