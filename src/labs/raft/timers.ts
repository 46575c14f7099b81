import type { Distribution } from '../../base/random.ts'
import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { AtOnce } from '../../lab/definition.ts'
import type { WorldView } from '../../lab/world-view.ts'
import type { RaftConfig } from './config.ts'
import type { RaftView } from './observe.ts'
import type { Raft } from './types.ts'

/** A split vote on demand, or none. */
export function atOnce(view: RaftView, world: WorldView, at: Micros): readonly AtOnce<Raft>[] {
  const waiting = waitingServers(view, world, at)
  const disabled = waiting.length < 2 ? 'fewer than two servers wait for an election' : null
  return [
    {
      id: 'align-timers',
      label: 'Align timers',
      says: 'All election timers expire at the same instant: the vote splits.',
      disabled,
      commands: setTimers('aligned', waiting, () => beforeTheyAreReset(waiting, world, at)),
    },
    {
      id: 'spread-timers',
      label: 'Spread timers',
      says: 'The election timers expire one well after the other: whoever is first wins.',
      disabled,
      commands: setTimers('spread', waiting, (place) => spread(place, waiting.length, world)),
    },
  ]
}

interface Waiting {
  id: ProcessId
  /** What is left of its election timer. */
  left: Micros
}

/** The servers whose election timer runs, the one that is due next first. */
function waitingServers(view: RaftView, world: WorldView, now: Micros): Waiting[] {
  return view.servers
    .filter(({ status, role }) => status === 'up' && role !== null && role !== 'leader')
    .flatMap(({ id }) => {
      const timers = world.processes.find((process) => process.id === id)?.timers ?? []
      const election = timers.find(({ timer }) => timer === 'election')
      return election === undefined ? [] : [{ id, left: Math.max(0, election.dueAt - now) }]
    })
    .toSorted((a, b) => a.left - b.left)
}

/** As late as the next timer, but before any message under way or the next heartbeat could set one of them back. */
function beforeTheyAreReset(waiting: readonly Waiting[], world: WorldView, now: Micros): Micros {
  const first = waiting[0]?.left ?? 0
  const arrivals = world.flights
    .filter(({ to, held }) => !held && waiting.some(({ id }) => id === to))
    .map((f) => f.arrivesAt)
  const heartbeats = world.processes.flatMap((process) =>
    process.timers.filter(({ timer }) => timer === 'heartbeat').map(({ dueAt }) => dueAt),
  )
  const next = Math.min(...arrivals, ...heartbeats) - now - 1
  return Math.max(0, Math.min(first, next))
}

/** Far enough from the one before that its request for votes arrives in between. */
function spread(place: number, count: number, world: WorldView): Micros {
  const { electionTimeoutMin: min, electionTimeoutMax: max } = world.config as RaftConfig
  const heard = (longest(world.network.latency) + longest(world.disk.sync)) * 1.5
  return min + Math.round(place * Math.max(heard, (max - min) / count))
}

const setTimers = (
  so: 'aligned' | 'spread',
  waiting: readonly Waiting[],
  after: (place: number) => Micros,
): AtOnce<Raft>['commands'] =>
  waiting.map(({ id }, place) => ({
    type: 'act',
    process: id,
    action: { type: 'setElectionTimer', after: after(place), so },
  }))

/** How long it takes at most, or nearly so where there is no bound. */
function longest(of: Distribution): Micros {
  switch (of.type) {
    case 'constant':
      return of.value
    case 'uniform':
      return of.max
    case 'normal':
      return of.mean + 3 * of.deviation
    case 'logNormal':
      return of.median * (1 + 3 * of.sigma)
    case 'exponential':
      return of.floor + 3 * of.mean
  }
}
