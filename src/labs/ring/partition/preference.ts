import type { Server } from './partitioner.ts'
import type { Points } from './points.ts'

/**
 * The preference list (Dynamo §4.3) that begins at a point: the first `n` distinct servers clockwise. Where servers have
 * racks, one of a rack that is not yet in the list goes before one of a rack that is, as in Cassandra's
 * `NetworkTopologyStrategy`. The result holds indices into `servers`; it is shorter if there are fewer servers.
 */
export function preferenceList(points: Points, servers: readonly Server[], from: number, n: number): number[] {
  const chosen: number[] = []
  const waiting: number[] = []
  const seen = new Set<number>()
  const racks = new Set<string>()
  const allRacks = new Set(servers.map(rackOf)).size
  for (let step = 0; step < points.length && chosen.length < n && seen.size < servers.length; step++) {
    const server = points.owner[(from + step) % points.length] as number
    if (seen.has(server)) continue
    seen.add(server)
    const rack = rackOf(servers[server] as Server)
    if (racks.has(rack) && racks.size < allRacks) {
      waiting.push(server)
      continue
    }
    racks.add(rack)
    chosen.push(server)
    // Once every rack has its copy, those passed over come first, in their order.
    if (racks.size === allRacks) chosen.push(...waiting.splice(0, n - chosen.length))
  }
  return [...chosen, ...waiting].slice(0, Math.max(0, n))
}

/** A server without a rack is a rack of its own. */
const rackOf = (server: Server): string => server.rack ?? `server ${server.name}`
