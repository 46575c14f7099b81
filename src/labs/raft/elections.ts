import { assert } from '../../base/assert.ts'
import { type Micros, SECOND } from '../../base/units.ts'
import { eventSet } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { ProcessSetup, Setup } from '../../kernel/types.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { lab } from './lab.ts'
import type { Raft } from './types.ts'

/** One election among servers whose timers start together, on a network without loss and disks without delay. */
export interface ElectionSetup {
  seed: number
  servers: number
  /** How many of them are down from the first instant. */
  down: number
  /** From (included) and to (excluded). */
  timeout: readonly [Micros, Micros]
  /** One way, uniformly from and to. */
  latency: readonly [Micros, Micros]
}

export interface Election {
  /** When the first timer expired. */
  firstTimeout: Micros
  /** When a server had the votes of a majority. */
  elected: Micros
  /** How many terms it took. */
  terms: number
}

/** Runs an election with this engine until somebody leads. No clients, so that a million of them take a minute. */
export function election(of: ElectionSetup): Election {
  const result: Election = { firstTimeout: -1, elected: -1, terms: 0 }
  const simulation = new Simulation<Raft>(lab, { setup: setupOf(of), commands: [] }, undefined, {
    wants: eventSet(['noted']),
    causes: false,
    observe(event) {
      if (event.type !== 'noted') return
      if (event.note.type === 'becameCandidate' && result.firstTimeout < 0) result.firstTimeout = event.at
      if (event.note.type !== 'becameLeader' || result.elected >= 0) return
      result.elected = event.at
      result.terms = event.note.term
    },
  })
  for (let i = 1; i <= of.down; i++) simulation.apply({ type: 'crash', process: `n${i}` })
  while (result.elected < 0) assert(simulation.step(LIMIT), `nobody was elected, seed ${of.seed}`)
  return result
}

/** The servers `n1` to `nN`, without clients. */
export const serversOnly = (count: number): ProcessSetup[] =>
  Array.from({ length: count }, (_, i) => ({ id: `n${i + 1}`, role: 'server' }))

function setupOf({ seed, servers, timeout, latency }: ElectionSetup): Setup<Raft> {
  const [electionTimeoutMin, electionTimeoutMax] = timeout
  return {
    seed,
    processes: serversOnly(servers),
    config: { ...DEFAULT_CONFIG, electionTimeoutMin, electionTimeoutMax },
    network: {
      latency: { type: 'uniform', min: latency[0], max: latency[1] },
      loss: 0,
      duplication: 0,
      fifo: false,
      bandwidth: 0,
    },
    disk: { sync: { type: 'constant', value: 0 }, lying: false },
    workload: null,
  }
}

const LIMIT: Micros = 1_000 * SECOND
