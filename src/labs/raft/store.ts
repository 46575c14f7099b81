import { mix, mixString } from '../../base/hash.ts'
import { unreachable } from '../../base/assert.ts'
import type { Env, ProcessId } from '../../kernel/types.ts'
import { type ConfigCommand, configBytes, configText, digestConfigCommand } from './config-entry.ts'
import type { Raft } from './types.ts'

/** What a client may ask of the key-value store. A `get` goes through the log like the rest. */
export type Command =
  | { readonly type: 'noop' }
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'get'; readonly key: string }
  | { readonly type: 'delete'; readonly key: string }
  /** Sets `key` to `value` if it holds `expected` (null: if it is absent). */
  | { readonly type: 'cas'; readonly key: string; readonly expected: string | null; readonly value: string }
  /** Puts `value` at the end of what `key` holds. */
  | { readonly type: 'append'; readonly key: string; readonly value: string }
  /** A configuration (thesis ch. 4): nothing to the store. */
  | ConfigCommand

export type Result =
  | { readonly type: 'done' }
  | { readonly type: 'value'; readonly value: string | null }
  | { readonly type: 'swapped'; readonly swapped: boolean }

/**
 * The state machine: the values, and per client the last request, its result and where it stood in the log, so that a retry
 * is applied once (thesis §6.3).
 */
export interface Store {
  readonly values: Map<string, string>
  readonly sessions: Map<ProcessId, Session>
  /** The sum of the hashes of all keys with their values: two stores that differ have different sums, but for chance. */
  digest: number
  /** Requests of clients that were carried out. */
  executed: number
}

export interface Session {
  readonly serial: number
  readonly result: Result
  readonly index: number
}

export const emptyStore = (): Store => ({ values: new Map(), sessions: new Map(), digest: 0, executed: 0 })

export function copyStore({ values, sessions, digest, executed }: Store): Store {
  return { values: new Map(values), sessions: new Map(sessions), digest, executed }
}

/** The whole store as a text, for a snapshot: the same for the same history of commands. */
export function encodeStore(store: Store): string {
  return JSON.stringify({ ...store, values: [...store.values], sessions: [...store.sessions] })
}

export function decodeStore(text: string): Store {
  const { values, sessions, digest, executed } = JSON.parse(text) as {
    values: [string, string][]
    sessions: [ProcessId, Session][]
    digest: number
    executed: number
  }
  return { values: new Map(values), sessions: new Map(sessions), digest, executed }
}

/** Applies a committed command; a request that was applied before gives the result that it gave then. */
export function apply(
  store: Store,
  { command, client, serial, index }: { command: Command; client: ProcessId; serial: number; index: number },
  env: Pick<Env<Raft>, 'config' | 'now'>,
): Result {
  const { mistakes } = env.config
  const ours = mistakes.readLocalClock ? stamped(command, env.now()) : command
  if (client === '') return execute(store, ours)
  const session = store.sessions.get(client)
  if (session !== undefined && serial <= session.serial && !mistakes.noDeduplication) return session.result
  const result = execute(store, ours)
  store.executed++
  store.sessions.set(client, { serial, result, index })
  return result
}

/** `x ← 5`: a command as a cell of the log shows it. */
export function commandText(command: Command): string {
  switch (command.type) {
    case 'noop':
      return 'no-op'
    case 'put':
      return `${command.key} ← ${command.value}`
    case 'get':
      return `read ${command.key}`
    case 'delete':
      return `delete ${command.key}`
    case 'cas':
      return `${command.key}: ${command.expected ?? 'none'} → ${command.value}`
    case 'append':
      return `${command.key} ← … ${command.value}`
    case 'config':
      return configText(command)
    default:
      return unreachable(command)
  }
}

export function resultText(result: Result): string {
  switch (result.type) {
    case 'done':
      return 'ok'
    case 'value':
      return result.value ?? 'nothing'
    case 'swapped':
      return result.swapped ? 'swapped' : 'not swapped'
    default:
      return unreachable(result)
  }
}

export function commandBytes(command: Command): number {
  if (command.type === 'noop') return 1
  if (command.type === 'config') return configBytes(command)
  return 1 + command.key.length + ('value' in command ? command.value.length : 0)
}

export function digestCommand(command: Command): number {
  switch (command.type) {
    case 'noop':
      return 1
    case 'put':
      return mixString(mixString(2, command.key), command.value)
    case 'get':
      return mixString(3, command.key)
    case 'delete':
      return mixString(4, command.key)
    case 'cas': {
      const h = mixString(mixString(5, command.key), command.value)
      return command.expected === null ? mix(h, 0) : mixString(mix(h, 1), command.expected)
    }
    case 'append':
      return mixString(mixString(6, command.key), command.value)
    case 'config':
      return digestConfigCommand(command)
    default:
      return unreachable(command)
  }
}

export function digestResult(result: Result): number {
  switch (result.type) {
    case 'done':
      return 1
    case 'value':
      return result.value === null ? 2 : mixString(3, result.value)
    case 'swapped':
      return result.swapped ? 4 : 5
    default:
      return unreachable(result)
  }
}

function execute(store: Store, command: Command): Result {
  const { values } = store
  switch (command.type) {
    case 'noop':
    case 'config':
      return DONE
    case 'put':
      write(store, command.key, command.value)
      return DONE
    case 'append':
      write(store, command.key, (values.get(command.key) ?? '') + command.value)
      return DONE
    case 'get':
      return { type: 'value', value: values.get(command.key) ?? null }
    case 'delete':
      write(store, command.key, null)
      return DONE
    case 'cas': {
      const swapped = (values.get(command.key) ?? null) === command.expected
      if (swapped) write(store, command.key, command.value)
      return { type: 'swapped', swapped }
    }
    default:
      return unreachable(command)
  }
}

function write(store: Store, key: string, value: string | null): void {
  const old = store.values.get(key)
  if (old !== undefined) store.digest = (store.digest - digestItem(key, old)) | 0
  if (value === null) store.values.delete(key)
  else {
    store.values.set(key, value)
    store.digest = (store.digest + digestItem(key, value)) | 0
  }
}

const digestItem = (key: string, value: string): number => mixString(mixString(71, key), value)

/** A state machine that asks its own clock: each server writes something else. */
function stamped(command: Command, now: number): Command {
  return command.type === 'put' ? { ...command, value: `${command.value}@${Math.floor(now / 1000)}` } : command
}

const DONE: Result = Object.freeze({ type: 'done' })
