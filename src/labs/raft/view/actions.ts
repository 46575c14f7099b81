import type { Command as KernelCommand } from '../../../kernel/command.ts'
import type { LabTypes, ProcessId } from '../../../kernel/types.ts'
import type { Action } from '../../../ui/lab-view.ts'
import type { Operation } from '../client.ts'
import type { RaftView, ServerView } from '../observe.ts'
import type { Command } from '../store.ts'

/** The key that the menu's own commands write and read. */
const KEY = 'x'

/** What a click on a server offers beyond what every lab offers. */
export function raftActions(view: RaftView, id: ProcessId): readonly Action[] {
  const index = view.servers.findIndex((s) => s.id === id)
  const server = view.servers[index]
  if (server === undefined) return []
  const value = nextValue(view)
  const client = view.clients[index]?.id ?? null
  const command = (what: Command): KernelCommand<LabTypes> => invoke(client ?? id, what, id)
  const noClient = client === null ? `no client stands beside ${id}` : null
  return [
    {
      id: 'timeout',
      label: 'Time out now',
      disabled: whyNoTimeout(server),
      command: { type: 'fire', process: id, timer: 'election' },
    },
    {
      id: 'write',
      label: `Write ${KEY} = ${value} here`,
      disabled: noClient,
      command: command({ type: 'put', key: KEY, value }),
    },
    { id: 'read', label: `Read ${KEY} here`, disabled: noClient, command: command({ type: 'get', key: KEY }) },
  ]
}

/** A client asks; by way of this server first, if one is named. */
export function invoke(client: ProcessId, command: Command, via: ProcessId | null): KernelCommand<LabTypes> {
  const operation: Operation = via === null ? { command } : { command, via }
  return { type: 'invoke', client, operation }
}

/** A value that has not been written yet, as far as the longest log tells. */
export const nextValue = (view: RaftView): string => String(view.lastIndex + 1)

function whyNoTimeout({ id, status, role }: ServerView): string | null {
  if (status !== 'up') return `${id} is ${status}`
  return role === 'leader' ? `${id} leads: a leader has no election timeout` : null
}
