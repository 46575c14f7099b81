import type { Command } from '../../../kernel/command.ts'
import type { LabTypes, ProcessId } from '../../../kernel/types.ts'
import type { Action } from '../../../ui/lab-view.ts'
import type { Operation } from '../client.ts'
import type { RingLabView, ServerView } from '../observe.ts'
import type { Action as Hand } from '../types.ts'
import { serverOf } from './describe.ts'
import { currentDraft } from './draft.ts'

export const act = (process: ProcessId, action: Hand): Command<LabTypes> => ({ type: 'act', process, action })
export const invoke = (client: ProcessId, operation: Operation): Command<LabTypes> => ({
  type: 'invoke',
  client,
  operation,
})

/** What a click on a server offers beyond what every lab offers. */
export function ringActions(view: RingLabView, id: ProcessId): readonly Action[] {
  const server = serverOf(view, id)
  if (server === undefined) return []
  const { key, value } = currentDraft()
  const client = clientOf(view, id)
  const wrong = client === null ? 'there is no client to ask' : null
  const ask = (operation: Operation): Command<LabTypes> => invoke(client ?? id, { ...operation, via: id })
  const by = helperOf(view, id)
  return [
    {
      id: 'write',
      label: `Write ${key} = ${value} here`,
      disabled: wrong ?? problemOf({ type: 'put', key, value })?.says ?? null,
      command: ask({ type: 'put', key, value }),
    },
    {
      id: 'read',
      label: `Read ${key} here`,
      disabled: wrong ?? problemOf({ type: 'get', key })?.says ?? null,
      command: ask({ type: 'get', key }),
    },
    { id: 'leave', label: 'Leave the ring', disabled: whyNotLeave(view, server), command: act(id, { type: 'leave' }) },
    {
      id: 'remove',
      label: by === undefined ? 'Remove from the ring' : `Remove from the ring, by ${by.id}`,
      disabled: whyNotRemove(view, server, by),
      command: act(by?.id ?? id, { type: 'remove', server: id }),
    },
  ]
}

/** Why nobody can come or go, or null. */
export function whyFixed(view: RingLabView): string | null {
  switch (view.layout) {
    case 'ring':
      return null
    case 'single':
      return 'one server holds everything: there is nothing to hand over to'
    case 'replicas':
      return 'the copies of a leader are fixed when the run begins'
    case 'ranges':
      return 'ranges are fixed when the run begins: another number of servers would move nearly every key'
  }
}

function whyNotLeave(view: RingLabView, { id, status, member, moving }: ServerView): string | null {
  const fixed = whyFixed(view)
  if (fixed !== null) return fixed
  if (status !== 'up') return `${id} is ${status}: a server hands its ranges on itself`
  if (moving !== null) return `${id} is ${moving.type === 'join' ? 'joining' : 'leaving'}`
  if (member === 'left') return `${id} has left`
  return view.servers.filter((server) => server.member === 'normal').length < 2 ? `${id} is the last server` : null
}

function whyNotRemove(view: RingLabView, server: ServerView, by: ServerView | undefined): string | null {
  const fixed = whyFixed(view)
  if (fixed !== null) return fixed
  if (server.status !== 'down') return `${server.id} runs: let it leave`
  if (server.member === 'left' || server.member === null) return `${server.id} is not in the ring`
  return by === undefined ? 'no other server is up' : null
}

/** Who takes a dead server out of the ring: the first that runs. */
const helperOf = (view: RingLabView, id: ProcessId): ServerView | undefined =>
  view.servers.find((server) => server.id !== id && server.status === 'up' && server.member === 'normal')

/** The client that stands beside a server, or the first. */
export function clientOf(view: RingLabView, via: ProcessId | null): ProcessId | null {
  const index = view.servers.findIndex(({ id }) => id === via)
  return view.clients[Math.max(0, index)]?.id ?? view.clients[0]?.id ?? null
}

/** What is wrong with an operation, in words, and in which field. */
export function problemOf(operation: Operation): { field: 'key' | 'value'; says: string } | null {
  if (!/^[\w:-]{1,24}$/.test(operation.key)) {
    return { field: 'key', says: 'A key is 1 to 24 letters, digits, _, : or -.' }
  }
  if (operation.type === 'put' && !/^\S{1,24}$/.test(operation.value)) {
    return { field: 'value', says: 'A value is 1 to 24 characters without spaces.' }
  }
  return null
}

/** The name of the next server to come. */
export function nextServer(view: RingLabView): ProcessId {
  const taken = view.servers.map(({ id }) => Number(/^n(\d+)$/.exec(id)?.[1] ?? 0))
  return `n${Math.max(0, ...taken) + 1}`
}
