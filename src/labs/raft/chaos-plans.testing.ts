import { ms, type Micros } from '../../base/units.ts'
import type { Workload } from '../../kernel/types.ts'
import type { RaftConfig } from './config.ts'
import type { lab } from './lab.ts'

/** How a run differs from the usual ones. */
export interface ChaosPlan {
  /** Fields of the configuration that are not drawn. */
  config?: Partial<RaftConfig>
  servers?: number
  /** No faults at all. */
  quiet?: boolean
  /** Clocks run up to so many millionths fast or slow; with none, up to 4 % where the bound of 10 % is kept. */
  driftPpm?: number
  /** Now and then the clock of whoever leads goes slower by so many millionths, and is set right again later. */
  slowLeaderPpm?: number
  /** How far apart faults are, if not as usual … */
  gap?: { min: Micros; max: Micros }
  /** … and how often a change of the configuration is asked for with one; left out, in half of the runs 0.4. */
  changes?: number
  /** The longest latency, if it is not drawn. */
  latency?: Micros
  /** Instead of the usual faults: leaders crash soon after they have won, and come back soon. */
  churn?: boolean
  /** Instead of the usual faults: who has just won is cut off with few others and changes the configuration. */
  hasty?: boolean
  workload?: Partial<Workload>
  /** What is watched, if not all but linearizability; that is judged at the end. */
  monitors?: typeof lab.monitors
  judged?: boolean
}

/** What some mistakes need to do harm often; each of them is looked for in such runs, with it and without it. */
export const PLANS: Readonly<Record<string, ChaosPlan>> = {
  halfQuorum: { servers: 4 },
  // Elections one after the other, so that a crash hits a vote that is not on disk yet.
  voteBeforeSync: {
    servers: 5,
    config: {
      preVote: false,
      checkQuorum: false,
      electionTimeoutMin: ms(40),
      electionTimeoutMax: ms(60),
      heartbeatInterval: ms(30),
    },
  },
  identicalTimeouts: { quiet: true, driftPpm: 0, config: { preVote: false } },
  shortTimeouts: { quiet: true },
  readIndexTooEarly: { config: { readMode: 'readIndex' }, workload: { rate: 200, readShare: 0.6, keys: 1 } },
  // Many leaders, each for a moment, and old entries that go out one by one: Figure 8 in about one run of twenty.
  commitEarlierTerms: {
    servers: 3,
    churn: true,
    changes: 0,
    gap: { min: ms(5), max: ms(40) },
    latency: ms(10),
    config: {
      preVote: false,
      checkQuorum: false,
      maxEntriesPerMessage: 1,
      maxInFlight: 1,
      snapshotThreshold: 0,
      initialVoters: 0,
      electionTimeoutMin: ms(30),
      electionTimeoutMax: ms(60),
      heartbeatInterval: ms(10),
      clientTimeout: ms(60),
      clientRetry: ms(30),
    },
    workload: { rate: 300, readShare: 0, keys: 1 },
  },
  // Two leaders change the configuration of four in two ways, with few to hear them: about one run of thirty.
  changeBeforeOwnTerm: {
    servers: 4,
    hasty: true,
    changes: 0,
    gap: { min: ms(5), max: ms(30) },
    latency: ms(10),
    config: {
      initialVoters: 0,
      catchUpFirst: false,
      preVote: false,
      checkQuorum: false,
      snapshotThreshold: 0,
      configTakesEffect: 'append',
    },
    workload: { rate: 5 },
  },
  // The leader's clock runs at a fifth of its speed, which a right cluster with this bound survives.
  leaseIgnoresDrift: {
    driftPpm: 0,
    slowLeaderPpm: 800_000,
    gap: { min: ms(200), max: ms(600) },
    latency: ms(5),
    config: {
      readMode: 'lease',
      checkQuorum: true,
      preVote: false,
      clockDriftBound: 500,
      heartbeatInterval: ms(20),
    },
    workload: { rate: 60, readShare: 0.9, keys: 1 },
  },
}
