import { exp, ln } from '../../base/math.ts'
import { Random, stream } from '../../base/random.ts'
import { ms, type Micros, SECOND } from '../../base/units.ts'
import { type Event, eventSet, type EventType } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { NetworkSettings, World } from '../../kernel/types.ts'
import type { Experiment, Figure } from '../../lab/figures.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { type GossipConfig, noMistakes } from './config.ts'
import { lab } from './lab.ts'
import { isLive } from './beliefs.ts'
import { retransmitLimit } from './timing.ts'
import type { Gossip } from './types.ts'

/** Of a rumour: long after the last that has anything to tell has told it. */
const MOST_ROUNDS = 100

/** The statistics of SWIM, of memberlist's gossip and of Lifeguard, with this engine: `npm run -s figures`. */
export const experiments: readonly Experiment[] = [
  firstProbe(5, 40_000, 2_000),
  firstProbe(10, 40_000, 1_500),
  firstProbe(50, 10_000, 400),
  falseSuspicion(0.05, 20_000, 150),
  falseSuspicion(0.1, 10_000, 150),
  falseSuspicion(0.2, 5_000, 100),
  noSuspicion(),
  spread(30, 5_000, 100),
  spread(100, 2_000, 40),
  spread(1000, 200, 4),
  lifeguard(),
]

/** Half a millisecond one way: a LAN, and far below any timeout. */
const LATENCY: Partial<NetworkSettings> = { latency: { type: 'constant', value: ms(0.5) } }
const PLAIN: Partial<GossipConfig> = { localHealth: false, dynamicSuspicion: false, buddySystem: false }
const AT_RANDOM: Partial<GossipConfig> = { mistakes: { ...noMistakes, probeAtRandom: true } }

interface Trial {
  servers: number
  config?: Partial<GossipConfig>
  network?: Partial<NetworkSettings>
  on: readonly EventType[]
  see(event: Event<Gossip>, world: World<Gossip>): void
}

function begin(seed: number, { servers, config, network, on, see }: Trial): Simulation<Gossip> {
  const base = defaultSetup(lab, seed, servers)
  const setup = {
    ...base,
    config: { ...base.config, ...config },
    network: { ...base.network, ...LATENCY, ...network },
  }
  const observer = { wants: eventSet(on), causes: false, observe: see }
  return new Simulation<Gossip>(lab, { setup, commands: [] }, undefined, observer)
}

/**
 * In each protocol period every other server probes once. If it picks its target at random, the crashed one is left out of
 * a period with probability (1 − 1/(n − 1))^(n − 1), so that the expected number of periods is 1 over the rest.
 */
function firstProbe(n: number, long: number, short: number): Experiment {
  const expected = 1 / (1 - power(1 - 1 / (n - 1), n - 1))
  const figure = (column: number, order: string, judged: Figure['judged']): Figure => ({
    title: `mean number of periods until a probe fails, ${order}`,
    source: 'SWIM §3.1: 1/(1 − (1 − 1/(n − 1))^(n − 1)) → e/(e − 1)',
    column,
    statistic: { type: 'mean' },
    unit: 'periods',
    digits: 3,
    published: expected,
    judged,
  })
  return {
    id: `first-probe-${n}`,
    title: `When a crash is first noticed, ${n} servers`,
    setup: `One of ${n} servers crashes at an instant drawn at random. Counted: protocol periods from then on, until the one in which somebody pings it.`,
    trials: { short, long },
    prepare: () => (seed) => [periodsUntilProbed(seed, n, AT_RANDOM), periodsUntilProbed(seed, n, {})],
    figures: [figure(0, 'random order', 'equal'), figure(1, 'round-robin', 'report')],
  }
}

function periodsUntilProbed(seed: number, servers: number, config: Partial<GossipConfig>): number {
  const random = new Random(stream(seed, 'crash'))
  const crashAt = 2 * SECOND + random.int(SECOND)
  const seen: { probedAt: Micros } = { probedAt: 0 }
  const see = (event: Event<Gossip>): void => {
    if (seen.probedAt > 0 || event.type !== 'sent' || event.at <= crashAt) return
    if (event.to === 'g1' && event.message.type === 'Ping') seen.probedAt = event.at
  }
  const simulation = begin(seed, { servers, config, on: ['sent'], see })
  simulation.advanceTo(crashAt)
  simulation.apply({ type: 'crash', process: 'g1' })
  for (let at = crashAt + SECOND; seen.probedAt === 0; at += SECOND) simulation.advanceTo(at)
  return Math.ceil((seen.probedAt - crashAt) / SECOND)
}

