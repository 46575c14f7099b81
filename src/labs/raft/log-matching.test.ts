import { describe, expect, it } from 'vitest'
import {
  type EntryId,
  findConflict,
  findConflictByTerm,
  isUpToDate,
  type LogValue,
  maybeAppend,
} from './log-matching.ts'

const from = (index: number, ...terms: number[]): EntryId[] => terms.map((term, i) => ({ index: index + i, term }))

/** Entries 1 to 3 of terms 1 to 3, of which the first is committed. */
const LOG: LogValue = { snapshotIndex: 0, snapshotTerm: 0, entries: from(1, 1, 2, 3), commit: 1 }

describe('the first conflict', () => {
  // etcd-io/raft, TestFindConflict of log_test.go.
  it.each([
    [[], 0],
    [from(1, 1, 2, 3), 0],
    [from(2, 2, 3), 0],
    [from(3, 3), 0],
    [from(1, 1, 2, 3, 4, 4), 4],
    [from(2, 2, 3, 4, 5), 4],
    [from(3, 3, 4, 4), 4],
    [from(4, 4, 4), 4],
    [from(1, 4, 4), 1],
    [from(2, 1, 4, 4), 2],
    [from(3, 1, 2, 4, 4), 3],
  ])('of %j is at %d', (entries, index) => {
    expect(findConflict(LOG, entries)).toBe(index)
  })
})

describe('where logs may still match', () => {
  const whole: LogValue = { ...LOG, entries: from(1, 2, 2, 5, 5, 5) }
  const compacted: LogValue = { snapshotIndex: 10, snapshotTerm: 3, entries: from(11, 3, 3, 4, 4, 4), commit: 10 }

  // etcd-io/raft, TestFindConflictByTerm of log_test.go; [index, term, the index and the term that are found].
  it.each([
    [100, 2, 100, 0],
    [5, 6, 5, 5],
    [5, 5, 5, 5],
    [5, 4, 2, 2],
    [5, 2, 2, 2],
    [5, 1, 0, 0],
    [1, 2, 1, 2],
    [1, 1, 0, 0],
    [0, 0, 0, 0],
  ])('with a whole log and entry (%d, term %d): %d, term %d', (index, term, found, its) => {
    expect(findConflictByTerm(whole, index, term)).toEqual({ index: found, term: its })
  })

  it.each([
    [30, 3, 30, 0],
    [14, 9, 14, 4],
    [14, 4, 14, 4],
    [14, 3, 12, 3],
    [14, 2, 9, 0],
    [11, 5, 11, 3],
    [10, 5, 10, 3],
    [10, 3, 10, 3],
    [10, 2, 9, 0],
    [9, 2, 9, 0],
    [4, 2, 4, 0],
    [0, 0, 0, 0],
  ])('with a compacted log and entry (%d, term %d): %d, term %d', (index, term, found, its) => {
    expect(findConflictByTerm(compacted, index, term)).toEqual({ index: found, term: its })
  })
})

describe('a log that is up-to-date', () => {
  // etcd-io/raft, TestIsUpToDate of log_test.go.
  it.each([
    [2, 4, true],
    [3, 4, true],
    [4, 4, true],
    [2, 2, false],
    [3, 2, false],
    [4, 2, false],
    [2, 3, false],
    [3, 3, true],
    [4, 3, true],
  ])('ends at %d with term %d: %s', (lastIndex, lastTerm, fresh) => {
    expect(isUpToDate(LOG, lastIndex, lastTerm)).toBe(fresh)
  })

  it('is compared with the snapshot where nothing follows it', () => {
    const log = { snapshotIndex: 7, snapshotTerm: 2, entries: [], commit: 7 }
    expect([isUpToDate(log, 6, 2), isUpToDate(log, 7, 2), isUpToDate(log, 1, 3)]).toEqual([false, true, true])
  })
})

describe('AppendEntries to a log', () => {
  // etcd-io/raft, TestLogMaybeAppend of log_test.go; [prevIndex, prevTerm, the leader’s commit, entries, last, commit].
  it.each<[number, number, number, EntryId[], number | null, number]>([
    [3, 2, 3, from(4, 4), null, 1],
    [4, 3, 3, from(5, 4), null, 1],
    [3, 3, 3, [], 3, 3],
    [3, 3, 4, [], 3, 3],
    [3, 3, 2, [], 3, 2],
    [3, 3, 0, [], 3, 1],
    [0, 0, 3, [], 0, 1],
    [3, 3, 3, from(4, 4), 4, 3],
    [3, 3, 4, from(4, 4), 4, 4],
    [3, 3, 5, from(4, 4), 4, 4],
    [3, 3, 5, from(4, 4, 4), 5, 5],
    [2, 2, 3, from(3, 4), 3, 3],
    [1, 1, 3, from(2, 4), 2, 2],
    [1, 1, 3, from(2, 4, 4), 3, 3],
  ])('after (%d, term %d), leader at %d, %j', (prevIndex, prevTerm, commit, entries, lastIndex, committed) => {
    const done = maybeAppend(LOG, { prevIndex, prevTerm, commit, entries })
    if (lastIndex === null) return expect(done).toBeNull()
    expect(done?.lastIndex).toBe(lastIndex)
    expect(done?.log.commit).toBe(committed)
    if (entries.length > 0) expect(done?.log.entries.slice(-entries.length)).toEqual(entries)
    expect(done?.log.entries.map(({ index }) => index)).toEqual(done?.log.entries.map((_, i) => i + 1))
  })

  it('never drops what is committed', () => {
    expect(() => maybeAppend(LOG, { prevIndex: 0, prevTerm: 0, commit: 3, entries: from(1, 4) })).toThrow(
      'entry 1 conflicts with a committed entry: the log is committed up to 1',
    )
  })

  it('keeps what is behind entries that are there already: an old message must not cut the log (Figure 2)', () => {
    const done = maybeAppend(LOG, { prevIndex: 0, prevTerm: 0, commit: 1, entries: from(1, 1, 2) })
    expect(done).toEqual({ log: LOG, lastIndex: 2 })
  })

  it('goes on right after a snapshot, and knows nothing of what is inside', () => {
    const log = { snapshotIndex: 10, snapshotTerm: 3, entries: from(11, 3, 3), commit: 11 }
    const done = maybeAppend(log, { prevIndex: 10, prevTerm: 3, commit: 12, entries: from(11, 3, 4) })
    expect(done).toEqual({ log: { ...log, entries: from(11, 3, 4), commit: 12 }, lastIndex: 12 })
    expect(maybeAppend(log, { prevIndex: 9, prevTerm: 3, commit: 12, entries: from(10, 3) })).toBeNull()
  })

  it('carries along what else is in an entry, and changes no log', () => {
    const log = { ...LOG, entries: [{ index: 1, term: 1, text: 'a' }] }
    const done = maybeAppend(log, {
      prevIndex: 1,
      prevTerm: 1,
      commit: 0,
      entries: [{ index: 2, term: 2, text: 'b' }],
    })
    expect(done?.log.entries.map(({ text }) => text)).toEqual(['a', 'b'])
    expect(log.entries).toHaveLength(1)
  })
})
