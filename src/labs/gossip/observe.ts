import type { Micros } from '../../base/units.ts'
import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import {
  beliefOf,
  countWrong,
  crowdBelieves,
  type Doubts,
  doubtsOfCrowd,
  doubtsOfMatrix,
  holdsBeliefs,
  MAX_MATRIX,
  mostBelieve,
  NO_DOUBTS,
  rowOf,
} from './beliefs.ts'
import { type FocusView, viewFocus } from './focus-view.ts'
import type { Standing } from './roster.ts'
import { latestNews, rumoursOf, type SpreadView } from './spread.ts'
import type { ServerState } from './state.ts'
import { type Traffic, trafficOf } from './traffic.ts'
import type { Gossip } from './types.ts'

/** What the screen needs of a cluster: a letter or a number for each server, and more of the one that is picked. */
export interface GossipView {
  servers: readonly ServerView[]
  /** The server through whose eyes the cluster is seen; null for what is true: nobody is picked, or one that is down or has left. */
  focus: ProcessId | null
  focused: FocusView | null
  /** Who holds whom for what, a row for each server, a letter for each other; null above `MAX_MATRIX` servers. */
  matrix: readonly string[] | null
  rumours: readonly SpreadView[]
  /** The latest belief about a server that is still spreading or has spread last. */
  news: SpreadView | null
  /** Beliefs that are not true, and how many beliefs there are; null above `MAX_MATRIX`. */
  wrong: { beliefs: number; of: number } | null
  totals: { suspicions: number; deaths: number; refutations: number; probes: number; failedProbes: number }
  traffic: Traffic
  settings: { probeInterval: Micros; gossipInterval: Micros; gossipNodes: number; mode: string; rumourInterval: Micros }
}

export interface ServerView {
  id: ProcessId
  status: Status
  phase: ServerState['phase'] | 'down'
  /** 0 while it is down: it has none. */
  incarnation: number
  /** What the focus believes of it; without one, what most live servers do. */
  believed: Standing | 'unknown'
  /** It knows the rumour that was told last. */
  knows: boolean
  /** How many suspect it, and how many believe it dead. */
  suspectedBy: number
  deadTo: number
  /** The suspicion of it that will be the first to end, where one looks through nobody's eyes. */
  patience: { dueAt: Micros; full: Micros } | null
  /** How many it suspects itself. */
  suspects: number
  score: number
}

/** `focus` of the window is the place of the server that is picked; left out, none is. */
export function observe(world: World<Gossip>, window: Window): GossipView {
  const ids = world.ids('server')
  const focus = eyesOf(world, ids[window['focus'] ?? -1])
  const small = ids.length <= MAX_MATRIX
  const matrix = small ? ids.map((id) => rowOf(world, id, ids)) : null
  const states = ids.map((id) => world.state(id))
  const rumours = rumoursOf(states)
  const doubts = small ? doubtsOfMatrix(ids, matrix as string[]) : doubtsOfCrowd(states)
  const latest = rumours[0]?.text
  const seen = { world, focus, matrix, doubts, latest, half: states.length / 2 }
  return {
    servers: ids.map((id, i) => viewServer(seen, id, i)),
    focus,
    focused: focus === null ? null : viewFocus(world, focus),
    matrix,
    rumours,
    news: small ? latestNews(world, ids) : null,
    wrong: matrix === null ? null : countWrong(world, ids, matrix),
    totals: totalsOf(states),
    traffic: trafficOf(world, states),
    settings: settingsOf(world),
  }
}

/** Nobody sees the cluster through the eyes of one that is down or has left. */
const eyesOf = (world: World<Gossip>, id: ProcessId | undefined): ProcessId | null =>
  id !== undefined && holdsBeliefs(world.state(id)) ? id : null

interface Seen {
  world: World<Gossip>
  focus: ProcessId | null
  matrix: readonly string[] | null
  doubts: ReadonlyMap<ProcessId, Doubts>
  latest: string | undefined
  half: number
}

function viewServer({ world, focus, matrix, doubts, latest, half }: Seen, id: ProcessId, index: number): ServerView {
  const state = world.state(id)
  const { suspects, dead } = doubts.get(id) ?? NO_DOUBTS
  const most = matrix === null ? crowdBelieves(suspects, dead, half) : mostBelieve(matrix, index)
  return {
    id,
    status: world.status(id),
    phase: state?.phase ?? 'down',
    incarnation: state?.incarnation ?? 0,
    believed: focus === null ? most : focus === id ? 'alive' : beliefOf(world, focus, id),
    knows: latest !== undefined && state?.rumours.has(latest) === true,
    suspectedBy: suspects,
    deadTo: dead,
    patience: focus === null && matrix !== null && suspects > 0 ? shortestPatience(world, id) : null,
    suspects: state?.suspicions.size ?? 0,
    score: state?.score ?? 0,
  }
}

function shortestPatience(world: World<Gossip>, about: ProcessId): ServerView['patience'] {
  let first: ServerView['patience'] = null
  for (const holder of world.ids('server')) {
    const suspicion = world.state(holder)?.suspicions.get(about)
    if (suspicion === undefined) continue
    const dueAt = world.timers(holder).find(({ timer }) => timer === `suspect ${about}`)?.dueAt
    if (dueAt !== undefined && (first === null || dueAt < first.dueAt))
      first = { dueAt, full: dueAt - suspicion.startedAt }
  }
  return first
}

function totalsOf(states: readonly (ServerState | null)[]): GossipView['totals'] {
  const totals = { suspicions: 0, deaths: 0, refutations: 0, probes: 0, failedProbes: 0 }
  for (const state of states) {
    if (state === null) continue
    totals.probes += state.probes
    for (const key of ['suspicions', 'deaths', 'refutations', 'failedProbes'] as const) totals[key] += state.tally[key]
  }
  return totals
}

function settingsOf({ config }: World<Gossip>): GossipView['settings'] {
  const { probeInterval, gossipInterval, gossipNodes, rumourMode: mode, rumourInterval } = config
  return { probeInterval, gossipInterval, gossipNodes, mode, rumourInterval }
}
