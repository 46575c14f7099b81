import { assert } from '../../base/assert.ts'
import type { Micros } from '../../base/units.ts'
import type { OperationId, ProcessId } from '../../kernel/types.ts'
import type { RequestId } from './messages.ts'
import type { Item, Shelf } from './store/shelf.ts'
import type { Dot, Versions, VersionVector } from './store/versions.ts'
import type { RingView } from './store/view.ts'

/** What a server keeps on disk: a value. */
export interface Durable {
  /** The name under which it counts its events: its own, or another after its disk was lost. */
  readonly actor: string
  readonly view: RingView
  readonly shelf: Shelf
  /** What it keeps for servers that could not be reached, by server. */
  readonly hints: Readonly<Record<ProcessId, Shelf>>
  /** Counts the writes that it coordinated in another's stead; each had an actor of its own. */
  readonly standIns: number
}

export interface ServerState {
  kind: 'server'
  /** On disk as far as it is synced; replaced as a whole. */
  disk: Durable
  /** Drawn at each start, so that no answer to an earlier life is taken for one to this. */
  life: string
  requests: number
  open: Map<RequestId, Request>
  /** Until when a server counts as unreachable. */
  suspects: Map<ProcessId, Micros>
  /** What is on its way to other servers, until they say that they keep it. */
  parcels: Map<RequestId, Parcel>
  /** The server that was gossiped to and has not answered. */
  gossipedTo: ProcessId | null
  /** Whose trees were compared last, in the order of the ring. */
  comparedWith: ProcessId | null
  moving: Moving | null
}

/** A request that this server coordinates. */
export type Request = GetRequest | PutRequest

interface RequestBase {
  readonly operation: string
  readonly client: ProcessId
  readonly key: string
  readonly place: number
  /** Whom it asked, in the order of asking. */
  asked: Asked[]
  replied: boolean
}

/** A server that was asked, and in whose stead. */
export interface Asked {
  readonly server: ProcessId
  readonly inSteadOf: ProcessId | null
}

export interface GetRequest extends RequestBase {
  readonly type: 'get'
  readonly owners: readonly ProcessId[]
  answers: Map<ProcessId, Versions>
}

export interface PutRequest extends RequestBase {
  readonly type: 'put'
  readonly versions: Versions
  readonly dot: Dot
  readonly erase: boolean
  /** By the ring that the coordinator knows now: both change when it hears of another. */
  owners: readonly ProcessId[]
  /** The owners when all who join or leave have done so, if that is on the way. */
  coming: readonly ProcessId[] | null
  acks: Asked[]
}

export interface Parcel {
  readonly to: ProcessId
  readonly items: readonly Item[]
  /** What else is to go there. */
  readonly rest: readonly Item[]
  readonly errand: Errand
  readonly sentAt: Micros
}

/** Why a parcel is sent: hints go home, or a range moves to who joins or from who leaves. */
export type Errand =
  | { readonly why: 'hint'; readonly hintFor: ProcessId }
  | { readonly why: 'join' }
  | { readonly why: 'leave' }

/** A join or a leave that is under way. */
export interface Moving {
  readonly type: 'join' | 'leave'
  /** Servers that still have to send, or that parcels still have to reach. */
  waitsFor: ProcessId[]
  /** Whether the ring has had time to hear of it. */
  settled: boolean
  /** How many have come to who joins. */
  keys: number
  /** What who leaves held when the ring had heard of it: later writes have found those who come after it by themselves. */
  leaves: ReadonlySet<string>
  /** The keys of those that each server has said it keeps. */
  kept: Map<ProcessId, ReadonlySet<string>>
}

export interface ClientState {
  kind: 'client'
  open: Map<OperationId, { key: string; server: ProcessId }>
  /** What it has seen of each key: the context of its next write. */
  seen: Map<string, VersionVector>
  /** How many servers on from its own it asks, since the last did not answer. */
  shift: number
  /** How often it has asked each server. */
  asked: Map<ProcessId, number>
}

export function asServer(state: ServerState | ClientState): ServerState {
  assert(state.kind === 'server', 'a server is handed the state of a client')
  return state
}

export function asClient(state: ServerState | ClientState): ClientState {
  assert(state.kind === 'client', 'a client is handed the state of a server')
  return state
}

export function copyServer(self: ServerState): ServerState {
  return {
    kind: 'server',
    disk: self.disk,
    life: self.life,
    requests: self.requests,
    open: new Map(Array.from(self.open, ([id, request]) => [id, copyRequest(request)])),
    suspects: new Map(self.suspects),
    parcels: new Map(self.parcels),
    gossipedTo: self.gossipedTo,
    comparedWith: self.comparedWith,
    moving: self.moving === null ? null : copyMoving(self.moving),
  }
}

const copyMoving = (moving: Moving): Moving => ({
  ...moving,
  waitsFor: moving.waitsFor.slice(),
  kept: new Map(moving.kept),
})

function copyRequest(request: Request): Request {
  const asked = request.asked.slice()
  if (request.type === 'get') return { ...request, asked, answers: new Map(request.answers) }
  return { ...request, asked, acks: request.acks.slice() }
}
