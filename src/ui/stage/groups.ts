import type { Link, ProcessId } from '../../kernel/types.ts'

/** What the cuts make of the servers. */
export interface Division {
  /** Servers that can talk both ways, directly or through others, in ring order. One group: the network is whole. */
  groups: readonly (readonly ProcessId[])[]
  /** Every cut link between servers. */
  pairs: readonly CutPair[]
  /** Those between servers of different groups. */
  between: readonly CutPair[]
  /** Those within a group: a way round them is left. */
  within: readonly CutPair[]
}

/** Two servers that cannot talk; which of the two ways is cut. */
export interface CutPair {
  a: ProcessId
  b: ProcessId
  ab: boolean
  ba: boolean
}

export function divide(servers: readonly ProcessId[], cuts: readonly Link[]): Division {
  const cut = new Set(cuts.map(({ from, to }) => linkKey(from, to)))
  const pairs = cutPairs(servers, cut)
  const groups = components(servers, cut)
  const groupOf = new Map(groups.flatMap((group, i) => group.map((id) => [id, i] as const)))
  const isBetween = ({ a, b }: CutPair) => groupOf.get(a) !== groupOf.get(b)
  return { groups, pairs, between: pairs.filter(isBetween), within: pairs.filter((pair) => !isBetween(pair)) }
}

/** Every cut link that heals with these: those of the servers, and of the clients that stand beside them. */
export function linksToMend(
  pairs: readonly CutPair[],
  cuts: readonly Link[],
  home: (process: ProcessId) => ProcessId,
): Link[] {
  const wanted = new Set(pairs.flatMap(({ a, b }) => [linkKey(a, b), linkKey(b, a)]))
  return cuts.filter(({ from, to }) => wanted.has(linkKey(home(from), home(to))))
}

export const linkKey = (from: ProcessId, to: ProcessId): string => `${from}>${to}`

function cutPairs(servers: readonly ProcessId[], cut: ReadonlySet<string>): CutPair[] {
  return servers
    .flatMap((a, i) =>
      servers.slice(i + 1).map((b) => ({ a, b, ab: cut.has(linkKey(a, b)), ba: cut.has(linkKey(b, a)) })),
    )
    .filter((pair) => pair.ab || pair.ba)
}

function components(servers: readonly ProcessId[], cut: ReadonlySet<string>): ProcessId[][] {
  const left = new Set(servers)
  const groups: ProcessId[][] = []
  for (const first of servers) {
    if (!left.delete(first)) continue
    const group = [first]
    for (const a of group) {
      for (const b of left) {
        if (cut.has(linkKey(a, b)) || cut.has(linkKey(b, a))) continue
        left.delete(b)
        group.push(b)
      }
    }
    groups.push(servers.filter((id) => group.includes(id)))
  }
  return groups
}
