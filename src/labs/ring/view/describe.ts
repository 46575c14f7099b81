import type { ProcessId } from '../../../kernel/types.ts'
import type { RingLabView, ServerView } from '../observe.ts'

export const serverOf = (view: RingLabView, id: ProcessId | null): ServerView | undefined =>
  view.servers.find((server) => server.id === id)

/** What a server is, in a word or two, by what is true of it. */
export function conditionOf(view: RingLabView, { id, status, member }: ServerView): string {
  if (status !== 'up') return status
  const place = view.servers.findIndex((server) => server.id === id)
  switch (view.layout) {
    case 'single':
      return place === 0 ? 'holds everything' : 'idle'
    case 'replicas':
      return place === 0 ? 'leader' : 'replica'
    case 'ranges':
      return 'holds a range'
    case 'ring':
      return member === null ? 'not in the ring' : member === 'normal' ? 'in the ring' : MEMBER[member]
  }
}

const MEMBER = { joining: 'joining', leaving: 'leaving', left: 'has left' } as const

export const hintCount = ({ hints }: ServerView): number => hints.reduce((sum, { keys }) => sum + keys.length, 0)

/** A server in words, for its accessible name. */
export function describeServer(view: RingLabView, id: ProcessId): string {
  const server = serverOf(view, id)
  if (server === undefined) return id
  const parts = [id, conditionOf(view, server), counted(server.keys, 'key')]
  if (server.rack !== null) parts.push(server.rack)
  const hints = hintCount(server)
  if (hints > 0) parts.push(`keeps ${counted(hints, 'hint')}`)
  if (server.behind !== null && server.behind > 0) parts.push(`${counted(server.behind, 'key')} behind`)
  if (server.differs && server.status !== 'down') parts.push('believes in another ring')
  return parts.join(', ')
}

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nobody'
  return names.length === 1 ? (names[0] as string) : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
