import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { Simulation } from '../../kernel/simulation.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { Cluster } from './cluster.testing.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { makeEntry } from './entry.ts'
import { lab } from './lab.ts'
import type { Message, RequestVote } from './messages.ts'
import { probe } from './progress.ts'
import { advanceCommit } from './replication.ts'
import { freshState } from './state.ts'

const put = (key: string, value: string) => ({ type: 'put', key, value }) as const
const get = (key: string) => ({ type: 'get', key }) as const

describe('elections', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('elect one leader of %i servers, and all others follow it', (servers) => {
    const cluster = new Cluster(servers)
    const leader = cluster.elect()
    cluster.run(300)
    const followers = cluster.servers.filter((id) => id !== leader)
    for (const id of followers) expect(cluster.server(id)).toMatchObject({ role: 'follower', leaderId: leader })
    expect(cluster.watch.violations).toEqual([])
  })

  it('do not happen while a leader sends heartbeats (§5.2)', () => {
    const cluster = new Cluster()
    cluster.elect()
    const before = cluster.notes('becameCandidate').length
    cluster.run(20_000)
    expect(cluster.notes('becameCandidate')).toHaveLength(before)
  })

  it('follow a leader’s crash within two election timeouts and the time to vote, in a later term', () => {
    const cluster = new Cluster()
    const old = cluster.elect()
    const { currentTerm } = cluster.server(old)
    cluster.run(200).sim.apply({ type: 'crash', process: old })
    cluster.until(() => cluster.leader !== null, 'a new leader')
    expect(cluster.leader).not.toBe(old)
    expect(cluster.server(cluster.leader as string).currentTerm).toBeGreaterThan(currentTerm)
  })

  it('are won by nobody without a majority: two of four are none', () => {
    const cluster = new Cluster(4)
    const leader = cluster.elect()
    cluster.run(300)
    const other = cluster.servers.find((id) => id !== leader) as string
    const rest = cluster.servers.filter((id) => id !== leader && id !== other)
    for (const process of rest) cluster.sim.apply({ type: 'crash', process })
    cluster.sim.apply({ type: 'crash', process: leader })
    cluster.sim.apply({ type: 'restart', process: leader })
    cluster.run(5_000)
    expect(cluster.leader).toBeNull()
    expect(cluster.server(other).role).toBe('candidate')
  })

  it('refuse a vote to a candidate whose log is behind (§5.4.1)', () => {
    const cluster = new Cluster(3)
    const leader = cluster.elect()
    const [a, b] = cluster.servers.filter((id) => id !== leader) as [string, string]
    cluster.run(200).sim.apply({ type: 'crash', process: a })
    cluster.ask('c1', put('x', '1'), leader).until(() => cluster.outcome('c1') !== null, 'the write')
    cluster.sim.apply({ type: 'crash', process: leader })
    cluster.sim.apply({ type: 'restart', process: a })
    cluster.sim.apply({ type: 'fire', process: a, timer: 'election' })
    cluster.run(100)
    const refusal = cluster.notes('refusedVote').find(({ process }) => process === b)
    expect(refusal?.note).toMatchObject({ candidate: a, why: 'notUpToDate' })
    cluster.until(() => cluster.leader !== null, 'a leader')
    expect(cluster.leader).toBe(b)
  })

  it('send a vote only when it is on disk: a crash before the sync loses the vote and the word', () => {
    const slowDisk = { sync: { type: 'constant', value: ms(50) } as const, lying: false }
    const cluster = new Cluster(3, { disk: slowDisk })
    cluster.until(() => cluster.notes('voted').length > 0, 'a vote')
    const voter = cluster.notes('voted')[0]?.process as string
    cluster.sim.apply({ type: 'crash', process: voter })
    cluster.run(200)
    const answers = cluster.events.filter(
      (e) => e.type === 'sent' && e.process === voter && e.message.type === 'RequestVoteReply',
    )
    expect(answers).toEqual([])
    expect(cluster.sim.durable(voter)?.votedFor ?? null).toBeNull()
  })

  it('give no server two votes in one term, over a crash and a restart', () => {
    const cluster = new Cluster(5)
    cluster.until(() => cluster.notes('voted').length > 0, 'a vote')
    const { process, note } = cluster.notes('voted')[0] as {
      process: string
      note: { candidate: string; term: number }
    }
    cluster.run(20)
    cluster.sim.apply({ type: 'crash', process })
    cluster.sim.apply({ type: 'restart', process })
    const rival = cluster.servers.find((id) => id !== process && id !== note.candidate) as string
    const request: RequestVote = {
      type: 'RequestVote',
      term: note.term,
      candidateId: rival,
      lastLogIndex: 99,
      lastLogTerm: 99,
      transfer: false,
    }
    cluster.sim.apply({ type: 'inject', from: rival, to: process, message: request })
    cluster.run(60)
    const refused = cluster
      .notes('refusedVote')
      .find((n) => n.process === process && 'candidate' in n.note && n.note.candidate === rival)
    expect(refused?.note).toMatchObject({ why: 'alreadyVoted', votedFor: note.candidate })
  })
})

