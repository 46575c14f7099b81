import { unreachable } from '../../base/assert.ts'
import type { Env, Process, ProcessId } from '../../kernel/types.ts'
import { antiEntropy, compareWith, onExchange, onTree, untilComparing } from './anti-entropy.ts'
import {
  coordinateGet,
  coordinatePut,
  onReplicaStored,
  onReplicaTimeout,
  onReplicaValue,
  onRequestTimeout,
  planAgain,
} from './coordinator.ts'
import { gossip, onGossip, onGossipTimeout } from './gossip.ts'
import { beginJoin, beginLeave, newcomer, onSettle, onStreamRequest, rackOf, setMember } from './moving.ts'
import { handHintsBack, loseParcels, onHandOff, onHandOffStored } from './parcels.ts'
import { onReadReplica, onWriteReplica } from './replica.ts'
import { asServer, copyServer, type Durable, type ServerState } from './state.ts'
import { EMPTY_SHELF } from './store/shelf.ts'
import { type Member, ringOf } from './store/view.ts'
import { clear } from './suspicion.ts'
import type { Action, Ring, Timer } from './types.ts'

/** A server of the store: it coordinates requests, holds copies, and keeps the ring together. */
export const server: Process<Ring> = {
  start(durable, env) {
    const self = boot(durable ?? firstDisk(env), env)
    if (durable === null) env.persist(self.disk)
    setTimers(env)
    const { status } = self.disk.view[env.self] as Member
    if (status === 'joining') beginJoin(self, env)
    else if (status === 'leaving') beginLeave(self, env)
    return self
  },

  receive(state, from, message, env) {
    const self = asServer(state)
    clear(self, from)
    switch (message.type) {
      case 'Get':
        return coordinateGet(self, message, env)
      case 'Put':
        return coordinatePut(self, message, env)
      case 'ReadReplica':
        return onReadReplica(self, from, message.request, message.key, env)
      case 'ReplicaValue':
        return onReplicaValue(self, from, message.request, message.versions, env)
      case 'WriteReplica':
        return onWriteReplica(self, from, message, env)
      case 'ReplicaStored':
        return onReplicaStored(self, from, message, env)
      case 'HandOff':
        return onHandOff(self, from, message, env)
      case 'HandOffStored':
        return onHandOffStored(self, message.request, env)
      case 'Gossip':
        if (onGossip(self, from, message.view, message.answer, env)) planAgain(self, env)
        return
      case 'StreamRequest':
        return onStreamRequest(self, from, env)
      case 'Tree':
        return onTree(self, from, message, env)
      case 'Exchange':
        return onExchange(self, from, message, env)
      case 'GetReply':
      case 'PutReply':
      case 'Refusal':
        return
      default:
        unreachable(message)
    }
  },

  expire(state, timer, env) {
    const self = asServer(state)
    if (timer === 'gossip') gossip(self, env)
    else if (timer === 'gossipAnswer') onGossipTimeout(self, env)
    else if (timer === 'handoff') onHandoffTimer(self, env)
    else if (timer === 'antiEntropy') antiEntropy(self, env)
    else if (timer === 'settle') onSettle(self, env)
    else onRequestTimer(self, timer, env)
  },

  act(state, action, env) {
    const self = asServer(state)
    switch (action.type) {
      case 'leave':
        return beginLeave(self, env)
      case 'remove':
        setMember(self, action.server, { status: 'left' }, env)
        return env.note({ type: 'removed', server: action.server })
      case 'moveToken':
        return moveToken(self, action.token, action.to, env)
      case 'compareWith':
        return compareWith(self, action.server, env)
      default:
        unreachable(action)
    }
  },

  refusal: (state, action, { self }) => refusal(asServer(state), action, self),
  unreachable: (state, peer) => loseParcels(asServer(state), peer),
  copy: (state) => copyServer(asServer(state)),
}

function boot(disk: Durable, env: Env<Ring>): ServerState {
  return {
    kind: 'server',
    disk,
    life: Math.floor(env.random() * 2176782336).toString(36),
    requests: 0,
    open: new Map(),
    suspects: new Map(),
    parcels: new Map(),
    gossipedTo: null,
    comparedWith: null,
    moving: null,
  }
}

/** At the beginning of a run all servers know each other; who comes later, or with an empty disk, joins. */
function firstDisk(env: Env<Ring>): Durable {
  const nothing = { shelf: EMPTY_SHELF, hints: {}, standIns: 0 }
  if (env.elapsed() > 0) {
    // Its name has counted events that it cannot know of, if it has been here before.
    const actor = `${env.self}@${Math.floor(env.random() * 46656).toString(36)}`
    return { ...nothing, actor, view: { [env.self]: newcomer(env) } }
  }
  const view = ringOf(env.peers('server'), env.config, (i) => rackOf(i, env))
  return { ...nothing, actor: env.self, view }
}

/** Each begins at a moment of its own, so that the servers do not all speak at once. */
function setTimers(env: Env<Ring>): void {
  env.setTimer('gossip', Math.floor(env.random() * env.config.gossipInterval))
  env.setTimer('handoff', env.config.handoffInterval)
  env.setTimer('antiEntropy', Math.floor((0.5 + env.random()) * untilComparing(env)))
}

function onHandoffTimer(self: ServerState, env: Env<Ring>): void {
  env.setTimer('handoff', env.config.handoffInterval)
  handHintsBack(self, env)
}

function onRequestTimer(self: ServerState, timer: Timer, env: Env<Ring>): void {
  const request = timer.slice(timer.indexOf(' ') + 1)
  if (timer.startsWith('replica ')) onReplicaTimeout(self, request, env)
  else onRequestTimeout(self, request, env)
}

/** At once: the ranges that change hands are healed by anti-entropy, not streamed. */
function moveToken(self: ServerState, token: number, to: number, env: Env<Ring>): void {
  const { tokens } = self.disk.view[env.self] as Member
  const moved = tokens.map((t) => (t === token ? to >>> 0 : t)).toSorted((a, b) => a - b)
  setMember(self, env.self, { tokens: moved }, env)
  env.note({ type: 'movedToken', from: token, to: to >>> 0 })
}

function refusal(self: ServerState, action: Action, id: ProcessId): string | null {
  const { view } = self.disk
  if (action.type === 'leave') {
    if (self.moving !== null) return `it is already ${self.moving.type === 'join' ? 'joining' : 'leaving'}`
    if (view[id]?.status === 'left') return 'it has left'
    const present = Object.values(view).filter(({ status }) => status === 'normal')
    return present.length < 2 ? 'it is the last server' : null
  }
  if (action.type === 'moveToken') {
    const mine = Object.values(view).some(({ tokens }) => tokens.includes(action.token))
    return mine ? null : `there is no token at ${action.token}`
  }
  return view[action.server] === undefined ? `${action.server} is not in the ring` : null
}
