import type { Env, Process, ProcessId } from '../../kernel/types.ts'
import { join, leave, onLeaveTick, onPushPull, onPushPullTick, onReconnectTick, schedulePushPull } from './joining.ts'
import { believe, hear, isMember, onSuspicionTimeout } from './membership.ts'
import { MemberList } from './member-list.ts'
import { HEAD, type Message, type Updates } from './messages.ts'
import { beginProbe, onAck, onIndirectPing, onNack, onProbeTimer, onRelayTimeout, onStreamAck } from './probing.ts'
import { shuffled } from './probe-order.ts'
import { Queue } from './queue.ts'
import { FIRST_INCARNATION, rosterOf } from './roster.ts'
import { hearRumour, onFeedback, onRumours, onRumourTick, startAsking, tell } from './rumours.ts'
import { onGossipTick, piggyback, sendDatagram, sendStream } from './sending.ts'
import { copyState, makeState, newTally, NO_ENTRIES, NO_NAMES, type ServerState } from './state.ts'
import type { Action, Gossip, Timer } from './types.ts'

/** A member of the cluster. All servers are alike. */
export const server: Process<Gossip> = {
  start(_durable, env) {
    // At the very beginning of a run that begins formed, all know each other; whoever comes later knows itself alone.
    const formed = env.config.bootstrap === 'formed' && env.elapsed() === 0
    const self = newState(formed, env)
    if (!formed) comeIn(self, env)
    startTicking(self, env)
    return self
  },

  receive(self, from, message, env) {
    if (self.phase === 'left') return
    if (env.config.handling > 0) env.busy(env.config.handling)
    if (self.touched.length > 0) self.touched = NOTHING
    answer(self, from, message, env)
    if ('updates' in message && message.updates.length > 0) hearAll(self, from, message.updates, env)
  },

  expire(self, timer, env) {
    if (self.touched.length > 0) self.touched = NOTHING
    if (self.phase !== 'left') onTimer(self, timer, env)
  },

  invoke(self, { id, what }, env) {
    env.complete(id, { type: self.phase !== 'left' && tell(self, what.rumour, env) ? 'told' : 'known' })
  },

  act(self, action, env) {
    if (self.touched.length > 0) self.touched = NOTHING
    act(self, action, env)
  },

  refusal(self, action) {
    if (self.phase === 'left' && action.type !== 'join') return 'it has left the cluster'
    if (action.type === 'leave' && self.phase === 'leaving') return 'it is leaving'
    if (action.type === 'join' && self.phase === 'leaving') return 'it is leaving'
    if (action.type === 'tell' && self.rumours.has(action.rumour)) return `it knows ${action.rumour} already`
    return action.type === 'probeNow' && self.probe !== null ? 'a probe is under way' : null
  },

  fetch({ place, order, second, bytesBefore }, expires) {
    return place ^ second ^ bytesBefore ^ (expires ? order.size ^ order.key1 : 0)
  },

  addresses: ({ members, upcoming }) => (upcoming < 0 ? null : members.at(upcoming)),

  copy: copyState,
}

const NOTHING: readonly ProcessId[] = []

function newState(formed: boolean, env: Env<Gossip>): ServerState {
  const { probeInterval, gossipInterval } = env.config
  const now = env.elapsed()
  const members = MemberList.of(formed ? rosterOf(env.peers('server')) : undefined)
  return makeState({
    kind: 'server',
    phase: formed ? 'member' : 'joining',
    incarnation: FIRST_INCARNATION,
    members,
    news: new Queue(),
    events: new Queue(),
    suspicions: NO_ENTRIES,
    score: 0,
    seq: Math.floor(env.random() * 4294967296) | 0,
    probe: null,
    order: shuffled(members.slots, () => env.random()),
    place: 0,
    upcoming: -1,
    probes: 0,
    phaseOfProbe: now + Math.floor(env.random() * probeInterval),
    phaseOfGossip: now + Math.floor(env.random() * gossipInterval),
    gossiping: false,
    relays: NO_ENTRIES,
    rumours: NO_ENTRIES,
    asking: false,
    lost: NO_NAMES,
    leftAt: 0,
    second: 0,
    messagesNow: 0,
    messagesBefore: 0,
    bytesNow: 0,
    bytesBefore: 0,
    tally: newTally(),
    touched: NOTHING,
  })
}

function comeIn(self: ServerState, env: Env<Gossip>): void {
  believe(self, env.self, 'alive', self.incarnation, env)
  join(self, env)
}

/** Ticks begin at random, so that not all servers do the same at the same time (memberlist `state.go`, triggerFunc). */
function startTicking(self: ServerState, env: Env<Gossip>): void {
  const { config } = env
  env.setTimer('probe', self.phaseOfProbe - env.elapsed())
  env.setTimer('pushPull', Math.floor(env.random() * Math.max(config.pushPullInterval, config.probeInterval)))
  env.setTimer('reconnect', Math.floor(env.random() * Math.max(config.reconnectInterval, config.probeInterval)))
  startAsking(self, env)
}

function answer(self: ServerState, from: ProcessId, message: Message, env: Env<Gossip>): void {
  switch (message.type) {
    case 'Ping':
      return sendDatagram(self, from, { type: 'Ack', seq: message.seq, updates: piggyback(self, HEAD, env) }, env)
    case 'Ack':
      return onAck(self, message.seq, env)
    case 'IndirectPing':
      return onIndirectPing(self, from, message.seq, message.target, env)
    case 'Nack':
      return onNack(self, message.seq)
    case 'StreamPing':
      return sendStream(self, from, { type: 'StreamAck', seq: message.seq }, env)
    case 'StreamAck':
      return onStreamAck(self, message.seq)
    case 'PushPull':
      return onPushPull(self, from, message, env)
    case 'Rumours':
      return onRumours(self, from, message, env)
    case 'Feedback':
      return onFeedback(self, message, env)
    case 'Gossip':
      return
  }
}

function hearAll(self: ServerState, from: ProcessId, updates: Updates, env: Env<Gossip>): void {
  for (const update of updates) {
    if (update.type === 'rumour') hearRumour(self, update.rumour, from, env)
    else hear(self, update, env)
  }
}

function onTimer(self: ServerState, timer: Timer, env: Env<Gossip>): void {
  switch (timer) {
    case 'probe':
      startAsking(self, env)
      return onProbeTimer(self, env)
    case 'gossip':
      return onGossipTick(self, env)
    case 'pushPull':
      return onPushPullTick(self, env)
    case 'join':
      return join(self, env)
    case 'leave':
      return onLeaveTick(self, env)
    case 'reconnect':
      return onReconnectTick(self, env)
    case 'rumour':
      return onRumourTick(self, env)
    default:
      if (timer.startsWith('suspect ')) onSuspicionTimeout(self, timer.slice('suspect '.length), env)
      else onRelayTimeout(self, Number(timer.slice('relay '.length)) | 0, env)
  }
}

function act(self: ServerState, action: Action, env: Env<Gossip>): void {
  switch (action.type) {
    case 'tell':
      tell(self, action.rumour, env)
      return
    case 'leave':
      return leave(self, env)
    case 'probeNow':
      return beginProbe(self, env)
    case 'join':
      if (isMember(self)) return join(self, env, action.via)
      Object.assign(self, newState(false, env))
      believe(self, env.self, 'alive', self.incarnation, env)
      join(self, env, action.via)
      startTicking(self, env)
      schedulePushPull(self, env)
  }
}