describe('replication', () => {
  it('commits what a majority has on disk, and tells the client only then', () => {
    const cluster = new Cluster()
    const leader = cluster.elect()
    cluster
      .run(200)
      .ask('c1', put('x', '5'), leader)
      .until(() => cluster.outcome('c1') !== null, 'an answer')
    const holders = cluster.servers.filter((id) => (cluster.sim.durable(id)?.log.length ?? 0) >= 2)
    expect(holders.length).toBeGreaterThanOrEqual(3)
    expect(cluster.outcome('c1')).toMatchObject({ type: 'ok' })
  })

  it('begins each term with a no-op (§8)', () => {
    const cluster = new Cluster()
    const leader = cluster.elect()
    expect(cluster.server(leader).log.at(0)).toMatchObject({
      index: 1,
      term: cluster.server(leader).currentTerm,
      command: { type: 'noop' },
    })
  })

  it('does not count a leader’s own entry before its own disk has it (thesis §10.2.1)', () => {
    const cluster = new Cluster(3, { disk: { sync: { type: 'constant', value: ms(5) }, lying: false } })
    const leader = cluster.elect()
    cluster.run(500)
    cluster.sim.apply({ type: 'disk', sync: { type: 'constant', value: ms(5_000) } })
    const other = cluster.servers.find((id) => id !== leader) as string
    cluster.sim.apply({ type: 'crash', process: other })
    const before = cluster.server(leader).commitIndex
    cluster.ask('c1', put('x', '1'), leader).run(1_000)
    expect(cluster.server(leader).commitIndex).toBe(before)
  })

  it('never commits an entry of an earlier term by counting, however many hold it (§5.4.2)', () => {
    const cluster = new Cluster(3)
    const leader = cluster.elect()
    const [a] = cluster.servers.filter((id) => id !== leader) as [string]
    cluster.run(300)
    const self = cluster.server(leader)
    // The leader's last entry is now of an earlier term, and everybody has it.
    const env = {
      self: leader,
      config: DEFAULT_CONFIG,
      peers: () => cluster.servers,
      note: () => {},
      send: () => {},
    } as never
    const state = {
      ...freshState(null, { ...cluster.server(leader).config, voters: cluster.servers }),
      role: 'leader' as const,
      currentTerm: self.currentTerm + 1,
      log: self.log.copy(),
    }
    const others = cluster.servers.filter((id) => id !== leader)
    state.progress = new Map(others.map((id) => [id, { ...probe(1), match: state.log.length }]))
    state.syncedIndex = state.log.length
    advanceCommit(state, state.log.length, env)
    expect(state.commitIndex).toBe(0)
    state.log.append(makeEntry(state.log.length + 1, state.currentTerm, { type: 'noop' }))
    state.progress.set(a, { ...probe(1), match: state.log.length })
    state.syncedIndex = state.log.length
    advanceCommit(state, state.log.length, env)
    expect(state.commitIndex).toBe(state.log.length)
  })

  it('drops what no majority held when a new leader’s log rules, and says which entries', () => {
    const cluster = new Cluster()
    const old = cluster.elect()
    cluster.run(300)
    const others = cluster.servers.filter((id) => id !== old)
    cluster.sim.apply({ type: 'cut', links: linksBetween([old], others, cluster.sim) })
    cluster.ask(clientOf(old), put('x', '6'), old).run(1_000)
    expect(cluster.leader).not.toBe(old)
    cluster.sim.apply({ type: 'mend', links: cluster.sim.cuts() })
    cluster.run(500)
    const lost = cluster.notes('truncated').find(({ process }) => process === old)
    expect(lost?.note).toMatchObject({ entries: [{ text: 'x ← 6', client: clientOf(old) }] })
    expect(cluster.terms(old)).toEqual(cluster.terms(cluster.leader as string))
  })

  it('brings a follower that was long away up to date, a term at a time and not an entry at a time', () => {
    const cluster = new Cluster(3)
    const leader = cluster.elect()
    cluster.run(200)
    const away = cluster.servers.find((id) => id !== leader) as string
    cluster.sim.apply({ type: 'crash', process: away })
    for (let i = 0; i < 60; i++) cluster.ask('c1', put('x', String(i)), leader)
    cluster.until(() => cluster.server(leader).commitIndex > 60, 'sixty commits')
    const sentBefore = cluster.events.length
    cluster.sim.apply({ type: 'restart', process: away })
    cluster.until(() => cluster.server(away).log.length === cluster.server(leader).log.length, 'the same length')
    const refusals = cluster.events
      .slice(sentBefore)
      .filter(
        (e) => e.type === 'sent' && e.process === away && e.message.type === 'AppendEntriesReply' && !e.message.success,
      )
    expect(refusals.length).toBeLessThanOrEqual(3)
  })

  it('sends at most so many entries in one message', () => {
    const config = { ...DEFAULT_CONFIG, maxEntriesPerMessage: 7 }
    const cluster = new Cluster(3, { config })
    const leader = cluster.elect()
    cluster.run(200)
    const away = cluster.servers.find((id) => id !== leader) as string
    cluster.sim.apply({ type: 'crash', process: away })
    for (let i = 0; i < 60; i++) cluster.ask('c1', put('x', String(i)), leader)
    cluster.run(9_000).sim.apply({ type: 'restart', process: away })
    cluster.run(2_000)
    const sizes = cluster.events.flatMap((e) =>
      e.type === 'sent' && e.message.type === 'AppendEntries' ? [e.message.entries.length] : [],
    )
    expect(Math.max(...sizes)).toBe(7)
    expect(cluster.server(away).log.length).toBe(cluster.server(leader).log.length)
  })
})

