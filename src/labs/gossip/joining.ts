import { ms, toMs } from '../../base/units.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import type { MemberList } from './member-list.ts'
import { hearDead, isMember, merge } from './membership.ts'
import { pick, sendStream } from './sending.ts'
import type { ServerState } from './state.ts'
import { pushPullScale } from './timing.ts'
import type { Gossip } from './types.ts'

/** How servers come, go, and now and then exchange all they know. */

/** Turns to the seeds, or to one server, with all it knows. */
export function join(self: ServerState, env: Env<Gossip>, via?: ProcessId): void {
  const seeds = via === undefined ? seedsOf(env) : [via]
  env.note({ type: 'joins', seeds })
  for (const seed of seeds) offer(self, seed, true, env)
  if (self.phase === 'joining' && env.config.joinRetry > 0) env.setTimer('join', env.config.joinRetry)
}

/** The first servers of the cluster, itself left out. */
export function seedsOf(env: Env<Gossip>): readonly ProcessId[] {
  const { seeds } = env.config
  const others = env
    .peers('server')
    .slice(0, seeds + 1)
    .filter((name) => name !== env.self)
  return others.slice(0, seeds)
}

export function onPushPullTick(self: ServerState, env: Env<Gossip>): void {
  schedulePushPull(self, env)
  if (env.config.pushPullInterval === 0) return
  const [to] = pick(self, 1, ({ standing }) => standing === 'alive', env)
  if (to !== undefined) offer(self, to, false, env)
}

/** The more servers, the more rarely. */
export function schedulePushPull(self: ServerState, env: Env<Gossip>): void {
  const { pushPullInterval } = env.config
  env.setTimer(
    'pushPull',
    ms(pushPullScale(toMs(pushPullInterval === 0 ? IDLE : pushPullInterval), self.members.known)),
  )
}

/** Answers with what it believed before it heard, and takes over what is new. */
export function onPushPull(
  self: ServerState,
  from: ProcessId,
  message: { members: MemberList; reply: boolean },
  env: Env<Gossip>,
): void {
  if (!message.reply) {
    sendStream(self, from, { type: 'PushPull', members: self.members.share(), join: false, reply: true }, env)
  }
  merge(self, message.members, env)
  if (!message.reply || self.phase !== 'joining') return
  self.phase = 'member'
  env.cancelTimer('join')
  env.note({ type: 'joined', via: from, known: self.members.known })
}

/** Announces its own death, which nobody has to suspect. It shuts down when all that it had to tell has been told. */
export function leave(self: ServerState, env: Env<Gossip>): void {
  self.phase = 'leaving'
  self.leftAt = env.elapsed()
  env.note({ type: 'leaves' })
  hearDead(self, env.self, self.incarnation, env.self, env)
  env.setTimer('leave', PROPAGATE)
}

export function onLeaveTick(self: ServerState, env: Env<Gossip>): void {
  const waited = env.elapsed() - self.leftAt
  if (self.news.length > 0 && waited < env.config.leaveTimeout) {
    env.setTimer('leave', env.config.gossipInterval)
    return
  }
  self.phase = 'left'
  self.probe = null
  for (const timer of ['probe', 'gossip', 'pushPull', 'join', 'reconnect', 'rumour'] as const) env.cancelTimer(timer)
  for (const node of self.suspicions.keys()) env.cancelTimer(`suspect ${node}`)
  for (const seq of self.relays.keys()) env.cancelTimer(`relay ${seq >>> 0}`)
  env.note({ type: 'gone' })
}

/**
 * Serf calls back whom it lost: one of them at random, the more likely the more are lost (`serf.go`, reconnect). It is how
 * two halves find together after they have forgotten each other.
 */
export function onReconnectTick(self: ServerState, env: Env<Gossip>): void {
  const { reconnectInterval } = env.config
  scheduleReconnect(env)
  if (reconnectInterval === 0 || self.lost.size === 0) return
  const alive = Math.max(1, self.members.known - self.lost.size)
  if (env.random() > self.lost.size / alive) return
  const to = [...self.lost][Math.floor(env.random() * self.lost.size)] as ProcessId
  env.note({ type: 'reconnects', to })
  offer(self, to, true, env)
}

function scheduleReconnect(env: Env<Gossip>): void {
  env.setTimer('reconnect', env.config.reconnectInterval === 0 ? IDLE : env.config.reconnectInterval)
}

/** Serf LeavePropagateDelay. */
const PROPAGATE = ms(1000)
/** How often a server looks whether something that is off has been switched on. */
const IDLE = ms(30_000)

function offer(self: ServerState, to: ProcessId, joining: boolean, env: Env<Gossip>): void {
  if (!isMember(self)) return
  sendStream(self, to, { type: 'PushPull', members: self.members.share(), join: joining, reply: false }, env)
}
