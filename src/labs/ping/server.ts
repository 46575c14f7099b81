import { assert } from '../../base/assert.ts'
import type { Micros } from '../../base/units.ts'
import type { Env, Process, ProcessId } from '../../kernel/types.ts'
import type { ClientState } from './client.ts'
import type { Ping } from './types.ts'

/** What a server knows. All of it is gone in a crash. */
export interface ServerState {
  kind: 'server'
  asked: number
  answered: number
  missed: number
  lastTook: Micros | null
  /** The ping that is under way. */
  open: { nonce: number; to: ProcessId; sentAt: Micros } | null
  /** Clients that want to know how it ends. */
  curious: { client: ProcessId; request: number }[]
}

/** A server pings its neighbour at every interval, one ping at a time, and counts what comes of it. */
export const server: Process<Ping> = {
  start(_durable, env) {
    env.setTimer('interval', env.config.interval)
    return { kind: 'server', asked: 0, answered: 0, missed: 0, lastTook: null, open: null, curious: [] }
  },

  receive(state, from, message, env) {
    const self = asServer(state)
    if (message.type === 'Ping') env.send(from, { type: 'Pong', nonce: message.nonce })
    else if (message.type === 'Pong') onPong(self, from, message.nonce, env)
    else if (message.type === 'PingNow') onPingNow(self, from, message.request, env)
  },

  expire(state, timer, env) {
    const self = asServer(state)
    if (timer === 'timeout') onTimeout(self, env)
    else if (timer === 'interval') {
      env.setTimer('interval', env.config.interval)
      ping(self, env)
    }
  },

  act: (state, _action, env) => ping(asServer(state), env),
  refusal: (state) => (asServer(state).open === null ? null : 'a ping is under way'),

  // The open ping is replaced and never changed, so a copy may share it; the list is changed in place, so it may not.
  copy: (state) => ({ ...asServer(state), curious: asServer(state).curious.slice() }),
}

function ping(self: ServerState, env: Env<Ping>): void {
  if (self.open !== null) return
  const nonce = Math.floor(env.random() * 4294967296)
  const to = neighbour(env)
  self.asked++
  self.open = { nonce, to, sentAt: env.elapsed() }
  env.send(to, { type: 'Ping', nonce })
  env.setTimer('timeout', env.config.timeout, { from: to, types: ['Pong'], asked: ['Ping'] })
}

function onPong(self: ServerState, from: ProcessId, nonce: number, env: Env<Ping>): void {
  // A late answer or a double is no answer to the open ping.
  if (self.open?.nonce !== nonce && !env.config.mistakes.countEveryPong) return
  self.answered++
  if (self.open?.nonce !== nonce) return
  self.lastTook = env.elapsed() - self.open.sentAt
  env.cancelTimer('timeout')
  env.note({ type: 'answered', by: from, took: self.lastTook })
  close(self, self.lastTook, env)
}

function onTimeout(self: ServerState, env: Env<Ping>): void {
  if (self.open === null) return
  self.missed++
  env.note({ type: 'missed', by: self.open.to })
  close(self, null, env)
}

/** A client that asks while a ping is under way hears of that one. */
function onPingNow(self: ServerState, client: ProcessId, request: number, env: Env<Ping>): void {
  self.curious.push({ client, request })
  ping(self, env)
}

function close(self: ServerState, took: Micros | null, env: Env<Ping>): void {
  self.open = null
  for (const { client, request } of self.curious.splice(0)) env.send(client, { type: 'PingReport', request, took })
}

/** The next one in the ring. */
function neighbour(env: Env<Ping>): ProcessId {
  const servers = env.peers('server')
  return servers[(servers.indexOf(env.self) + 1) % servers.length] as ProcessId
}

function asServer(state: ServerState | ClientState): ServerState {
  assert(state.kind === 'server', 'a server is handed the state of a client')
  return state
}
