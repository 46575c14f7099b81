import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { MemberList } from './member-list.ts'
import type { ProbeOrder } from './probe-order.ts'
import type { Queue } from './queue.ts'

/** All that a server knows; gone in a crash. */
export interface ServerState {
  kind: 'server'
  /** `left`: it has told everybody and shut down. */
  phase: 'member' | 'joining' | 'leaving' | 'left'
  incarnation: number
  members: MemberList
  /** News about servers, and rumours, which go only where there is room left. */
  news: Queue
  events: Queue
  /** The servers that it suspects, each with who says so. */
  suspicions: Map<ProcessId, Suspicion>
  /** Local health: 0 is well, `maxHealth − 1` as bad as can be. */
  score: number
  /** The last sequence number; it begins at random, so that no answer to an earlier life is taken for one to this. */
  seq: number
  probe: Probe | null
  order: ProbeOrder
  /** The place in the order that is next. */
  place: number
  /** The slot at that place, worked out one probe ahead; −1 if it is not yet. */
  upcoming: number
  /** Begun since it started. */
  probes: number
  /** When its ticks of probing and of gossip fall, against a clock that began at 0. */
  phaseOfProbe: Micros
  phaseOfGossip: Micros
  gossiping: boolean
  relays: Map<number, Relay>
  rumours: Map<string, Rumour>
  /** Whether it asks others for rumours in each cycle. */
  asking: boolean
  /** Serf keeps in mind whom it lost, to call them again. */
  lost: Set<ProcessId>
  leftAt: Micros
  /** What it sent in this second of its clock, and in the one before it. */
  second: number
  messagesNow: number
  messagesBefore: number
  bytesNow: number
  bytesBefore: number
  tally: Tally
  /** Of whom its belief changed in the handler that ran last. */
  touched: readonly ProcessId[]
}

/** A suspicion and its timer (memberlist `suspicion.go`). A value. */
export interface Suspicion {
  /** Who said so, the first one included. */
  readonly from: readonly ProcessId[]
  /** Confirmations so far, and how many are hoped for. */
  readonly confirmations: number
  readonly hopedFor: number
  readonly startedAt: Micros
  readonly min: Micros
  readonly max: Micros
}

/** The probe under way. A value. */
export interface Probe {
  readonly target: ProcessId
  readonly seq: number
  readonly stage: 'direct' | 'indirect'
  readonly startedAt: Micros
  readonly deadline: Micros
  /** Asked for help, and those of them who said that they had no answer. */
  readonly helpers: number
  readonly nacks: number
  /** The reliable channel had an answer. */
  readonly reliable: boolean
}

/** A ping on behalf of another server. A value. */
export interface Relay {
  readonly origin: ProcessId
  readonly originSeq: number
}

/** A value. */
export interface Rumour {
  readonly heardAt: Micros
  readonly from: ProcessId
  /** In the classic modes: still told to others, and how often in vain. */
  readonly hot: boolean
  readonly vain: number
  /** Since the last tick: somebody needed it, somebody did not. */
  readonly needed: boolean
  readonly known: boolean
}

/** Counted since it started, for the panels. */
export interface Tally {
  failedProbes: number
  suspicions: number
  deaths: number
  refutations: number
}

/*
 * Most of these maps are empty most of the time: the empty ones are one for all servers of all runs, and never written to.
 */
export const NO_ENTRIES = new Map<never, never>()
export const NO_NAMES = new Set<never>()

/** A map of a server's own, to be written to. */
export const toWrite = <K, V>(map: Map<K, V>): Map<K, V> => (map.size === 0 ? new Map() : map)

export function copyState(self: ServerState): ServerState {
  return makeState({
    ...self,
    members: self.members.share(),
    news: self.news.copy(),
    events: self.events.copy(),
    suspicions: copyMap(self.suspicions),
    relays: copyMap(self.relays),
    rumours: copyMap(self.rumours),
    lost: self.lost.size === 0 ? NO_NAMES : new Set(self.lost),
    tally: { ...self.tally },
  })
}

/** Every state is made here, so that all are laid out alike, with what each probe asks for side by side. */
export function makeState(of: ServerState): ServerState {
  return {
    phase: of.phase,
    touched: of.touched,
    gossiping: of.gossiping,
    asking: of.asking,
    probe: of.probe,
    place: of.place,
    upcoming: of.upcoming,
    order: of.order,
    members: of.members,
    seq: of.seq,
    score: of.score,
    phaseOfProbe: of.phaseOfProbe,
    probes: of.probes,
    relays: of.relays,
    second: of.second,
    messagesNow: of.messagesNow,
    messagesBefore: of.messagesBefore,
    bytesNow: of.bytesNow,
    bytesBefore: of.bytesBefore,
    tally: of.tally,
    kind: of.kind,
    incarnation: of.incarnation,
    news: of.news,
    events: of.events,
    suspicions: of.suspicions,
    phaseOfGossip: of.phaseOfGossip,
    rumours: of.rumours,
    lost: of.lost,
    leftAt: of.leftAt,
  }
}

const copyMap = <K, V>(map: Map<K, V>): Map<K, V> => (map.size === 0 ? NO_ENTRIES : new Map(map))

export const newTally = (): Tally => ({
  failedProbes: 0,
  suspicions: 0,
  deaths: 0,
  refutations: 0,
})
