import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { Cluster } from './cluster.testing.ts'
import { DEFAULT_CONFIG, type RaftConfig } from './config.ts'
import type { ReadMode } from './messages.ts'

const clientOf = (server: string): string => server.replace('n', 'c')

/** A cluster with x = 5 everywhere, and a word for reading it. */
function withValue(config: Partial<RaftConfig> = {}) {
  const cluster = new Cluster(5, { config: { ...DEFAULT_CONFIG, ...config } })
  const leader = cluster.elect()
  cluster.run(200).ask('c1', { type: 'put', key: 'x', value: '5' }, leader).run(400)
  const follower = cluster.servers.find((id) => id !== leader) as string
  const read = (mode: ReadMode, via: string) => {
    const operation = { command: { type: 'get', key: 'x' }, via, read: mode } as const
    cluster.sim.apply({ type: 'invoke', client: clientOf(via), operation })
    return cluster
  }
  return { cluster, leader, follower, read }
}

const answer = (mode: ReadMode, from: string, index = 2) => ({
  type: 'ok',
  result: { type: 'value', value: '5' },
  from,
  served: { mode, index },
})

describe('a read says where its answer comes from', () => {
  it('through the log: a new entry', () => {
    const { cluster, leader, read } = withValue()
    read('log', leader).run(300)
    expect(cluster.outcome(clientOf(leader))).toMatchObject(answer('log', leader, 3))
  })

  it('by ReadIndex: no entry, and a round trip to a majority', () => {
    const { cluster, leader, read } = withValue()
    const begun = cluster.sim.now
    read('readIndex', leader).until(() => cluster.outcome(clientOf(leader)) !== null, 'an answer')
    expect(cluster.outcome(clientOf(leader))).toMatchObject(answer('readIndex', leader))
    expect(cluster.sim.now - begun).toBeGreaterThan(ms(80))
    expect(cluster.server(leader).log.length).toBe(2)
  })

  it('by a lease: at once, if check-quorum is on; else by ReadIndex', () => {
    const leased = withValue({ checkQuorum: true })
    const begun = leased.cluster.sim.now
    const client = clientOf(leased.leader)
    leased.read('lease', leased.leader).until(() => leased.cluster.outcome(client) !== null, 'an answer')
    expect(leased.cluster.outcome(client)).toMatchObject(answer('lease', leased.leader))
    expect(leased.cluster.sim.now - begun).toBeLessThan(ms(61))
    const without = withValue()
    without.read('lease', without.leader).run(300)
    expect(without.cluster.outcome(clientOf(without.leader))).toMatchObject(answer('readIndex', without.leader))
  })

  it('by no lease once the leadership is being handed over', () => {
    const { cluster, leader, follower, read } = withValue({ checkQuorum: true })
    cluster.sim.apply({ type: 'cut', links: [{ from: leader, to: follower }] })
    cluster.sim.apply({ type: 'act', process: leader, action: { type: 'transfer', to: follower } })
    read('lease', leader).run(300)
    expect(cluster.outcome(clientOf(leader))).toMatchObject(answer('readIndex', leader))
  })

  it('by a follower, which asks the leader how far it must have come', () => {
    const { cluster, follower, read } = withValue()
    read('followerRead', follower).run(300)
    expect(cluster.outcome(clientOf(follower))).toMatchObject(answer('followerRead', follower))
  })

  it('dirty: from whoever is asked, cut off or not', () => {
    const { cluster, follower, read } = withValue()
    const rest = cluster.servers.filter((id) => id !== follower)
    cluster.sim.apply({ type: 'cut', links: linksBetween([follower], rest, cluster.sim) })
    read('dirty', follower).run(100)
    expect(cluster.outcome(clientOf(follower))).toMatchObject(answer('dirty', follower))
  })

  it('and is not answered by a leader that no majority confirms', () => {
    for (const mode of ['readIndex', 'log', 'lease'] as const) {
      const { cluster, leader, read } = withValue({ checkQuorum: true })
      const rest = cluster.servers.filter((id) => id !== leader)
      cluster.sim.apply({ type: 'cut', links: linksBetween([leader], rest, cluster.sim) })
      cluster.run(200)
      read(mode, leader).run(2_000)
      expect(cluster.outcome(clientOf(leader))).not.toMatchObject({ type: 'ok' })
    }
  })
})

describe('a server that does not lead', () => {
  it('forwards a write and answers it itself, once it has applied it', () => {
    const { cluster, follower } = withValue({ notLeader: 'forward' })
    const client = clientOf(follower)
    cluster.ask(client, { type: 'append', key: 'x', value: '6' }, follower).run(400)
    expect(cluster.outcome(client)).toMatchObject({ type: 'ok', from: follower, served: { mode: 'log', index: 3 } })
    expect(cluster.server(follower).store.values.get('x')).toBe('56')
    expect(cluster.notes('redirected').filter(({ process }) => process === client)).toEqual([])
  })

  it('answers a forwarded request again from its session, and does not forward it twice', () => {
    const { cluster, follower } = withValue({ notLeader: 'forward', clientTimeout: ms(3_000) })
    const client = clientOf(follower)
    cluster.sim.apply({ type: 'cut', links: [{ from: follower, to: client }] })
    cluster.ask(client, { type: 'append', key: 'x', value: '6' }, follower).run(1_500)
    expect(cluster.outcome(client)).toMatchObject({ type: 'ok' })
    for (const id of cluster.servers) expect(cluster.server(id).store.values.get('x')).toBe('56')
  })
})
