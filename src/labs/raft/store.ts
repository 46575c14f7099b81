import { mix, mixString } from '../../base/hash.ts'
import { unreachable } from '../../base/assert.ts'
import type { ProcessId } from '../../kernel/types.ts'

/** What a client may ask of the key-value store. A `get` goes through the log like the rest. */
export type Command =
  | { readonly type: 'noop' }
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'get'; readonly key: string }
  | { readonly type: 'delete'; readonly key: string }
  /** Sets `key` to `value` if it holds `expected` (null: if it is absent). */
  | { readonly type: 'cas'; readonly key: string; readonly expected: string | null; readonly value: string }

export type Result =
  | { readonly type: 'done' }
  | { readonly type: 'value'; readonly value: string | null }
  | { readonly type: 'swapped'; readonly swapped: boolean }

/** The state machine: the values, and per client the last request and its result, so that a retry is applied once (thesis §6.3). */
export interface Store {
  readonly values: Map<string, string>
  readonly sessions: Map<ProcessId, { readonly serial: number; readonly result: Result }>
}

export const emptyStore = (): Store => ({ values: new Map(), sessions: new Map() })

export const copyStore = (store: Store): Store => ({ values: new Map(store.values), sessions: new Map(store.sessions) })

/** Applies a committed command; a request that was applied before gives the result that it gave then. */
export function apply(store: Store, command: Command, client: ProcessId, serial: number): Result {
  if (client === '') return execute(store.values, command)
  const session = store.sessions.get(client)
  if (session !== undefined && serial <= session.serial) return session.result
  const result = execute(store.values, command)
  store.sessions.set(client, { serial, result })
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

function execute(values: Map<string, string>, command: Command): Result {
  switch (command.type) {
    case 'noop':
      return { type: 'done' }
    case 'put':
      values.set(command.key, command.value)
      return { type: 'done' }
    case 'get':
      return { type: 'value', value: values.get(command.key) ?? null }
    case 'delete':
      values.delete(command.key)
      return { type: 'done' }
    case 'cas': {
      const swapped = (values.get(command.key) ?? null) === command.expected
      if (swapped) values.set(command.key, command.value)
      return { type: 'swapped', swapped }
    }
    default:
      return unreachable(command)
  }
}
