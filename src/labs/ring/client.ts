import type { Env, OperationId, Process, ProcessId } from '../../kernel/types.ts'
import type { Message } from './messages.ts'
import { route } from './routing.ts'
import { asClient, type ClientState } from './state.ts'
import { type Dot, joinClocks, valuesOf, type VersionVector, type Versions } from './store/versions.ts'
import type { Ring } from './types.ts'

/** What a user asks of a client. `via`: the server to ask, its own if none is named. */
export type Operation =
  | { readonly type: 'get'; readonly key: string; readonly via?: ProcessId }
  | {
      readonly type: 'put'
      readonly key: string
      readonly value: string
      readonly via?: ProcessId
      /** Writes without saying what it has seen. */
      readonly blind?: boolean
    }
  | { readonly type: 'delete'; readonly key: string; readonly via?: ProcessId; readonly blind?: boolean }

/** What the client learnt. */
export type Outcome =
  | {
      readonly type: 'read'
      /** More than one are siblings; none, there is no such key. */
      readonly values: readonly string[]
      readonly versions: Versions
      readonly via: ProcessId
      readonly from: readonly ProcessId[]
    }
  | {
      readonly type: 'written'
      readonly dot: Dot
      readonly values: readonly string[]
      readonly via: ProcessId
      readonly acks: readonly ProcessId[]
    }
  | { readonly type: 'failed'; readonly why: string }
  /** It may have happened, may still happen, or never will. */
  | { readonly type: 'unknown'; readonly why: string }

/** A client: it remembers what it has seen of each key, and says so when it writes. */
export const client: Process<Ring> = {
  start: (): ClientState => ({ kind: 'client', open: new Map(), seen: new Map(), shift: 0, asked: new Map() }),

  invoke(state, { id, what }, env) {
    const self = asClient(state)
    const server = what.via ?? route(self, what.key, env)
    self.asked.set(server, (self.asked.get(server) ?? 0) + 1)
    self.open.set(id, { key: what.key, server })
    env.send(server, request(self, id, what, env))
    env.setTimer(`patience ${id}`, env.config.clientTimeout, {
      from: server,
      types: ['GetReply', 'PutReply', 'Refusal'],
      asked: ['Get', 'Put'],
    })
  },

  receive(state, from, message, env) {
    const self = asClient(state)
    if (!('operation' in message)) return
    const open = self.open.get(message.operation)
    if (open === undefined) return
    const outcome = read(message, from)
    if (outcome === null) return
    if (message.type === 'GetReply' || message.type === 'PutReply') {
      self.seen.set(open.key, joinClocks(self.seen.get(open.key) ?? {}, message.versions.clock))
    }
    finish(self, message.operation, outcome, env)
  },

  expire(state, timer, env) {
    const self = asClient(state)
    const operation = timer.slice('patience '.length)
    self.shift++
    finish(self, operation, { type: 'unknown', why: `no answer from ${self.open.get(operation)?.server} in time` }, env)
  },

  copy(state) {
    const self = asClient(state)
    const { shift } = self
    return { kind: 'client', open: new Map(self.open), seen: new Map(self.seen), shift, asked: new Map(self.asked) }
  },
}

function request(self: ClientState, operation: OperationId, what: Operation, env: Env<Ring>): Message {
  const { key } = what
  if (what.type === 'get') return { type: 'Get', operation, client: env.self, key }
  const context: VersionVector = what.blind === true ? {} : (self.seen.get(key) ?? {})
  const value = what.type === 'put' ? what.value : null
  return { type: 'Put', operation, client: env.self, key, value, context, passedOn: false }
}

function read(message: Message, via: ProcessId): Outcome | null {
  switch (message.type) {
    case 'GetReply':
      return { type: 'read', values: valuesOf(message.versions), versions: message.versions, via, from: message.from }
    case 'PutReply':
      return { type: 'written', dot: message.dot, values: valuesOf(message.versions), via, acks: message.acks }
    case 'Refusal':
      return { type: message.maybe ? 'unknown' : 'failed', why: message.why }
    default:
      return null
  }
}

function finish(self: ClientState, operation: OperationId, outcome: Outcome, env: Env<Ring>): void {
  self.open.delete(operation)
  env.cancelTimer(`patience ${operation}`)
  env.complete(operation, outcome)
}