describe('the store and its clients', () => {
  it('reads what was written, and nothing for what was not', () => {
    const cluster = new Cluster()
    cluster.elect()
    cluster.ask('c1', put('x', '5')).ask('c1', get('x')).run(1_000)
    expect(cluster.outcome('c1')).toMatchObject({ type: 'ok', result: { type: 'value', value: '5' } })
    cluster.ask('c1', { type: 'delete', key: 'x' }).ask('c1', get('x')).run(1_000)
    expect(cluster.outcome('c1')).toMatchObject({ result: { value: null } })
  })

  it('swaps only what is as expected', () => {
    const cluster = new Cluster()
    cluster.elect()
    cluster.ask('c1', put('x', '5')).ask('c1', { type: 'cas', key: 'x', expected: '4', value: '6' }).run(1_000)
    expect(cluster.outcome('c1')).toMatchObject({ result: { swapped: false } })
    cluster.ask('c1', { type: 'cas', key: 'x', expected: '5', value: '6' }).run(1_000)
    expect(cluster.outcome('c1')).toMatchObject({ result: { swapped: true } })
  })

  it('sends a client that asks a follower to the leader', () => {
    const cluster = new Cluster()
    const leader = cluster.elect()
    cluster.run(200)
    const follower = cluster.servers.find((id) => id !== leader) as string
    cluster.ask('c1', put('x', '5'), follower).run(500)
    expect(cluster.outcome('c1')).toMatchObject({ type: 'ok', from: leader })
    expect(cluster.notes('redirected')[0]?.note).toMatchObject({ from: follower, to: leader })
  })

  it('applies a request once, though its client asks again because the answer was lost (thesis §6.3)', () => {
    const cluster = new Cluster(3, { config: { ...DEFAULT_CONFIG, clientTimeout: ms(3_000) } })
    const leader = cluster.elect()
    cluster.run(300)
    const client = clientOf(leader)
    cluster.sim.apply({ type: 'cut', links: [{ from: leader, to: client }] })
    cluster.ask(client, { type: 'cas', key: 'x', expected: null, value: '1' }, leader).run(700)
    cluster.sim.apply({ type: 'mend', links: [{ from: leader, to: client }] })
    cluster.run(1_500)
    expect(cluster.outcome(client)).toMatchObject({ type: 'ok', result: { swapped: true } })
  })

  it('leaves the outcome unknown when the client gives up waiting for a leader that cannot commit', () => {
    const cluster = new Cluster()
    const old = cluster.elect()
    cluster.run(300)
    const others = cluster.servers.filter((id) => id !== old)
    cluster.sim.apply({ type: 'cut', links: linksBetween([old], others, cluster.sim) })
    cluster.ask(clientOf(old), put('x', '6'), old).run(3_000)
    expect(cluster.outcome(clientOf(old))).toMatchObject({ type: 'unknown' })
  })

  it('comes back from its disks after all servers crashed at once', () => {
    const cluster = new Cluster()
    cluster.elect()
    cluster.ask('c1', put('x', '5')).run(1_000)
    for (const process of cluster.servers) cluster.sim.apply({ type: 'crash', process })
    cluster.run(500)
    for (const process of cluster.servers) cluster.sim.apply({ type: 'restart', process })
    cluster.run(2_000)
    for (const id of cluster.servers) expect(cluster.server(id).store.values.get('x')).toBe('5')
    expect(cluster.watch.violations).toEqual([])
  })
})

describe('messages and entries', () => {
  it('are never changed once made: the engine runs with all of them frozen', () => {
    const { protocol } = lab
    let frozen = 0
    const digest = (message: Message): number => {
      frozen++
      return protocol.digest?.(deepFreeze(message)) ?? 0
    }
    const setup = {
      ...defaultSetup(lab, 3),
      workload: { rate: 50, readShare: 0.3, keys: 3, distribution: 'uniform' as const },
    }
    const commands = [
      { at: ms(2_000), command: { type: 'crash', process: 'n1' } as const },
      { at: ms(4_000), command: { type: 'restart', process: 'n1' } as const },
    ]
    const plain = new Simulation(lab, { setup, commands })
    const strict = new Simulation({ ...lab, protocol: { ...protocol, digest } }, { setup, commands })
    plain.advanceTo(ms(6_000))
    strict.advanceTo(ms(6_000))
    expect(frozen).toBeGreaterThan(1_000)
    expect(strict.fingerprint()).toBe(plain.fingerprint())
  })
})

const clientOf = (server: string): string => server.replace('n', 'c')

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const item of Object.values(value)) deepFreeze(item)
  return Object.freeze(value)
}
