import { Random, stream } from '../../base/random.ts'
import { type Micros, ms, SECOND } from '../../base/units.ts'
import { eventSet } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { serversOnly } from './elections.ts'
import { lab } from './lab.ts'
import { currentLeader } from './observe.ts'
import type { Raft } from './types.ts'

/**
 * The benchmark of the paper's Figure 16: how long after a crash of the leader all other servers hear from a new one, at
 * most ten seconds. The followers' timers start together at the leader's last heartbeat, and their logs have different
 * lengths, so that two of the four are not eligible.
 */
export function downtime(seed: number, [electionTimeoutMin, electionTimeoutMax]: readonly [Micros, Micros]): Micros {
  const heard = new Set<ProcessId>()
  let newTerm = Number.POSITIVE_INFINITY
  const simulation = new Simulation<Raft>(lab, { setup: instantly(seed), commands: [] }, undefined, {
    wants: eventSet(['delivered']),
    causes: false,
    observe(event) {
      if (event.type !== 'delivered' || event.message.type !== 'AppendEntries') return
      if (event.message.term >= newTerm) heard.add(event.process)
    },
  })
  const leader = leaderWithUnequalFollowers(simulation, { electionTimeoutMin, electionTimeoutMax })
  newTerm = termOf(simulation, leader) + 1
  simulation.apply({ type: 'network', settings: { latency: { type: 'uniform', min: ms(1), max: ms(4) } } })
  simulation.apply({ type: 'disk', sync: { type: 'uniform', min: ms(5), max: ms(15) } })
  simulation.advanceTo(simulation.now + new Random(stream(seed, 'crash')).int(HEARTBEAT))
  simulation.apply({ type: 'crash', process: leader })
  simulation.apply({ type: 'mend', links: simulation.cuts() })
  const crashed = simulation.now
  // The new leader does not write to itself, and the old one is down.
  while (heard.size < SERVERS - 2 && simulation.now < crashed + MOST) simulation.step()
  return Math.min(MOST, simulation.now - crashed)
}

/** Without delays at first: so the logs are made within one instant, and all timers start in it. */
function instantly(seed: number) {
  return {
    seed,
    processes: serversOnly(SERVERS),
    config: { ...DEFAULT_CONFIG, heartbeatInterval: HEARTBEAT },
    network: { latency: { type: 'constant', value: 0 }, loss: 0, duplication: 0, fifo: true, bandwidth: 0 } as const,
    disk: { sync: { type: 'constant', value: 0 }, lying: false } as const,
    workload: null,
  }
}

/** Cuts one follower after the other off while the leader takes entries: the logs end up 0, 1, 2 and 3 entries longer. */
function leaderWithUnequalFollowers(
  simulation: Simulation<Raft>,
  config: { electionTimeoutMin: Micros; electionTimeoutMax: Micros },
): ProcessId {
  while (currentLeader(simulation) === null) simulation.step()
  simulation.advanceTo(simulation.now)
  const leader = currentLeader(simulation) as ProcessId
  simulation.apply({ type: 'configure', config })
  simulation.apply({ type: 'fire', process: leader, timer: 'heartbeat' })
  simulation.advanceTo(simulation.now)
  for (const follower of simulation.ids('server').filter((id) => id !== leader)) {
    simulation.apply({ type: 'cut', links: linksBetween([leader], [follower], simulation) })
    const command = { type: 'put', key: 'x', value: follower } as const
    simulation.apply({ type: 'act', process: leader, action: { type: 'propose', command, client: '', serial: 0 } })
    simulation.advanceTo(simulation.now)
  }
  return leader
}

function termOf(simulation: Simulation<Raft>, id: ProcessId): number {
  const state = simulation.state(id)
  return state?.kind === 'server' ? state.currentTerm : 0
}

const SERVERS = 5
const HEARTBEAT: Micros = ms(75)
const MOST: Micros = 10 * SECOND
