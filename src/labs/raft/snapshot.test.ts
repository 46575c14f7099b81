import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { Cluster } from './cluster.testing.ts'
import { DEFAULT_CONFIG, type RaftConfig } from './config.ts'
import { observe } from './observe.ts'

/** A cluster whose `n1` leads, with a follower that misses so many writes. */
function behind(writes: number, change: Partial<RaftConfig> = {}) {
  const config = { ...DEFAULT_CONFIG, clientTimeout: ms(60_000), snapshotThreshold: 20, ...change }
  const cluster = new Cluster(3, { config })
  cluster.sim.apply({ type: 'fire', process: 'n1', timer: 'election' })
  cluster.until(() => cluster.leader === 'n1', 'n1 leads').run(200)
  cluster.sim.apply({ type: 'crash', process: 'n3' })
  for (let i = 0; i < writes; i++) cluster.ask('c1', { type: 'put', key: `k${i % 5}`, value: String(i) }, 'n1')
  cluster.until(() => cluster.server('n1').lastApplied > writes, 'the writes').run(200)
  return cluster
}

const chunksTo = (cluster: Cluster, id: string) =>
  cluster.events.flatMap((e) =>
    e.type === 'delivered' && e.process === id && e.message.type === 'InstallSnapshot' && e.message.data !== ''
      ? [e.message]
      : [],
  )

const valuesOf = (cluster: Cluster, id: string) => Object.fromEntries(cluster.server(id).store.values)

describe('a snapshot (paper §7)', () => {
  it('takes the place of the applied entries once they are so many, and of no other', () => {
    const cluster = behind(50)
    for (const id of ['n1', 'n2']) {
      const { log, snapshot, lastApplied } = cluster.server(id)
      expect(snapshot?.index).toBeGreaterThanOrEqual(40)
      expect(log.first).toBe(snapshot?.index)
      expect(log.length).toBe(lastApplied)
      expect(lastApplied - log.first).toBeLessThan(20)
    }
  })

  it('leaves so many entries before it in the log, for who is a little behind', () => {
    const cluster = behind(50, { trailingEntries: 15 })
    const { log, snapshot } = cluster.server('n1')
    expect(log.first).toBe((snapshot?.index ?? 0) - 15)
  })

  it('is not taken at all with a threshold of 0', () => {
    expect(behind(50, { snapshotThreshold: 0 }).server('n1')).toMatchObject({ snapshot: null, log: { first: 0 } })
  })

  it('lets the log shrink only when it is on disk itself', () => {
    const config = { ...DEFAULT_CONFIG, snapshotThreshold: 2 }
    const disk = { sync: { type: 'constant', value: ms(30) } as const, lying: false }
    const cluster = new Cluster(1, { config, disk })
    cluster.elect()
    cluster.ask('c1', { type: 'put', key: 'x', value: '5' })
    cluster.until(() => cluster.server('n1').snapshot !== null, 'a snapshot')
    expect(cluster.server('n1').log.first).toBe(0)
    expect(cluster.sim.durable('n1')?.snapshot).toBeNull()
    cluster.run(40)
    expect(cluster.server('n1').log.first).toBe(2)
    expect(cluster.sim.durable('n1')?.snapshot?.index).toBe(2)
  })

  it('is what a server starts from after a crash, with its sessions and its configuration', () => {
    const cluster = behind(50)
    const before = cluster.server('n2')
    cluster.sim.apply({ type: 'crash', process: 'n2' })
    cluster.sim.apply({ type: 'restart', process: 'n2' })
    const { store, lastApplied, commitIndex, snapshot, config } = cluster.server('n2')
    expect([lastApplied, commitIndex]).toEqual([snapshot?.index, snapshot?.index])
    expect(store.sessions.get('c1')?.serial).toBeGreaterThanOrEqual(38)
    expect(config.voters).toEqual(['n1', 'n2', 'n3'])
    cluster.run(300)
    expect(valuesOf(cluster, 'n2')).toEqual(Object.fromEntries(before.store.values))
    expect(cluster.server('n2').store.digest).toBe(before.store.digest)
  })
})

