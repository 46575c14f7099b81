/** What of an entry matters to log matching; what else it carries is carried along. */
export interface EntryId {
  readonly index: number
  readonly term: number
}

/**
 * A log as a value: what is in the snapshot, and the entries after it, `entries[0].index` being `snapshotIndex + 1`.
 * Without a snapshot both its numbers are 0.
 */
export interface LogValue<E extends EntryId = EntryId> {
  readonly snapshotIndex: number
  readonly snapshotTerm: number
  readonly entries: readonly E[]
  readonly commit: number
}

/** AppendEntries as far as the log is concerned (Figure 2). */
export interface Append<E extends EntryId = EntryId> {
  readonly prevIndex: number
  readonly prevTerm: number
  /** The leader's commit index. */
  readonly commit: number
  readonly entries: readonly E[]
}

/**
 * The index of the first of `entries` that is not in the log with the same term: a conflict, or one that is missing; 0 if
 * all are there. `entries` follow each other without a gap (etcd-io/raft, `findConflict` of `log.go`).
 */
export function findConflict(log: LogValue, entries: readonly EntryId[]): number {
  return entries.find(({ index, term }) => termOf(log, index) !== term)?.index ?? 0
}

/**
 * Where this log may still match another one of which a single entry (index, term) is known: the last index, at or below
 * `index`, whose term is not above `term`, with that term. An index whose term is not known any more, or not yet, may
 * match, and is given with term 0 (etcd-io/raft, `findConflictByTerm` of `log.go`).
 */
export function findConflictByTerm(log: LogValue, index: number, term: number): { index: number; term: number } {
  for (let guess = index; guess > 0; guess--) {
    const known = termOf(log, guess)
    if (known === null) return { index: guess, term: 0 }
    if (known <= term) return { index: guess, term: known }
  }
  return { index: 0, term: 0 }
}

/** Whether a log that ends with (lastIndex, lastTerm) is at least as up-to-date as `log` (§5.4.1). */
export function isUpToDate(log: LogValue, lastIndex: number, lastTerm: number): boolean {
  const ours = log.entries.at(-1)?.term ?? log.snapshotTerm
  return lastTerm > ours || (lastTerm === ours && lastIndex >= lastIndexOf(log))
}

/**
 * The receiver's side of AppendEntries (Figure 2, steps 2 to 5): null if the log does not hold `prevIndex` with `prevTerm`;
 * else the log with the new entries, of which those that are there already are kept, and the commit index moved forward to
 * the smaller of the leader's and the last new one. `lastIndex` is the index of the last entry that came.
 *
 * @throws if an entry conflicts with a committed one: no right leader sends that, and a log never drops what is committed.
 */
export function maybeAppend<E extends EntryId>(
  log: LogValue<E>,
  { prevIndex, prevTerm, commit, entries }: Append<E>,
): { log: LogValue<E>; lastIndex: number } | null {
  if (termOf(log, prevIndex) !== prevTerm) return null
  const lastIndex = prevIndex + entries.length
  const conflict = findConflict(log, entries)
  if (conflict !== 0 && conflict <= log.commit) {
    throw new RangeError(`entry ${conflict} conflicts with a committed entry: the log is committed up to ${log.commit}`)
  }
  const kept = conflict === 0 ? log.entries : replaceFrom(log, conflict, entries)
  const known = Math.max(log.commit, Math.min(commit, lastIndex))
  return { log: { ...log, entries: kept, commit: known }, lastIndex }
}

function replaceFrom<E extends EntryId>(log: LogValue<E>, from: number, entries: readonly E[]): readonly E[] {
  return [...log.entries.slice(0, from - log.snapshotIndex - 1), ...entries.filter(({ index }) => index >= from)]
}

/** Null where it is not known: in the snapshot, but for its last entry, and beyond the end. */
function termOf(log: LogValue, index: number): number | null {
  if (index === log.snapshotIndex) return log.snapshotTerm
  return log.entries[index - log.snapshotIndex - 1]?.term ?? null
}

const lastIndexOf = (log: LogValue): number => log.snapshotIndex + log.entries.length
