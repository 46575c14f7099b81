import type { ProcessId } from '../../../kernel/types.ts'
import type { GossipView, ServerView } from '../observe.ts'

export const serverOf = (view: GossipView, id: ProcessId | null): ServerView | undefined =>
  view.servers.find((server) => server.id === id)

/** Whether the others should believe it alive; `open` while it stands still, for then nobody can know. */
export function truthOf(server: ServerView | undefined): 'there' | 'gone' | 'open' {
  if (server?.status === 'paused' || server?.status === 'stalled') return 'open'
  return server?.status === 'up' && (server.phase === 'member' || server.phase === 'joining') ? 'there' : 'gone'
}

/** What a server is, in a word or two, by what is true of it. */
export function conditionOf({ status, phase, score }: ServerView): string {
  if (status !== 'up') return status
  if (phase !== 'member') return phase
  return score > 0 ? `health ${score}` : 'member'
}

/** What the others make of it; empty while nobody doubts it. */
export function reputationOf({ suspectedBy, deadTo }: ServerView): string {
  if (deadTo > 0) return `dead to ${deadTo}`
  return suspectedBy > 0 ? `suspect to ${suspectedBy}` : ''
}

/** The same with the sign of the matrix of beliefs. */
export function signOf({ suspectedBy, deadTo }: ServerView): string {
  if (deadTo > 0) return `× ${deadTo}`
  return suspectedBy > 0 ? `? ${suspectedBy}` : ''
}

/** A server in words, for its accessible name. */
export function describeServer(view: GossipView, id: ProcessId): string {
  const server = serverOf(view, id)
  if (server === undefined) return id
  const seen = view.focus === null || view.focus === id ? '' : `, ${server.believed} to ${view.focus}`
  const reputation = reputationOf(server)
  const inAll = reputation === '' ? '' : `, ${seen === '' ? '' : 'in all '}${reputation}`
  const incarnation = server.status === 'down' ? '' : `, incarnation ${server.incarnation}`
  return `${id}, ${conditionOf(server)}${incarnation}${seen}${inAll}`
}

/** One who can be asked to do something: the one picked, if it runs, or the first that does. */
export function atHand(view: GossipView, selected: ProcessId | null): ServerView | undefined {
  const runs = ({ status, phase }: ServerView): boolean => status === 'up' && phase !== 'left'
  const picked = serverOf(view, selected)
  return picked !== undefined && runs(picked) ? picked : view.servers.find(runs)
}

export const areWrong = (beliefs: number): string => (beliefs === 1 ? 'is wrong' : 'are wrong')

/** `r1`, `r2` and so on: the first that nobody has been told yet. */
export function nextRumour(view: GossipView): string {
  const taken = view.rumours.map(({ text }) => Number(/^r(\d+)$/.exec(text)?.[1] ?? 0))
  return `r${Math.max(0, ...taken) + 1}`
}
