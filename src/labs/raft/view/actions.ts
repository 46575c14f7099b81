import type { Command as KernelCommand } from '../../../kernel/command.ts'
import type { LabTypes, ProcessId } from '../../../kernel/types.ts'
import type { Operation } from '../client.ts'
import type { ReadMode } from '../messages.ts'
import type { RaftView } from '../observe.ts'
import type { Command } from '../store.ts'

/** The client of a server has its number: c3 stands beside n3. */
export function clientBeside({ clients }: RaftView, server: ProcessId): ProcessId | null {
  return clients.find(({ id }) => id.slice(1) === server.slice(1))?.id ?? null
}

/** What is wrong with a command, in words, and in which field. */
export function problemOf(command: Command): { field: 'key' | 'value'; says: string } | null {
  if ('key' in command && !/^\w{1,12}$/.test(command.key)) {
    return { field: 'key', says: 'A key is 1 to 12 letters, digits or _.' }
  }
  if ('value' in command && !/^\S{1,24}$/.test(command.value)) {
    return { field: 'value', says: 'A value is 1 to 24 characters without spaces.' }
  }
  return null
}

/** A client asks, by way of this server first if one is named; `mode` is how to read, null for as the settings say. */
export function invoke(
  client: ProcessId,
  command: Command,
  via: ProcessId | null,
  mode: ReadMode | null,
): KernelCommand<LabTypes> {
  const read = command.type === 'get' ? mode : null
  const operation: Operation = { command, ...(via === null ? {} : { via }), ...(read === null ? {} : { read }) }
  return { type: 'invoke', client, operation }
}

/** How a read is answered, in as few letters as a button has room for. */
export const READ_NAMES: Readonly<Record<ReadMode, string>> = {
  log: 'log',
  readIndex: 'ReadIndex',
  lease: 'lease',
  followerRead: 'follower',
  dirty: 'dirty',
}
