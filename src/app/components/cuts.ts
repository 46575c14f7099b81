import type { Link, ProcessId } from '../../kernel/types.ts'
import type { ProcessView } from '../../lab/world-view.ts'

type Processes = readonly ProcessView[]

/** Those that the network can be cut between; a client stands on the side of its server. */
export const serversOf = (processes: Processes): ProcessId[] =>
  processes.filter((process) => process.beside === null && process.role !== 'client').map((process) => process.id)

/** The links that these cuts between servers mean: each from a server to another, and what clients beside them use. */
export function linksBetween(processes: Processes, pairs: readonly Link[]): Link[] {
  const clients = clientsBeside(processes)
  return pairs.flatMap(({ from, to }) => [
    { from, to },
    ...(clients.get(from) ?? []).map((client) => ({ from: client, to })),
    ...(clients.get(to) ?? []).map((client) => ({ from, to: client })),
  ])
}

/** All links, both ways, between servers of different groups. */
export function linksAcross(processes: Processes, groups: readonly (readonly ProcessId[])[]): Link[] {
  return linksBetween(processes, pairsAcross(groups))
}

export function pairsAcross(groups: readonly (readonly ProcessId[])[]): Link[] {
  return groups.flatMap((group, i) =>
    groups.flatMap((other, j) => (i === j ? [] : group.flatMap((from) => other.map((to) => ({ from, to }))))),
  )
}

/** All links that join a process with the rest. The client beside a server keeps with it; a client alone loses its server. */
export function linksAround(processes: Processes, id: ProcessId): Link[] {
  const servers = serversOf(processes)
  const others = servers.filter((server) => server !== id)
  if (servers.includes(id)) return linksAcross(processes, [[id], others])
  return others.flatMap((server) => [
    { from: id, to: server },
    { from: server, to: id },
  ])
}

export const linkKey = ({ from, to }: Link): string => `${from}>${to}`

export function without(links: readonly Link[], others: readonly Link[]): Link[] {
  const known = new Set(others.map(linkKey))
  return links.filter((link) => !known.has(linkKey(link)))
}

export function among(links: readonly Link[], others: readonly Link[]): Link[] {
  const known = new Set(others.map(linkKey))
  return links.filter((link) => known.has(linkKey(link)))
}

/** The clients of each server that has some. */
function clientsBeside(processes: Processes): ReadonlyMap<ProcessId, readonly ProcessId[]> {
  const clients = new Map<ProcessId, ProcessId[]>()
  for (const { id, beside } of processes) if (beside !== null) clients.set(beside, [...(clients.get(beside) ?? []), id])
  return clients
}