/** A ping and its answer are lost, and so is at least one of four messages on each of three ways around. */
function falseSuspicion(loss: number, long: number, short: number): Experiment {
  const q = 1 - loss
  const servers = 10
  return {
    id: `false-suspicion-${Math.round(loss * 100)}`,
    title: `Probes that accuse a server which is there, at ${Math.round(loss * 100)} % loss`,
    setup: `${servers} servers for 40 s, each datagram lost with this probability, three indirect probes, no reliable channel. A suspicion lasts so long that all are probed all the time.`,
    trials: { short, long },
    prepare: () => (seed) => [shareOfFailedProbes(seed, servers, loss)],
    figures: [
      {
        title: 'share of probes that fail',
        source: 'SWIM §3.1 with k = 3: (1 − q²)(1 − q⁴)³ for delivery probability q',
        column: 0,
        statistic: { type: 'mean' },
        unit: 'share',
        digits: 3,
        published: (1 - q * q) * power(1 - power(q, 4), 3),
        judged: 'equal',
      },
    ],
  }
}

const PROBING = 40

function shareOfFailedProbes(seed: number, servers: number, loss: number): number {
  let failed = 0
  const config = { ...PLAIN, streamProbe: false, suspicionMult: 100, pushPullInterval: 0 }
  const see = (event: Event<Gossip>): void => {
    if (event.type === 'noted' && event.note.type === 'probeFailed') failed++
  }
  const simulation = begin(seed, { servers, config, network: { loss }, on: ['noted'], see })
  simulation.advanceTo((PROBING + 1) * SECOND)
  // The last of each server is left out, whatever came of it: one that fails would still be under way, and not counted.
  let ended = 0
  for (const id of simulation.ids('server')) ended += (simulation.state(id)?.probes ?? 1) - 1
  return failed / ended
}

function noSuspicion(): Experiment {
  const servers = 12
  return {
    id: 'no-suspicion',
    title: 'Suspicions without loss and faults',
    setup: `${servers} servers for 60 s; round trips of at most 240 ms, below the 500 ms that an answer is waited for.`,
    trials: { short: 60, long: 1_000 },
    prepare: () => (seed) => {
      let suspicions = 0
      const see = (event: Event<Gossip>): void => {
        if (event.type === 'noted' && event.note.type === 'suspects') suspicions++
      }
      const network = { latency: { type: 'uniform', min: 0, max: ms(120) } } as const
      begin(seed, { servers, network, on: ['noted'], see }).advanceTo(60 * SECOND)
      return [suspicions]
    },
    figures: [
      {
        title: 'mean number of suspicions in a run',
        source: 'SWIM §3.1: only a lost or late answer accuses',
        column: 0,
        statistic: { type: 'mean' },
        unit: '',
        digits: 0,
        published: 0,
        judged: 'atMost',
      },
    ],
  }
}

/**
 * How many rounds of gossip the last server has to wait, in the LAN's settings. The published numbers are of rounds in step.
 * Servers that run for themselves tick at their own times, so that news goes on within a round: beside it, how long that is.
 * Nobody tells for ever, so now and then a rumour dies before it has reached all: those runs are counted apart.
 */
function spread(n: number, long: number, short: number): Experiment {
  const published: Record<number, number> = { 30: 4.3, 100: 5.6, 1000: 8.3 }
  const expected = expectedSpread(n)
  const mean = (title: string, column: number, source: string, number: number): Figure => ({
    title,
    source,
    column,
    statistic: { type: 'meanUpTo', limit: MOST_ROUNDS },
    unit: 'rounds',
    digits: 2,
    published: number,
    judged: 'report',
  })
  const share = (title: string, column: number): Figure => ({
    title,
    source: theory,
    column,
    statistic: { type: 'above', limit: MOST_ROUNDS },
    unit: 'share',
    digits: 2,
    published: expected.unreached,
    judged: 'report',
  })
  const given = 'an independent simulation, “about”, to one decimal'
  const theory = 'expected numbers round by round, each server telling 3 a round up to the retransmit limit'
  return {
    id: `spread-${n}`,
    title: `How long a rumour takes to reach ${n} servers`,
    setup: `One of ${n} servers is told a rumour. In step: all tick at once, and only gossip to 3 carries it. Free: ticks every 200 ms at their own times, on the back of probes too, half a millisecond one way; in units of 200 ms. Means are of the runs in which it reached all.`,
    trials: { short, long },
    prepare: () => (seed) => [roundsInStep(seed, n), roundsUntilAllKnow(seed, n)],
    figures: [
      mean('mean rounds until the last has heard, in step', 0, given, published[n] as number),
      mean('the same, against the theory', 0, theory, expected.rounds),
      share('share of runs in which it did not reach all, in step', 0),
      mean('mean time until the last has heard, free', 1, given, published[n] as number),
      share('share of runs in which it did not reach all, free', 1),
    ],
  }
}

/** Nobody ticks by itself; a hand lets all who have something to tell gossip at one instant, and then all messages come. */
function roundsInStep(seed: number, servers: number): number {
  const never = 3_600 * SECOND
  const config = { probeInterval: never, probeTimeout: SECOND, gossipInterval: never, pushPullInterval: 0 }
  const simulation = begin(seed, { servers, config, on: [], see: () => {} })
  simulation.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'r1' } })
  const ids = simulation.ids('server')
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const telling = ids.filter((id) => (simulation.state(id)?.events.length ?? 0) > 0)
    for (const process of telling) simulation.apply({ type: 'fire', process, timer: 'gossip' })
    simulation.advanceTo(simulation.now + ms(1))
    if (ids.every((id) => simulation.state(id)?.rumours.has('r1') === true)) return round
    if (telling.length === 0) break
  }
  return Number.POSITIVE_INFINITY
}

