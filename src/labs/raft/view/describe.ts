import type { ProcessId } from '../../../kernel/types.ts'
import type { WorldView } from '../../../lab/world-view.ts'
import type { ClusterConfig } from '../conf-change.ts'
import type { RaftView, ServerView } from '../observe.ts'
import type { Role } from '../state.ts'

/** A server in words, for its accessible name. */
export function describeServer(view: RaftView, _world: WorldView, id: ProcessId): string {
  const server = view.servers.find((s) => s.id === id)
  if (server === undefined) return describeClient(view, id)
  const condition = conditionOf(server)
  const joint = server.status === 'up' && condition !== 'not a member' ? ' of' : ','
  const votes = campaigns(server) ? `, ${tallyOf(server)} votes` : ''
  return `${id}, ${condition}${joint} term ${server.term}${votes}`
}

/** The roles in words. */
const ROLE_NAMES: Record<Role, string> = {
  follower: 'follower',
  preCandidate: 'pre-candidate',
  candidate: 'candidate',
  leader: 'leader',
}

/** What a server is at this moment, in the word that stands below its mark. */
export function conditionOf({ status, role, stale, configuration, id }: ServerView): string {
  if (status !== 'up' || role === null) return status === 'up' ? 'starting' : status
  if (role === 'leader' && stale) return 'leader (stale)'
  const part = role === 'follower' ? partIn(configuration, id) : 'voter'
  return part === 'voter' ? ROLE_NAMES[role] : part === 'learner' ? 'learner' : 'not a member'
}

export type Part = 'voter' | 'learner' | 'outside'

/** What part a server has in a configuration; in a joint one both sets count. */
function partIn(configuration: ClusterConfig | null, id: ProcessId): Part {
  if (configuration === null) return 'voter'
  const { voters, outgoing, learners } = configuration
  if (voters.includes(id) || outgoing.includes(id)) return 'voter'
  return learners.includes(id) ? 'learner' : 'outside'
}

/** Whether it asks for votes, or for pre-votes. */
export const campaigns = ({ role, status }: Pick<ServerView, 'role' | 'status'>): boolean =>
  (role === 'candidate' || role === 'preCandidate') && status !== 'down'

/** `2 of 3`: the votes that a candidate has of those that it needs; while joint, of both sets. */
export function tallyOf({ configuration, votesGranted }: Pick<ServerView, 'configuration' | 'votesGranted'>): string {
  const sets = [configuration?.voters ?? [], configuration?.outgoing ?? []].filter((set) => set.length > 0)
  return sets
    .map((set) => `${set.filter((id) => votesGranted.includes(id)).length} of ${Math.floor(set.length / 2) + 1}`)
    .join(' and ')
}

function describeClient(view: RaftView, id: ProcessId): string {
  const client = view.clients.find((c) => c.id === id)
  if (client === undefined) return id
  return client.text === null ? `client ${id}, idle` : `client ${id}, asks ${client.asking} for ${client.text}`
}
