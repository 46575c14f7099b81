import { ms, type Micros } from '../../base/units.ts'
import type { Experiment, Figure } from '../../lab/figures.ts'
import { downtime } from './downtime.ts'
import { election } from './elections.ts'

const RANGE: readonly [Micros, Micros] = [ms(1_000), ms(2_000)]
const AVAILSIM_TRIALS = 10_000

/** The election statistics of the thesis, chapter 9, with this engine: `npm run -s figures`. */
export const experiments: readonly Experiment[] = [
  firstTimeout(),
  splitVote(0.01, 1_000_000, 40_000),
  splitVote(0.1, 200_000, 20_000),
  splitVote(0.2, 200_000, 20_000),
  wideArea(0, 430.0, []),
  wideArea(1, 468.6, [475, 1_500]),
  wideArea(2, 631.6, [650, 3_000]),
  crashedLeader(150, 155, 'median', 287),
  crashedLeader(150, 200, 'longest', 513),
  crashedLeader(150, 150, 'median', 10_000),
]

/** “The expected first timeout of s servers at 1/(s+1) of the range.” */
function firstTimeout(): Experiment {
  const clusters = [
    { servers: 3, down: 1 },
    { servers: 5, down: 2 },
    { servers: 5, down: 1 },
    { servers: 9, down: 1 },
  ]
  return {
    id: 'first-timeout',
    title: 'When the first election timer expires',
    setup:
      'A cluster starts with its leader-to-be down; all timers start together, timeouts U(1, 2) s. Counted from the least timeout, as a share of the range.',
    trials: { short: 5_000, long: 100_000 },
    prepare: () => (seed) =>
      clusters.map(({ servers, down }) => {
        const { firstTimeout } = election({ seed, servers, down, timeout: RANGE, latency: [ms(1), ms(1)] })
        return (firstTimeout - RANGE[0]) / (RANGE[1] - RANGE[0])
      }),
    figures: clusters.map(({ servers, down }, column) => ({
      title: `mean of ${servers - down} servers’ first timeout, in the range from 0 to 1`,
      source: 'thesis §9.1: 1/(s+1)',
      column,
      statistic: { type: 'mean' },
      unit: '',
      digits: 4,
      published: 1 / (servers - down + 1),
      judged: 'equal',
    })),
  }
}

/**
 * Of four servers the third times out within a one-way latency of the first: then nobody has three of five votes. The
 * published shares are Pr(D ≤ l) for c = 3 and s = 4, which is 6l² − 8l³ + 3l⁴: 0.059, 5.23 and 18.1 %.
 */
function splitVote(share: number, long: number, short: number): Experiment {
  const latency = Math.round((RANGE[1] - RANGE[0]) * share)
  const two = share * share
  return {
    id: `split-vote-${Math.round(share * 100)}`,
    title: `Split votes with a one-way latency of ${Math.round(share * 100)} % of the timeout range`,
    setup:
      'Five servers, one down; all timers start together, timeouts U(1, 2) s; every message takes the same time, disk and processing none. Split: the first term of the election ends without a leader.',
    trials: { short, long },
    prepare: () => (seed) => [
      election({ seed, servers: 5, down: 1, timeout: RANGE, latency: [latency, latency] }).terms - 1,
    ],
    figures: [
      {
        title: 'split votes',
        source: 'thesis §9.2: Pr(D₃,₄ ≤ l)',
        column: 0,
        statistic: { type: 'above', limit: 0 },
        unit: 'share',
        digits: 3,
        published: 6 * two - 8 * two * share + 3 * two * two,
        judged: 'equal',
      },
    ],
  }
}

/**
 * The wide-area network that Ongaro simulated with AvailSim. The text says that elections complete “within about” 475 and
 * 650 ms on average; the averages themselves are the points of Figure 9.7, read from the vector graphic of the thesis's
 * source, and were measured over 10,000 elections each.
 */
function wideArea(down: number, average: number, limits: number[]): Experiment {
  const [mean, most] = limits
  const common = { source: 'thesis §9.4', column: 0, unit: 'ms', digits: 1 } as const
  const figures: Figure[] = [
    {
      ...common,
      title: 'mean election time',
      source: 'thesis Figure 9.7, the point on the curve',
      statistic: { type: 'mean' },
      published: average,
      publishedTrials: AVAILSIM_TRIALS,
      judged: 'equal',
    },
  ]
  if (mean !== undefined && most !== undefined) {
    figures.push(
      { ...common, title: 'mean, “within about”', statistic: { type: 'mean' }, published: mean, judged: 'atMost' },
      {
        ...common,
        title: `99.9 % within ${most / 1_000} s: share that takes longer`,
        statistic: { type: 'above', limit: most },
        unit: 'share',
        digits: 3,
        published: 0.001,
        judged: 'atMost',
      },
      {
        ...common,
        title: '99.9th percentile, “within”',
        statistic: { type: 'quantile', p: 0.999 },
        published: most,
        judged: 'report',
      },
    )
  }
  return {
    id: `wide-area-${down}`,
    title: `A wide-area network, five servers, ${['none', 'one', 'two'][down]} down`,
    setup:
      'One-way latency U(30, 40) ms for each message, timeouts U(300, 600) ms; all timers start together at 0, disk and processing take no time (as in AvailSim). Until a server has the votes of a majority.',
    trials: { short: AVAILSIM_TRIALS, long: AVAILSIM_TRIALS },
    prepare: () => (seed) => [
      election({ seed, servers: 5, down, timeout: [ms(300), ms(600)], latency: [ms(30), ms(40)] }).elected / 1_000,
    ],
    figures,
  }
}

/**
 * What was measured on five servers in a rack, beside. Where the range is as narrow as a disk write is long, it matters that
 * a candidate here has its own vote on disk before it asks, while LogCabin writes as it asks (thesis §9.3).
 */
function crashedLeader(least: number, most: number, what: 'median' | 'longest', published: number): Experiment {
  const timeout: readonly [Micros, Micros] = [ms(least), ms(most)]
  return {
    id: `crashed-leader-${least}-${most}`,
    title: `Downtime after a crash of the leader, timeouts ${least}–${most} ms`,
    setup:
      'Five servers, logs of different lengths so that two of the four left cannot win; the leader crashes within its heartbeat interval of 75 ms, uniformly. One-way latency U(1, 4) ms, disk U(5, 15) ms: broadcast time 15 ms on average, and a candidate’s own vote is on disk before it asks. Until all others have the new leader’s first heartbeat; counted up to 10 s.',
    trials: { short: 200, long: 1_000 },
    prepare: () => (seed) => [downtime(seed, timeout) / 1_000],
    figures: [
      {
        title: `${what} downtime${least === most ? ', at least' : ''}`,
        source: 'paper Figure 16, on hardware',
        column: 0,
        statistic: what === 'median' ? { type: 'quantile', p: 0.5 } : { type: 'max' },
        unit: 'ms',
        digits: 0,
        published,
        judged: 'report',
      },
    ],
  }
}
