import type { Env, ProcessId } from '../../kernel/types.ts'
import { acksNeeded, answersNeeded, heals, isLastWrite } from './config.ts'
import { erase, held, keepHint, reconcile, save, takeIn } from './disk.ts'
import { learn } from './gossip.ts'
import type { ClientMessage, ReplicaMessage, RequestId } from './messages.ts'
import { keyPlace, type Placement, placementOf, standIns } from './placement.ts'
import { acknowledged, answered, distinct, isIn, owed } from './quorum.ts'
import type { Asked, GetRequest, PutRequest, Request, ServerState } from './state.ts'
import { put } from './store/shelf.ts'
import {
  NOTHING,
  sameVersions,
  type Version,
  type Versions,
  write,
  writeLast,
  writeWithoutDot,
} from './store/versions.ts'
import { viewDigest } from './store/view.ts'
import { isSuspected, suspect } from './suspicion.ts'
import type { Ring } from './types.ts'

type Get = Extract<ClientMessage, { type: 'Get' }>
type Put = Extract<ClientMessage, { type: 'Put' }>
type Stored = Extract<ReplicaMessage, { type: 'ReplicaStored' }>

/** Any server coordinates a read: it asks the preference list and answers once R have (Dynamo §4.5). */
export function coordinateGet(self: ServerState, { operation, client, key }: Get, env: Env<Ring>): void {
  const place = keyPlace(env.config, key)
  const { owners } = placementOf(env, self.disk.view, key, place)
  const readers = env.config.layout === 'replicas' ? [env.self] : distinct(owners)
  const request: GetRequest = {
    type: 'get',
    operation,
    client,
    key,
    place,
    owners,
    asked: [],
    replied: false,
    answers: new Map(),
  }
  const id = open(self, request, env)
  for (const owner of readers) askFor(self, id, request, owner, env)
  progress(self, id, request, env)
}

/**
 * A write is coordinated by a server that holds the key, because the dot it gives counts that server's events on it; any
 * other passes it on to the first that it can reach. If it can reach none and may stand in, it does.
 */
export function coordinatePut(self: ServerState, message: Put, env: Env<Ring>): void {
  const { key } = message
  const place = keyPlace(env.config, key)
  const where = placementOf(env, self.disk.view, key, place)
  const all = [...where.owners, ...(where.coming ?? [])]
  if (isCoordinator(where, env)) return begin(self, message, place, where, null, env)
  if (message.passedOn) {
    return refuse(message.operation, message.client, `${env.self} does not hold ${key} by its own ring`, false, env)
  }
  const leader = env.config.layout === 'replicas' ? all.slice(0, 1) : all
  const reachable = leader.find((id) => !isSuspected(self, id, env))
  const [first] = where.owners
  if (first === undefined) return refuse(message.operation, message.client, 'nobody holds this key', false, env)
  if (reachable === undefined && mayStandIn(env)) return begin(self, message, place, where, first, env)
  env.note({ type: 'passedOn', key, to: reachable ?? first })
  env.send(reachable ?? first, { ...message, passedOn: true })
}

/** An answer of a replica to a read. */
export function onReplicaValue(
  self: ServerState,
  from: ProcessId,
  id: RequestId,
  versions: Versions,
  env: Env<Ring>,
): void {
  const request = self.open.get(id)
  if (request?.type !== 'get') return
  request.answers.set(from, versions)
  progress(self, id, request, env)
}

/** An acknowledgement. What its sender knows of the ring comes first, since that decides whom it counts for. */
export function onReplicaStored(self: ServerState, from: ProcessId, message: Stored, env: Env<Ring>): void {
  if (message.view !== null && learn(self, message.view, env)) planAgain(self, env)
  const request = self.open.get(message.request)
  if (request?.type !== 'put') return
  const ack: Asked = { server: from, inSteadOf: message.hintFor }
  if (!isIn(request.acks, ack)) request.acks.push(ack)
  progress(self, message.request, request, env)
}

/**
 * The ring has changed while writes are open: they go to its owners too, and only these count from now on. A quorum of a
 * ring that is no more says little about the one that is (Cassandra's `ReplicaPlan.stillAppliesTo`, CEP-21).
 */
export function planAgain(self: ServerState, env: Env<Ring>): void {
  if (env.config.layout !== 'ring') return
  for (const [id, request] of self.open) {
    if (request.type !== 'put' || request.replied) continue
    const { owners, coming } = placementOf(env, self.disk.view, request.key, request.place)
    request.owners = owners
    request.coming = coming
    const asked = request.asked.map(({ server, inSteadOf }) => inSteadOf ?? server)
    for (const owner of owed(request)) if (!asked.includes(owner)) askFor(self, id, request, owner, env)
    progress(self, id, request, env)
  }
}