function roundsUntilAllKnow(seed: number, servers: number): number {
  const heard = { times: 0, lastAt: 0 }
  const see = (event: Event<Gossip>): void => {
    if (event.type !== 'noted' || (event.note.type !== 'hears' && event.note.type !== 'tells')) return
    heard.times++
    heard.lastAt = event.at
  }
  const simulation = begin(seed, { servers, on: ['noted'], see })
  const toldAt = SECOND + new Random(stream(seed, 'tell')).int(SECOND)
  simulation.advanceTo(toldAt)
  simulation.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'r1' } })
  const end = toldAt + 20 * SECOND
  for (let at = toldAt; heard.times < servers && at < end; at += SECOND) simulation.advanceTo(at)
  if (heard.times < servers) return Number.POSITIVE_INFINITY
  return (heard.lastAt - toldAt) / lab.defaults.config.gossipInterval
}

/**
 * What is expected of a rumour in step: how many rounds until the last has heard, if all do, and the share of runs in which
 * some never do. Each round, a server that does not know stays so if all who tell leave it out: one that has just heard
 * picks 3 of the n − 1 others, then 3 again, until it has told the rumour as often as the retransmit limit allows. Expected
 * numbers stand for the real ones, and one server's luck is taken not to be another's.
 */
function expectedSpread(n: number): { rounds: number; unreached: number } {
  const { retransmitMult, gossipNodes } = lab.defaults.config
  const limit = retransmitLimit(retransmitMult, n)
  let unaware = n - 1
  const byAge = [1]
  const allKnow: number[] = []
  while (allKnow.length < MOST_ROUNDS) {
    allKnow.push(power(1 - unaware / (n - 1), n - 1))
    const missed = byAge.reduce((product, tellers, age) => {
      const told = Math.max(0, Math.min(gossipNodes, limit - gossipNodes * age))
      return product * exp(tellers * ln(1 - told / (n - 1)))
    }, 1)
    byAge.unshift(unaware * (1 - missed))
    unaware *= missed
  }
  const everAll = allKnow.at(-1) as number
  return { rounds: allKnow.reduce((sum, share) => sum + 1 - share / everAll, 0), unreached: 1 - everAll }
}

/** Servers that stall again and again: they send and their timers run, but what comes to them waits. */
function lifeguard(): Experiment {
  return {
    id: 'lifeguard',
    title: 'False positives of stalled servers, with and without Lifeguard',
    setup:
      '32 servers for 120 s; 4 of them stall for 8 s, are well for 100 ms, and so on for 60 s. Counted: declarations of death about servers that run and were never stalled. With Lifeguard: at most 6 times the patience, local health and the buddy system.',
    trials: { short: 12, long: 300 },
    prepare: () => (seed) => {
      const swim = falseDeaths(seed, PLAIN)
      const guarded = falseDeaths(seed, {})
      return [swim, guarded, guarded - swim / 5]
    },
    figures: [
      report('false positives, plain SWIM', 0),
      report('false positives, Lifeguard', 1),
      {
        title: 'false positives with Lifeguard beyond a fifth of those without',
        source: 'Lifeguard (arXiv 1707.00788v1): fewer by a factor of more than 50 in most of its cases',
        column: 2,
        statistic: { type: 'mean' },
        unit: '',
        digits: 2,
        published: 0,
        judged: 'atMost',
      },
    ],
  }
}

function report(title: string, column: number): Figure {
  const source = 'no number: the paper’s own depends on its machines'
  return { title, source, column, statistic: { type: 'mean' }, unit: '', digits: 2, published: 0, judged: 'report' }
}

const STALLED = ['g1', 'g2', 'g3', 'g4']

function falseDeaths(seed: number, config: Partial<GossipConfig>): number {
  let wrong = 0
  const see = (event: Event<Gossip>, world: World<Gossip>): void => {
    if (event.type !== 'noted' || event.note.type !== 'declares') return
    if (!STALLED.includes(event.note.node) && isLive(world, event.note.node)) wrong++
  }
  const simulation = begin(seed, { servers: 32, config, on: ['noted'], see })
  const random = new Random(stream(seed, 'stalls'))
  let at = 5 * SECOND + random.int(SECOND)
  while (at < 65 * SECOND) {
    simulation.advanceTo(at)
    for (const process of STALLED) simulation.apply({ type: 'stall', process })
    simulation.advanceTo((at += 8 * SECOND))
    for (const process of STALLED) simulation.apply({ type: 'resume', process })
    at += ms(100)
  }
  simulation.advanceTo(120 * SECOND)
  return wrong
}

/** x to a whole power, by multiplication. */
function power(x: number, n: number): number {
  let product = 1
  for (let i = 0; i < n; i++) product *= x
  return product
}
