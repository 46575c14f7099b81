import { type Micros, SECOND } from '../../base/units.ts'
import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import type { Member } from './member-list.ts'
import { updateText } from './messages.ts'
import { retransmitLimit } from './timing.ts'
import type { Standing } from './roster.ts'
import type { ServerState } from './state.ts'
import type { Gossip } from './types.ts'

/** What the screen needs of a cluster: a letter or a number for each server, and more of the one that is picked. */
export interface GossipView {
  servers: readonly ServerView[]
  /** The server through whose eyes the cluster is seen; null for what is true. */
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
  /** Per second, of the servers that run: the means, and the most bytes that one sends. */
  traffic: Sent & { mostBytes: number }
  settings: { probeInterval: Micros; gossipInterval: Micros; gossipNodes: number; mode: string; rumourInterval: Micros }
}

export interface ServerView {
  id: ProcessId
  status: Status
  phase: ServerState['phase'] | 'down'
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

export interface FocusView {
  id: ProcessId
  incarnation: number
  score: number
  maxHealth: number
  known: number
  members: readonly { id: ProcessId; standing: Standing; incarnation: number; since: Micros }[]
  queue: readonly { text: string; times: number }[]
  limit: number
  suspicions: readonly SuspicionView[]
  probe: { target: ProcessId; stage: string; deadline: Micros } | null
  probes: number
  failedProbes: number
  sent: Sent
}

/** In the last full second of a server's clock. */
export interface Sent {
  messages: number
  bytes: number
}

export interface SuspicionView {
  node: ProcessId
  startedAt: Micros
  dueAt: Micros | null
  confirmations: number
  hopedFor: number
}

/** When each server that knows something came to know it, in order. */
export interface SpreadView {
  text: string
  at: readonly Micros[]
  /** Servers that could know it. */
  of: number
}

/** Up to so many servers everything is compared with everything. */
export const MAX_MATRIX = 60
const MAX_MEMBERS = 200
const MAX_RUMOURS = 4

/** `focus` of the window is the place of the server that is picked; left out, none is. */
export function observe(world: World<Gossip>, window: Window): GossipView {
  const ids = world.ids('server')
  const focus = ids[window['focus'] ?? -1] ?? null
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

export const serverState = (world: World<Gossip>, id: ProcessId): ServerState | null => world.state(id)

/** Up and one of the cluster: others can rightly believe it alive, and its own beliefs count. */
export function isLive(world: World<Gossip>, id: ProcessId): boolean {
  const phase = world.state(id)?.phase
  return world.status(id) === 'up' && (phase === 'member' || phase === 'joining')
}

export function beliefOf(world: World<Gossip>, holder: ProcessId, about: ProcessId): Standing | 'unknown' {
  return world.state(holder)?.members.get(about)?.standing ?? 'unknown'
}

/** The letter of a belief in the matrix. */
export const LETTERS: Record<Standing | 'unknown', string> = {
  alive: 'a',
  suspect: 's',
  dead: 'd',
  left: 'l',
  unknown: 'u',
}

/** `-` for a server that holds no beliefs, because it is down or has left. */
function rowOf(world: World<Gossip>, id: ProcessId, ids: readonly ProcessId[]): string {
  const state = world.state(id)
  if (state === null || state.phase === 'left') return '-'.repeat(ids.length)
  return ids.map((about) => LETTERS[state.members.get(about)?.standing ?? 'unknown']).join('')
}

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
  const most = matrix === null ? crowdBelieves(suspects, dead, half) : mostBelieve(columnOf(matrix, index))
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

function sentBy(state: ServerState, now: Micros): Sent {
  const { second, messagesNow, messagesBefore, bytesNow, bytesBefore } = state
  const since = Math.floor(now / SECOND) - second
  if (since === 0) return { messages: messagesBefore, bytes: bytesBefore }
  return since === 1 ? { messages: messagesNow, bytes: bytesNow } : { messages: 0, bytes: 0 }
}

function trafficOf({ now }: World<Gossip>, states: readonly (ServerState | null)[]): GossipView['traffic'] {
  const traffic = { messages: 0, bytes: 0, mostBytes: 0 }
  let running = 0
  for (const state of states) {
    if (state === null || state.phase === 'left') continue
    const { messages, bytes } = sentBy(state, now)
    running++
    traffic.messages += messages
    traffic.bytes += bytes
    traffic.mostBytes = Math.max(traffic.mostBytes, bytes)
  }
  traffic.messages /= Math.max(1, running)
  traffic.bytes /= Math.max(1, running)
  return traffic
}

/** How many suspect a server, and to how many it is dead. */
interface Doubts {
  suspects: number
  dead: number
}
const NO_DOUBTS: Doubts = { suspects: 0, dead: 0 }

const columnOf = (matrix: readonly string[], index: number): string =>
  matrix.map((row, i) => (i === index ? '' : row[index])).join('')

function doubtsOfMatrix(ids: readonly ProcessId[], matrix: readonly string[]): ReadonlyMap<ProcessId, Doubts> {
  return new Map(
    ids.map((id, i) => {
      const column = columnOf(matrix, i)
      return [id, { suspects: letters(column, LETTERS.suspect), dead: letters(column, LETTERS.dead) }]
    }),
  )
}

/** Asks each server whom it suspects and whom it has lost, which are few, and not what it believes of everybody. */
function doubtsOfCrowd(states: readonly (ServerState | null)[]): ReadonlyMap<ProcessId, Doubts> {
  const doubts = new Map<ProcessId, Doubts>()
  const of = (id: ProcessId): Doubts => {
    const known = doubts.get(id) ?? { ...NO_DOUBTS }
    doubts.set(id, known)
    return known
  }
  for (const state of states) {
    if (state === null || state.phase === 'left') continue
    for (const id of state.suspicions.keys()) of(id).suspects++
    for (const id of state.lost) if (state.members.get(id)?.standing === 'dead') of(id).dead++
  }
  return doubts
}

function crowdBelieves(suspects: number, dead: number, half: number): Standing {
  if (dead > half) return 'dead'
  return suspects + dead > half ? 'suspect' : 'alive'
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

const letters = (text: string, letter: string): number => text.split(letter).length - 1

/** The belief that most hold; the graver one, if two are held by as many. */
function mostBelieve(column: string): Standing | 'unknown' {
  let most: Standing | 'unknown' = 'alive'
  for (const standing of ['suspect', 'left', 'dead', 'unknown'] as const) {
    if (letters(column, LETTERS[standing]) > letters(column, LETTERS[most])) most = standing
  }
  return most
}

function viewFocus(world: World<Gossip>, id: ProcessId): FocusView | null {
  const state = world.state(id)
  if (state === null) return null
  const { incarnation, score, members, news, events, suspicions, probe, probes, tally } = state
  const config = world.configOf(id)
  const due = new Map(world.timers(id).map(({ timer, dueAt }) => [timer, dueAt]))
  return {
    id,
    incarnation,
    score,
    maxHealth: config.maxHealth,
    known: members.known,
    members: worstFirst(members.slots <= MAX_MEMBERS ? [...members.members()] : [...members.changed()]).slice(
      0,
      MAX_MEMBERS,
    ),
    queue: [...news.items, ...events.items]
      .slice(0, 40)
      .map(({ update, times }) => ({ text: updateText(update), times })),
    limit: retransmitLimit(config.retransmitMult, members.known),
    suspicions: [...suspicions].map(([node, { startedAt, confirmations, hopedFor }]) => ({
      node,
      startedAt,
      dueAt: due.get(`suspect ${node}`) ?? null,
      confirmations,
      hopedFor,
    })),
    probe: probe === null ? null : { target: probe.target, stage: probe.stage, deadline: probe.deadline },
    probes,
    failedProbes: tally.failedProbes,
    sent: sentBy(state, world.now),
  }
}

const ORDER: Record<Standing, number> = { suspect: 0, dead: 1, left: 2, alive: 3 }

function worstFirst(members: [ProcessId, Member][]): FocusView['members'] {
  return members
    .map(([id, { standing, incarnation, since }]) => ({ id, standing, incarnation, since }))
    .toSorted((x, y) => ORDER[x.standing] - ORDER[y.standing])
}

/** The rumours that were told last, each with how it went round. */
function rumoursOf(states: readonly (ServerState | null)[]): SpreadView[] {
  const times = new Map<string, Micros[]>()
  for (const state of states) {
    for (const [rumour, { heardAt }] of state?.rumours ?? []) {
      const at = times.get(rumour)
      if (at === undefined) times.set(rumour, [heardAt])
      else at.push(heardAt)
    }
  }
  const of = states.filter((state) => state !== null && state.phase !== 'left').length
  const spread = [...times].map(([text, at]) => ({ text, at: at.toSorted((x, y) => x - y), of }))
  return spread.toSorted((x, y) => (y.at[0] as number) - (x.at[0] as number)).slice(0, MAX_RUMOURS)
}

/** What the last server to change its mind believes now, and since when the others do. */
function latestNews(world: World<Gossip>, ids: readonly ProcessId[]): SpreadView | null {
  let latest: { about: ProcessId; member: Member } | null = null
  for (const holder of ids) {
    for (const [about, member] of world.state(holder)?.members.changed() ?? []) {
      if (about !== holder && member.since > (latest?.member.since ?? 0)) latest = { about, member }
    }
  }
  if (latest === null) return null
  const { about, member } = latest
  const live = ids.filter((id) => id !== about && world.state(id) !== null)
  const same = live.flatMap((id) => {
    const held = world.state(id)?.members.get(about)
    return held?.standing === member.standing && held.incarnation === member.incarnation ? [held.since] : []
  })
  const text = `${about} is ${member.standing} (${member.incarnation})`
  return { text, at: same.toSorted((x, y) => x - y), of: live.length }
}

/**
 * A server that stands still can be wrong about others. Of itself there is no truth as long as it does: so nobody is right or
 * wrong about it.
 */
function countWrong(world: World<Gossip>, ids: readonly ProcessId[], matrix: readonly string[]): GossipView['wrong'] {
  let beliefs = 0
  let of = 0
  const still = new Set(ids.filter((id) => ['paused', 'stalled'].includes(world.status(id))))
  for (const [i, holder] of ids.entries()) {
    if (!isLive(world, holder) && !still.has(holder)) continue
    for (const [j, about] of ids.entries()) {
      if (i === j || still.has(about)) continue
      of++
      if (isWrong(matrix[i]?.[j], isLive(world, about))) beliefs++
    }
  }
  return { beliefs, of }
}

/** Whoever is there should be held for alive, and nobody else. */
export const isWrong = (letter: string | undefined, live: boolean): boolean => (letter === LETTERS.alive) !== live

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