/** Who has not answered by now counts as unreachable; others stand in, if they may. */
export function onReplicaTimeout(self: ServerState, id: RequestId, env: Env<Ring>): void {
  const request = self.open.get(id)
  if (request === undefined) return
  for (const asked of request.asked.slice()) {
    if (asked.server === env.self || hasAnswered(request, asked)) continue
    suspect(self, asked.server, env)
    askStandIn(self, id, request, asked.inSteadOf ?? asked.server, env)
  }
  progress(self, id, request, env)
}

export function onRequestTimeout(self: ServerState, id: RequestId, env: Env<Ring>): void {
  const request = self.open.get(id)
  if (request === undefined) return
  if (!request.replied) {
    const [got, need] =
      request.type === 'get'
        ? [answered(request), answersNeeded(env.config)]
        : [acknowledged(request), acksNeeded(env.config)]
    const what = request.type === 'get' ? 'answers' : 'acknowledgements'
    refuse(request.operation, request.client, `${got} of ${need} ${what} in time`, request.type === 'put', env)
  }
  if (request.type === 'get') repair(self, id, request, env)
  close(self, id, env)
}

/** A read asks its replicas, a write sends them the new version; nobody is sent to twice for one request. */
function askFor(self: ServerState, id: RequestId, request: Request, owner: ProcessId, env: Env<Ring>): void {
  if (owner !== env.self && isSuspected(self, owner, env) && askStandIn(self, id, request, owner, env)) return
  ask(self, id, request, owner, null, env)
}

function askStandIn(self: ServerState, id: RequestId, request: Request, owner: ProcessId, env: Env<Ring>): boolean {
  if (!mayStandIn(env)) return false
  const asked = request.asked.map(({ server }) => server)
  const candidates = standIns(self.disk.view, request.place, owed(request))
  const standIn = candidates.find((server) => !asked.includes(server) && !isSuspected(self, server, env))
  if (standIn === undefined) return false
  ask(self, id, request, standIn, owner, env)
  return true
}

function ask(
  self: ServerState,
  id: RequestId,
  request: Request,
  server: ProcessId,
  inSteadOf: ProcessId | null,
  env: Env<Ring>,
): void {
  request.asked.push({ server, inSteadOf })
  const { key } = request
  if (request.type === 'get') {
    if (server === env.self) request.answers.set(server, held(self, key, request.place, env))
    else env.send(server, { type: 'ReadReplica', request: id, key })
    return
  }
  const { versions } = request
  if (server !== env.self) {
    env.send(server, {
      type: 'WriteReplica',
      request: id,
      key,
      versions,
      hintFor: inSteadOf,
      repair: false,
      erase: request.erase,
      ring: viewDigest(self.disk.view),
    })
  } else {
    if (inSteadOf !== null) keepHint(self, inSteadOf, key, versions, env)
    else if (!request.erase) takeIn(self, [{ key, versions }], env)
    // What it says from now on waits for its own disk, so its own copy counts at once.
    request.acks.push({ server, inSteadOf })
  }
}

function begin(
  self: ServerState,
  message: Put,
  place: number,
  where: Placement,
  inSteadOf: ProcessId | null,
  env: Env<Ring>,
): void {
  const { operation, client, key, value, context } = message
  const forgetful = env.config.mistakes.noTombstones && value === null
  const { versions, made } = newVersion(self, message, place, inSteadOf !== null, env)
  const request: PutRequest = {
    type: 'put',
    operation,
    client,
    key,
    place,
    versions,
    dot: made.dot,
    erase: forgetful,
    owners: where.owners,
    coming: where.coming,
    asked: [],
    replied: false,
    acks: [],
  }
  if (inSteadOf === null && !forgetful) save(self, { shelf: put(self.disk.shelf, key, place, versions) }, env)
  if (forgetful) erase(self, key, env)
  const strict = inSteadOf === null && !env.config.sloppyQuorum && where.coming === null
  env.note({
    type: 'wrote',
    key,
    version: made,
    context,
    owners: where.owners,
    beside: versions.siblings.length - 1,
    strict,
  })
  const id = open(self, request, env)
  if (inSteadOf !== null) ask(self, id, request, env.self, inSteadOf, env)
  for (const owner of owed(request)) if (owner !== inSteadOf) askFor(self, id, request, owner, env)
  progress(self, id, request, env)
}

/** The object with the new version in it. Whoever stands in has forgotten what it handed back, so it counts under a fresh name. */
function newVersion(
  self: ServerState,
  { key, value, context }: Put,
  place: number,
  standsIn: boolean,
  env: Env<Ring>,
): { versions: Versions; made: Version } {
  const actor = standsIn ? `${self.disk.actor}~${self.disk.standIns + 1}` : self.disk.actor
  if (standsIn) save(self, { standIns: self.disk.standIns + 1 }, env)
  const current = standsIn ? NOTHING : held(self, key, place, env)
  const versions = written(current, context, value, actor, env)
  const made = versions.siblings.find((v) => v.dot.by === actor && v.dot.n === versions.clock[actor])
  // Under last write wins a slow clock can lose to what is there already: the write is acknowledged and gone.
  return { versions, made: made ?? { dot: { by: actor, n: versions.clock[actor] ?? 0 }, value, stamp: env.now() } }
}

