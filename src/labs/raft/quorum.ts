/** A value for some of the ids: a map, or a plain object. */
export type ById<V> = ReadonlyMap<string, V> | Readonly<Record<string, V>>

/** Whether `count` of `size` servers are a majority (§5.1). Half of an even number is not. */
export function isMajority(count: number, size: number): boolean {
  return count * 2 > size
}

/**
 * The highest index that is on a majority of `incoming` and, in a joint configuration, on a majority of `outgoing` too
 * (thesis §4.3). `match` says up to which index each server's log is known to match; a server that it does not name counts
 * as 0. No voters at all commit everything: Infinity, as in etcd-io/raft (`quorum/majority.go`, `quorum/joint.go`).
 */
export function quorumCommitted(
  incoming: readonly string[],
  outgoing: readonly string[] | null,
  match: ById<number>,
): number {
  return Math.min(majorityCommitted(incoming, match), majorityCommitted(outgoing ?? [], match))
}

/**
 * What an election has come to: won with a majority of each of the two sets, lost when one of them can no longer grant it,
 * and pending until then. `votes` holds true for granted and false for refused; a server that it does not name has not
 * answered. A set without voters is won (etcd-io/raft, `quorum/majority.go`, `quorum/joint.go`).
 */
export function quorumVote(
  incoming: readonly string[],
  outgoing: readonly string[] | null,
  votes: ById<boolean>,
): 'won' | 'lost' | 'pending' {
  const one = majorityVote(incoming, votes)
  const two = majorityVote(outgoing ?? [], votes)
  if (one === two) return one
  return one === 'lost' || two === 'lost' ? 'lost' : 'pending'
}

function majorityCommitted(voters: readonly string[], match: ById<number>): number {
  const indexes = [...new Set(voters)].map((id) => valueOf(match, id) ?? 0).toSorted((a, b) => b - a)
  // With the highest first, the majority's last place: the 2nd of 3, the 3rd of 4.
  return indexes[indexes.length >> 1] ?? Number.POSITIVE_INFINITY
}

function majorityVote(voters: readonly string[], votes: ById<boolean>): 'won' | 'lost' | 'pending' {
  const all = new Set(voters)
  let granted = 0
  let open = 0
  for (const id of all) {
    const vote = valueOf(votes, id)
    if (vote === true) granted++
    else if (vote !== false) open++
  }
  if (all.size === 0 || isMajority(granted, all.size)) return 'won'
  return isMajority(granted + open, all.size) ? 'pending' : 'lost'
}

function valueOf<V>(values: ById<V>, id: string): V | undefined {
  if (values instanceof Map) return (values as ReadonlyMap<string, V>).get(id)
  return Object.hasOwn(values, id) ? (values as Readonly<Record<string, V>>)[id] : undefined
}