describe('InstallSnapshot (paper Figure 13)', () => {
  it('brings a follower up to date whose entries are gone, and then entries go on', () => {
    const cluster = behind(50)
    cluster.sim.apply({ type: 'restart', process: 'n3' })
    cluster.run(1_000)
    expect(cluster.notes('installedSnapshot').map(({ process }) => process)).toEqual(['n3'])
    expect(cluster.server('n3').lastApplied).toBe(cluster.server('n1').lastApplied)
    expect(valuesOf(cluster, 'n3')).toEqual(valuesOf(cluster, 'n1'))
    cluster.ask('c1', { type: 'put', key: 'x', value: 'after' }, 'n1').run(500)
    expect(cluster.server('n3').store.values.get('x')).toBe('after')
    expect(cluster.watch.violations).toEqual([])
  })

  it('is not needed by a follower that lacks less than the trailing entries', () => {
    const cluster = behind(50, { trailingEntries: 100 })
    cluster.sim.apply({ type: 'restart', process: 'n3' })
    cluster.run(1_000)
    expect(cluster.notes('sendsSnapshot')).toEqual([])
    expect(cluster.server('n3').lastApplied).toBe(cluster.server('n1').lastApplied)
  })

  it('goes in chunks, each at the offset where the last one ended, the last one done', () => {
    const cluster = behind(50, { snapshotChunkBytes: 100 })
    cluster.sim.apply({ type: 'restart', process: 'n3' })
    cluster.run(2_000)
    const chunks = chunksTo(cluster, 'n3')
    const data = cluster.server('n3').snapshot?.data ?? ''
    expect(chunks.map(({ offset }) => offset)).toEqual(chunks.map((_, i) => 100 * i))
    expect(chunks.map(({ done }) => done)).toEqual(chunks.map((_, i) => i === Math.ceil(data.length / 100) - 1))
    expect(chunks.map((chunk) => chunk.data).join('')).toBe(data)
  })

  it('gets through a network that loses, doubles and mixes up', () => {
    const cluster = behind(50, { snapshotChunkBytes: 50 })
    cluster.sim.apply({ type: 'network', settings: { loss: 0.2, duplication: 0.2, fifo: false } })
    cluster.sim.apply({ type: 'restart', process: 'n3' })
    cluster.until(() => cluster.server('n3').snapshot !== null, 'the snapshot')
    expect(cluster.server('n3').store.values.size).toBe(5)
  })

  it('keeps a follower from campaigning while it comes: a chunk is a heartbeat', () => {
    const cluster = behind(50, { snapshotChunkBytes: 16 })
    const before = cluster.notes('becameCandidate').length
    cluster.sim.apply({ type: 'restart', process: 'n3' })
    cluster.until(() => cluster.server('n3').snapshot !== null, 'the snapshot')
    expect(cluster.notes('becameCandidate')).toHaveLength(before)
  })

  it('shows on the screen how far it is', () => {
    const cluster = behind(50, { snapshotChunkBytes: 50 })
    cluster.sim.apply({ type: 'restart', process: 'n3' })
    cluster.until(() => chunksTo(cluster, 'n3').length === 3, 'three chunks')
    const leader = observe(cluster.sim, {}).servers[0]
    const n3 = leader?.followers.find(({ id }) => id === 'n3')
    expect(n3).toMatchObject({ mode: 'snapshot', sending: { done: 100, index: leader?.snapshot?.index } })
  })
})

describe('a long log', () => {
  it('costs a frame no more than a short one', () => {
    const setup = { disk: { sync: { type: 'constant', value: 0 } as const, lying: false } }
    const cluster = new Cluster(3, setup)
    const leader = cluster.elect()
    const propose = (n: number) => {
      for (let i = 1; i <= n; i++) {
        const command = { type: 'put', key: 'x', value: String(i) } as const
        cluster.sim.apply({ type: 'act', process: leader, action: { type: 'propose', command, client: '', serial: i } })
      }
      cluster.run(500)
    }
    propose(50)
    const short = JSON.stringify(observe(cluster.sim, {})).length
    cluster.events.length = 0
    propose(2_000)
    expect(JSON.stringify(observe(cluster.sim, {})).length).toBeLessThan(1.2 * short)
  })
})
