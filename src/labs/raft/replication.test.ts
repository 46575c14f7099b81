import { describe, expect, it } from 'vitest'
import { BACKTRACKING, type Backtracking, conflictIn, nextAfter } from './backtracking.ts'
import { Cluster } from './cluster.testing.ts'
import { DEFAULT_CONFIG, type RaftConfig } from './config.ts'
import { EntryLog, makeEntry } from './entry.ts'
import { acknowledge, becomeReplicate, maySend, probe, reject, sent } from './progress.ts'
import { ms } from '../../base/units.ts'

const logOf = (...terms: number[]): EntryLog =>
  new EntryLog(terms.map((term, i) => makeEntry(i + 1, term, { type: 'noop' })))

/** How many refusals it takes until the logs of both agree, and at which nextIndex. */
function search(leader: EntryLog, follower: EntryLog, mode: Backtracking): { refusals: number; next: number } {
  const termAt = (log: EntryLog, index: number): number => log.at(index - 1)?.term ?? 0
  let next = leader.length + 1
  for (let refusals = 0; ; refusals++) {
    const prev = next - 1
    if (prev === 0 || (prev <= follower.length && termAt(follower, prev) === termAt(leader, prev)))
      return { refusals, next }
    next = Math.max(1, Math.min(prev, nextAfter(leader, conflictIn(follower, mode, prev, termAt(leader, prev)))))
  }
}

describe('backtracking', () => {
  // The logs of paper Figure 7: the leader's, and (a) to (f).
  const leader = logOf(1, 1, 1, 4, 4, 5, 5, 6, 6, 6)
  const figure7 = {
    a: logOf(1, 1, 1, 4, 4, 5, 5, 6, 6),
    b: logOf(1, 1, 1, 4),
    c: logOf(1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6),
    d: logOf(1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7),
    e: logOf(1, 1, 1, 4, 4, 4, 4),
    f: logOf(1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3),
  }
  const agreeUpTo = { a: 9, b: 4, c: 10, d: 10, e: 5, f: 3 }

  it('finds by each of the three ways where the logs of paper Figure 7 agree', () => {
    for (const mode of BACKTRACKING) {
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f'] as const) {
        const { next } = search(leader, figure7[name], mode)
        expect(next - 1, `${mode} ${name}`).toBeLessThanOrEqual(agreeUpTo[name])
      }
    }
  })

  it('goes an entry at a time, or a term at a time (paper §5.3)', () => {
    const refusals = (mode: Backtracking) => search(leader, figure7.f, mode).refusals
    expect([refusals('decrement'), refusals('conflict-term'), refusals('hint')]).toEqual([7, 2, 1])
  })
})

describe('the progress of a follower (etcd raft, tracker)', () => {
  it('as probe sends one message and waits for the answer', () => {
    const progress = probe(4)
    expect(maySend(progress, 8)).toBe(true)
    sent(progress, 6)
    expect([maySend(progress, 8), progress.next]).toEqual([false, 4])
    expect(acknowledge(progress, 6)).toBe(true)
    expect(progress).toMatchObject({ mode: 'replicate', match: 6, next: 7 })
  })

  it('as replicate sends on without answers, up to the window', () => {
    const progress = { ...probe(4), match: 3 }
    becomeReplicate(progress)
    for (const last of [5, 6, 9]) {
      expect(maySend(progress, 3)).toBe(true)
      sent(progress, last)
    }
    expect(maySend(progress, 3)).toBe(false)
    acknowledge(progress, 6)
    expect(progress).toMatchObject({ match: 6, next: 10, inFlight: [9] })
  })

  it('falls back to probe behind what matched when a message did not fit, and heeds no old refusal', () => {
    const progress = { ...probe(4), match: 3 }
    becomeReplicate(progress)
    sent(progress, 8)
    expect(reject(progress, 3, 1)).toBe(false)
    expect(reject(progress, 8, 6)).toBe(true)
    expect(progress).toMatchObject({ mode: 'probe', next: 4 })
    expect(reject(progress, 7, 2)).toBe(false)
  })
})

describe('replication', () => {
  const longAway = (change: Partial<RaftConfig>) => {
    const cluster = new Cluster(3, { config: { ...DEFAULT_CONFIG, clientTimeout: ms(60_000), ...change } })
    const leader = cluster.elect()
    cluster.run(200)
    const away = cluster.servers.find((id) => id !== leader) as string
    cluster.sim.apply({ type: 'crash', process: away })
    for (let i = 0; i < 60; i++) cluster.ask('c1', { type: 'put', key: 'x', value: String(i) }, leader)
    cluster.until(() => cluster.server(leader).commitIndex > 60, 'sixty commits')
    const before = cluster.events.length
    cluster.sim.apply({ type: 'restart', process: away })
    cluster.until(() => cluster.server(away).lastApplied > 60, 'sixty applied')
    expect(cluster.watch.violations).toEqual([])
    const sizes = cluster.events
      .slice(before)
      .flatMap((e) =>
        e.type === 'sent' && e.message.type === 'AppendEntries' && e.message.entries.length > 0 ? [e] : [],
      )
      .map((e) => e.message)
    return { cluster, leader, away, sizes }
  }

  it.each(BACKTRACKING)('brings a follower that was long away up to date by “%s”', (backtracking) => {
    const { cluster, leader, away } = longAway({ backtracking })
    expect(cluster.terms(away)).toEqual(cluster.terms(leader))
  })

  it('keeps a message below so many bytes, unless one entry alone is above', () => {
    const sizesWith = (maxBytesPerMessage: number) =>
      longAway({ maxBytesPerMessage }).sizes.map((m) =>
        m.type === 'AppendEntries'
          ? { bytes: m.entries.reduce((n, e) => n + e.bytes, 0), count: m.entries.length }
          : null,
      )
    for (const size of sizesWith(100)) expect(size?.bytes).toBeLessThanOrEqual(100)
    for (const size of sizesWith(1)) expect(size?.count).toBe(1)
  })
})