function written(
  current: Versions,
  context: Put['context'],
  value: string | null,
  actor: string,
  env: Env<Ring>,
): Versions {
  const stamp = env.now()
  if (isLastWrite(env.config)) return writeLast(current, value, actor, stamp)
  const by = env.config.mistakes.clocksPerServer ? writeWithoutDot : write
  return by(current, context, value, actor, stamp)
}

/** Answers the client as soon as there is enough, and closes once everybody has answered. */
function progress(self: ServerState, id: RequestId, request: Request, env: Env<Ring>): void {
  if (request.type === 'get') {
    if (!request.replied && answered(request) >= answersNeeded(env.config)) replyGet(request, env)
    if (request.replied && request.asked.every(({ server }) => request.answers.has(server))) {
      repair(self, id, request, env)
      close(self, id, env)
    }
    return
  }
  if (!request.replied && acknowledged(request) >= acksNeeded(env.config)) replyPut(request, env)
  if (request.replied && request.asked.every((asked) => isIn(request.acks, asked))) close(self, id, env)
}

function replyGet(request: GetRequest, env: Env<Ring>): void {
  request.replied = true
  const from = [...request.answers.keys()]
  env.send(request.client, { type: 'GetReply', operation: request.operation, versions: newest(request, env), from })
}

function replyPut(request: PutRequest, env: Env<Ring>): void {
  request.replied = true
  const { operation, versions, dot } = request
  const acks = distinct(request.acks.map(({ server }) => server))
  env.send(request.client, { type: 'PutReply', operation, versions, dot, acks })
}

/** Read repair (§5): who answered with less than all together know is sent the rest. */
function repair(self: ServerState, id: RequestId, request: GetRequest, env: Env<Ring>): void {
  if (!env.config.readRepair || !heals(env.config) || env.config.layout !== 'ring') return
  const versions = newest(request, env)
  const { key } = request
  const stale = request.asked.filter(
    ({ server, inSteadOf }) => inSteadOf === null && isStale(request.answers.get(server), versions),
  )
  if (stale.length === 0) return
  env.note({ type: 'repaired', key, servers: stale.map(({ server }) => server) })
  for (const { server } of stale) {
    // It may have written since it answered itself, so it merges like everybody else.
    if (server === env.self) takeIn(self, [{ key, versions }], env)
    else {
      const ring = viewDigest(self.disk.view)
      const message = { type: 'WriteReplica', request: id, key, versions, ring } as const
      env.send(server, { ...message, hintFor: null, repair: true, erase: false })
    }
  }
}

const isStale = (answer: Versions | undefined, newest: Versions): boolean =>
  answer !== undefined && !sameVersions(answer, newest)

const newest = (request: GetRequest, env: Env<Ring>): Versions =>
  [...request.answers.values()].reduce((a, b) => reconcile(a, b, env), NOTHING)

/** Sloppy quorums belong to the ring. */
const mayStandIn = ({ config }: Env<Ring>): boolean => config.sloppyQuorum && config.layout === 'ring'

const hasAnswered = (request: Request, asked: Asked): boolean =>
  request.type === 'get' ? request.answers.has(asked.server) : isIn(request.acks, asked)

function isCoordinator(where: Placement, env: Env<Ring>): boolean {
  if (env.config.layout === 'replicas') return where.owners[0] === env.self
  return where.owners.includes(env.self) || (where.coming?.includes(env.self) ?? false)
}

function open(self: ServerState, request: Request, env: Env<Ring>): RequestId {
  const id = `${self.life}-${++self.requests}`
  self.open.set(id, request)
  env.setTimer(`replica ${id}`, env.config.replicaTimeout, REPLICAS_ANSWER)
  env.setTimer(`request ${id}`, env.config.requestTimeout, REPLICAS_ANSWER)
  return id
}

function close(self: ServerState, id: RequestId, env: Env<Ring>): void {
  self.open.delete(id)
  env.cancelTimer(`replica ${id}`)
  env.cancelTimer(`request ${id}`)
}

function refuse(operation: string, client: ProcessId, why: string, maybe: boolean, env: Env<Ring>): void {
  env.send(client, { type: 'Refusal', operation, why, maybe })
}

/** What it means that one of a request's timers runs out. */
const REPLICAS_ANSWER = {
  types: ['ReplicaValue', 'ReplicaStored'],
  asked: ['ReadReplica', 'WriteReplica'],
} as const
