import type { ProcessId } from '../../../kernel/types.ts'
import type { WorldView } from '../../../lab/world-view.ts'
import type { RaftView, ServerView } from '../observe.ts'
import type { Role } from '../state.ts'

/** A server in words, for its accessible name. */
export function describeServer(view: RaftView, _world: WorldView, id: ProcessId): string {
  const server = view.servers.find((s) => s.id === id)
  if (server === undefined) return describeClient(view, id)
  const joint = server.status === 'up' ? ' of' : ','
  return `${id}, ${conditionOf(server)}${joint} term ${server.term}${votesInWords(server, view.servers.length)}`
}

/** The roles in words. */
const ROLE_NAMES: Record<Role, string> = {
  follower: 'follower',
  preCandidate: 'pre-candidate',
  candidate: 'candidate',
  leader: 'leader',
}

/** What a server is at this moment, in the word that stands below its mark. */
export function conditionOf({ status, role, stale }: ServerView): string {
  if (status !== 'up' || role === null) return status === 'up' ? 'starting' : status
  return role === 'leader' && stale ? 'leader (stale)' : ROLE_NAMES[role]
}

/** Whether it asks for votes, or for pre-votes. */
export const campaigns = ({ role, status }: Pick<ServerView, 'role' | 'status'>): boolean =>
  (role === 'candidate' || role === 'preCandidate') && status !== 'down'

/** How many votes win. */
export const quorum = (servers: number): number => Math.floor(servers / 2) + 1

function votesInWords({ role, status, votesGranted }: ServerView, servers: number): string {
  if (!campaigns({ role, status })) return ''
  return `, ${votesGranted.length} of ${quorum(servers)} votes`
}

function describeClient(view: RaftView, id: ProcessId): string {
  const client = view.clients.find((c) => c.id === id)
  if (client === undefined) return id
  return client.text === null ? `client ${id}, idle` : `client ${id}, asks ${client.asking} for ${client.text}`
}
