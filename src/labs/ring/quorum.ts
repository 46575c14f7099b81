import type { ProcessId } from '../../kernel/types.ts'
import type { Asked, GetRequest, PutRequest, Request } from './state.ts'

/** What the answers to a request amount to. */

/** How many of the owners a read has heard from. */
export function answered({ asked, answers, owners }: GetRequest): number {
  return counted(
    asked.filter(({ server }) => answers.has(server)),
    owners,
  )
}

/**
 * How many of the owners keep a write: while the ring changes, of those that are or of those to come, whichever is fewer,
 * so that W of both is what W asks for (ScyllaDB's rule for a tablet that streams, `docs/dev/topology-over-raft.md`).
 */
export function acknowledged({ acks, owners, coming }: PutRequest): number {
  const present = counted(acks, owners)
  return coming === null ? present : Math.min(present, counted(acks, coming))
}

/** Who has to have the value of a request: the owners, for a write those to come as well. */
export function owed(request: Request): ProcessId[] {
  return distinct(request.type === 'put' ? [...request.owners, ...(request.coming ?? [])] : request.owners)
}

export const isIn = (all: readonly Asked[], { server, inSteadOf }: Asked): boolean =>
  all.some((other) => other.server === server && other.inSteadOf === inSteadOf)

export const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** A stand-in counts for whom it stands in for, unless it is an owner itself: one disk counts once. */
function counted(asked: readonly Asked[], owners: readonly ProcessId[]): number {
  const stood = asked
    .filter(({ server, inSteadOf }) => inSteadOf === null || !owners.includes(server))
    .map(({ server, inSteadOf }) => inSteadOf ?? server)
  return owners.filter((id) => stood.includes(id)).length
}
