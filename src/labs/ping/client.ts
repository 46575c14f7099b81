import { assert } from '../../base/assert.ts'
import type { Micros } from '../../base/units.ts'
import type { Env, OperationId, Process, ProcessId } from '../../kernel/types.ts'
import type { ServerState } from './server.ts'
import type { Ping } from './types.ts'

/** What a user asks of a client, and which server it shall ask (the one that it stands beside, if none is named). */
export interface Operation {
  readonly type: 'pingNow'
  readonly via?: ProcessId
}

/** What the client learnt. */
export type Outcome =
  | { readonly type: 'answered'; readonly from: ProcessId; readonly took: Micros }
  | { readonly type: 'missed'; readonly from: ProcessId }
  | { readonly type: 'unknown' }

export interface ClientState {
  kind: 'client'
  /** Requests so far, over all lives: this is on disk, so that no report of an earlier life is taken for a new one. */
  requests: number
  /** Which operation each open request belongs to. */
  open: Map<number, OperationId>
}

export const client: Process<Ping> = {
  start(durable, env) {
    if (durable !== null) env.note({ type: 'restored', requests: durable.requests })
    return { kind: 'client', requests: durable?.requests ?? 0, open: new Map() }
  },

  invoke(state, operation, env) {
    const self = asClient(state)
    const request = ++self.requests
    self.open.set(request, operation.id)
    env.persist({ requests: request })
    // The disk comes first: this waits until the write is synced.
    env.send(operation.what.via ?? home(env), { type: 'PingNow', request })
    env.setTimer(`giveUp ${request}`, env.config.patience, {
      types: ['PingReport'],
      asked: ['PingNow'],
    })
  },

  receive(state, from, message, env) {
    if (message.type !== 'PingReport') return
    const { request, took } = message
    finish(asClient(state), request, took === null ? { type: 'missed', from } : { type: 'answered', from, took }, env)
  },

  expire(state, timer, env) {
    finish(asClient(state), Number(timer.slice('giveUp '.length)), { type: 'unknown' }, env)
  },

  copy: (state) => ({ ...asClient(state), open: new Map(asClient(state).open) }),
}

/** Ends the operation that this request belongs to; a double of a report finds none. */
function finish(self: ClientState, request: number, outcome: Outcome, env: Env<Ping>): void {
  const operation = self.open.get(request)
  if (operation === undefined) return
  self.open.delete(request)
  env.cancelTimer(`giveUp ${request}`)
  env.complete(operation, outcome)
}

/** The n-th client stands beside the n-th server. */
function home(env: Env<Ping>): ProcessId {
  const servers = env.peers('server')
  return servers[env.peers('client').indexOf(env.self) % servers.length] as ProcessId
}

function asClient(state: ServerState | ClientState): ClientState {
  assert(state.kind === 'client', 'a client is handed the state of a server')
  return state
}
