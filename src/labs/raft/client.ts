import { assert } from '../../base/assert.ts'
import type { Env, OperationId, Process, ProcessId } from '../../kernel/types.ts'
import type { ServerState } from './state.ts'
import { type Command, commandText, type Result } from './store.ts'
import type { Message, ReadMode, Served } from './messages.ts'
import type { Raft, Timer } from './types.ts'

/** What a user asks of a client: a command, and which server to ask first (its own, if none is named). */
export interface Operation {
  readonly command: Command
  readonly via?: ProcessId
  /** How to read, if not as the configuration says. */
  readonly read?: ReadMode
}

/** What the client learnt. `unknown`: it may have happened, it may still happen, or it never will. */
export type Outcome =
  | { readonly type: 'ok'; readonly result: Result; readonly from: ProcessId; readonly served: Served }
  /**
   * Certainly without effect: a read to which nobody gave an answer, since every server that was asked refused it. Never
   * said of a write: a request that the network doubled may come once more, to a server that leads by then.
   */
  | { readonly type: 'failed'; readonly why: string }
  | { readonly type: 'unknown'; readonly why: string }

/** A client: one operation at a time, in the order in which they were asked of it. */
export interface ClientState {
  kind: 'client'
  /** The server that it takes for the leader. */
  leader: ProcessId | null
  current: Attempt | null
  waiting: { id: OperationId; what: Operation }[]
  /** The last answer that it had. A value. */
  last: Answered | null
}

export interface Answered {
  readonly what: Operation
  readonly outcome: Extract<Outcome, { type: 'ok' }>
}

interface Attempt {
  id: OperationId
  what: Operation
  serial: number
  asked: ProcessId
  /** Whether that server has refused … */
  refused: boolean
  /** … and whether one that was asked before has said nothing. */
  silence: boolean
}

export const client: Process<Raft> = {
  start: (): ClientState => ({ kind: 'client', leader: null, current: null, waiting: [], last: null }),

  invoke(state, operation, env) {
    const self = asClient(state)
    self.waiting.push(operation)
    if (self.current === null) beginNext(self, env)
  },

  receive(state, from: ProcessId, message: Message, env: Env<Raft>): void {
    const self = asClient(state)
    const { current } = self
    if (current === null || !('serial' in message) || message.serial !== current.serial) return
    if (message.type === 'ClientReply') {
      if (ofLeader(message.served.mode, env)) self.leader = from
      const outcome = { type: 'ok', result: message.result, from, served: message.served } as const
      self.last = { what: current.what, outcome }
      finish(self, outcome, env)
    } else if (message.type === 'NotLeader') {
      follow(self, current, from, message.leaderHint, env)
    }
  },

  expire(state, timer: Timer, env: Env<Raft>): void {
    const self = asClient(state)
    const { current } = self
    if (current === null) return
    if (timer === 'retry') askAgain(current, env)
    else if (timer === 'timeout') giveUp(self, current, env)
  },

  copy(state) {
    const self = asClient(state)
    return { ...self, current: self.current === null ? null : { ...self.current }, waiting: self.waiting.slice() }
  },
}

function beginNext(self: ClientState, env: Env<Raft>): void {
  const operation = self.waiting.shift()
  if (operation === undefined) return
  const mode = readModeOf(operation.what, env)
  const first = operation.what.via ?? (mode !== null && !ofLeader(mode, env) ? home(env) : (self.leader ?? home(env)))
  const serial = serialOf(operation.id)
  self.current = { id: operation.id, what: operation.what, serial, asked: first, refused: true, silence: false }
  env.setTimer('timeout', env.config.clientTimeout, { types: ANSWERS, asked: REQUESTS })
  ask(self.current, first, env)
}

const ANSWERS = ['ClientReply', 'NotLeader'] as const
const REQUESTS = ['ClientRequest'] as const

/** The same serial number each time, so that the store applies the request once (thesis §6.3). */
function ask(current: Attempt, server: ProcessId, env: Env<Raft>): void {
  const { id: operation, serial, what } = current
  current.asked = server
  current.silence ||= !current.refused
  current.refused = false
  const read = readModeOf(what, env)
  env.send(server, { type: 'ClientRequest', operation, client: env.self, serial, command: what.command, read })
  env.setTimer('retry', env.config.clientRetry, { from: server, types: ANSWERS, asked: REQUESTS })
}

/** No answer: the request or the answer may be lost, or the server may be. The next one is asked the same. */
function askAgain(current: Attempt, env: Env<Raft>): void {
  const to = next(current.asked, env)
  const text = commandText(current.what.command)
  env.note({ type: 'askedAgain', operation: current.id, text, from: current.asked, to })
  ask(current, to, env)
}

/** Goes to the leader that was named; if none is known, waits for the retry to try the next server. */
function follow(self: ClientState, current: Attempt, from: ProcessId, hint: ProcessId | null, env: Env<Raft>): void {
  if (from !== current.asked) return
  current.refused = true
  env.note({ type: 'redirected', operation: current.id, from, to: hint })
  self.leader = hint
  if (hint !== null && hint !== from) ask(current, hint, env)
}

function giveUp(self: ClientState, current: Attempt, env: Env<Raft>): void {
  self.leader = null
  const { asked, refused, silence, what } = current
  const why = refused && !silence ? 'every server that was asked refused' : `no answer in time; last asked ${asked}`
  const certain = what.command.type === 'get' && refused && !silence
  finish(self, { type: certain ? 'failed' : 'unknown', why }, env)
}

function finish(self: ClientState, outcome: Outcome, env: Env<Raft>): void {
  const { current } = self
  if (current === null) return
  self.current = null
  env.cancelTimer('retry')
  env.cancelTimer('timeout')
  env.complete(current.id, outcome)
  beginNext(self, env)
}

/** How this operation is to be read; null for a write. */
function readModeOf({ command, read }: Operation, env: Env<Raft>): ReadMode | null {
  return command.type === 'get' ? (read ?? env.config.readMode) : null
}

/** Whether only a leader answers so, and clients ask the leader that they know; other reads are asked of the nearest server. */
function ofLeader(mode: ReadMode, env: Env<Raft>): boolean {
  return mode !== 'dirty' && mode !== 'followerRead' && env.config.notLeader === 'redirect'
}

/** `c2` stands beside the second server. */
function home(env: Env<Raft>): ProcessId {
  const servers = env.peers('server')
  return servers[env.peers('client').indexOf(env.self) % servers.length] as ProcessId
}

function next(asked: ProcessId, env: Env<Raft>): ProcessId {
  const servers = env.peers('server')
  return servers[(servers.indexOf(asked) + 1) % servers.length] as ProcessId
}

/** Operations of a client are numbered by the kernel, over all its lives: `c1#4` is the fourth. */
export const serialOf = (id: OperationId): number => Number(id.slice(id.indexOf('#') + 1))

function asClient(state: ServerState | ClientState): ClientState {
  assert(state.kind === 'client', 'a client is handed the state of a server')
  return state
}
