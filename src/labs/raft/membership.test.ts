import { describe, expect, it } from 'vitest'
import { Cluster } from './cluster.testing.ts'
import type { ConfigRequest } from './conf-change.ts'
import { DEFAULT_CONFIG, type RaftConfig } from './config.ts'
import { linksBetween } from '../../lab/script-command.ts'

const WHEN = ['append', 'apply'] as const
const put = (key: string, value: string) => ({ type: 'put', key, value }) as const
const add = (id: string): ConfigRequest => ({ op: 'simple', changes: [{ type: 'addVoter', id }] })
const remove = (id: string): ConfigRequest => ({ op: 'simple', changes: [{ type: 'remove', id }] })

function clusterOf(servers: number, initialVoters: number, change: Partial<RaftConfig> = {}): Cluster {
  return new Cluster(servers, { config: { ...DEFAULT_CONFIG, initialVoters, ...change } })
}

function change(cluster: Cluster, request: ConfigRequest, process = cluster.leader as string): Cluster {
  cluster.sim.apply({ type: 'act', process, action: { type: 'changeConfig', ...request } })
  return cluster
}

const refusals = (cluster: Cluster): string[] => cluster.events.flatMap((e) => (e.type === 'refused' ? [e.why] : []))

/** Hits `n1` with the first election, so that the same server leads whatever the seed. */
function led(cluster: Cluster): Cluster {
  cluster.sim.apply({ type: 'fire', process: 'n1', timer: 'election' })
  return cluster.until(() => cluster.leader === 'n1', 'n1 leads').run(300)
}

describe.each(WHEN)('single-server changes, in effect at %s (thesis §4.1)', (configTakesEffect) => {
  it('take a server in as a learner and make it a voter when it has caught up (§4.2.1)', () => {
    const cluster = led(clusterOf(4, 3, { configTakesEffect }))
    cluster.ask('c1', put('x', '5')).run(400)
    change(cluster, add('n4'))
    cluster.until(() => cluster.server('n1').config.learners.includes('n4'), 'a learner')
    cluster.until(() => cluster.server('n4').config.voters.includes('n4'), 'a voter').run(300)
    expect(cluster.server('n1').config).toMatchObject({ voters: ['n1', 'n2', 'n3', 'n4'], learners: [] })
    expect(cluster.server('n4').store.values.get('x')).toBe('5')
    expect(cluster.watch.violations).toEqual([])
  })

  it('remove a follower, which then no longer counts', () => {
    const cluster = led(clusterOf(3, 3, { configTakesEffect }))
    change(cluster, remove('n3')).run(400)
    expect(cluster.server('n1').config.voters).toEqual(['n1', 'n2'])
    cluster.sim.apply({ type: 'crash', process: 'n2' })
    const { commitIndex } = cluster.server('n1')
    cluster.ask('c1', put('x', '5'), 'n1').run(400)
    expect(cluster.server('n1').commitIndex).toBe(commitIndex)
  })

  it('remove a leader, which leads until its removal is committed and then steps down (§4.2.2)', () => {
    const cluster = led(clusterOf(3, 3, { configTakesEffect }))
    change(cluster, remove('n1'))
    expect(cluster.server('n1').role).toBe('leader')
    cluster.until(() => cluster.server('n1').role === 'follower', 'the step down')
    expect(cluster.notes('configCommitted')).toHaveLength(1)
    cluster.until(() => cluster.leader !== null, 'another leader').run(2_000)
    expect(cluster.server(cluster.leader as string).config.voters).toEqual(['n2', 'n3'])
    expect(cluster.watch.violations).toEqual([])
  })

  it('wait for one another: at most one is under way (§4.1)', () => {
    const cluster = led(clusterOf(5, 3, { configTakesEffect, catchUpFirst: false }))
    change(change(cluster, add('n4')), add('n5'))
    expect(refusals(cluster)).toEqual([expect.stringContaining('is not committed yet')])
    cluster.run(400)
    expect(refusals(change(cluster, add('n5')))).toHaveLength(1)
    cluster.run(400)
    expect(cluster.server('n1').config.voters).toHaveLength(5)
  })
})

describe('a configuration', () => {
  it('is not changed before the leader has committed an entry of its own term (raft-dev, 2015)', () => {
    const cluster = clusterOf(4, 3)
    const leader = cluster.elect()
    change(cluster, add('n4'), leader)
    expect(refusals(cluster)).toEqual(['the leader has not committed an entry of its own term 1 yet'])
  })

  it('is changed by the leader alone, to servers that there are, by the rules', () => {
    const cluster = led(clusterOf(3, 3))
    change(cluster, add('n9'))
    change(cluster, remove('n2'), 'n2')
    change(cluster, { op: 'leaveJoint' })
    expect(refusals(cluster)).toEqual([
      'there is no server called n9',
      'only a leader changes the configuration',
      'Leaving when not joint: there is no joint configuration to leave.',
    ])
  })

  it('that was not committed goes with the entry that held it (§4.1)', () => {
    const cluster = led(clusterOf(4, 3, { catchUpFirst: false }))
    cluster.sim.apply({ type: 'cut', links: linksBetween(['n1'], ['n2', 'n3', 'n4'], cluster.sim) })
    change(cluster, add('n4'), 'n1')
    expect(cluster.server('n1').config.voters).toContain('n4')
    cluster.until(() => cluster.leader !== 'n1' && cluster.leader !== null, 'another leader').run(300)
    cluster.sim.apply({ type: 'mend', links: cluster.sim.cuts() })
    cluster.run(600)
    expect(cluster.server('n1').config.voters).toEqual(['n1', 'n2', 'n3'])
  })

  it('comes back from the disk', () => {
    const cluster = led(clusterOf(4, 3))
    change(cluster, add('n4')).run(1_000)
    for (const process of cluster.servers) cluster.sim.apply({ type: 'crash', process })
    for (const process of cluster.servers) cluster.sim.apply({ type: 'restart', process })
    for (const id of cluster.servers) expect(cluster.server(id).config.voters).toHaveLength(4)
  })

  it('lets nobody campaign who is no voter, and lets learners take the log', () => {
    const cluster = led(clusterOf(4, 3))
    change(cluster, { op: 'simple', changes: [{ type: 'addLearner', id: 'n4' }] })
    cluster.ask('c1', put('x', '5')).run(1_000)
    expect(cluster.server('n4').store.values.get('x')).toBe('5')
    for (const process of ['n1', 'n2']) cluster.sim.apply({ type: 'crash', process })
    cluster.run(3_000)
    expect(cluster.notes('becameCandidate').map(({ process }) => process)).not.toContain('n4')
    expect(cluster.leader).toBeNull()
  })
})

describe.each(WHEN)('joint consensus, in effect at %s (thesis §4.3)', (configTakesEffect) => {
  const swap = (autoLeave: boolean): ConfigRequest => ({
    op: 'enterJoint',
    autoLeave,
    changes: [
      ...['n4', 'n5', 'n6'].map((id) => ({ type: 'addVoter' as const, id })),
      ...['n1', 'n2', 'n3'].map((id) => ({ type: 'remove' as const, id })),
    ],
  })

  it('goes from three servers to another three, and leaves by itself', () => {
    const cluster = led(clusterOf(6, 3, { configTakesEffect }))
    cluster.ask('c1', put('x', '5')).run(400)
    change(cluster, swap(true))
    cluster.until(() => cluster.server('n1').role === 'follower', 'the old leader steps down')
    cluster.run(100)
    for (const process of ['n1', 'n2', 'n3']) cluster.sim.apply({ type: 'crash', process })
    cluster.until(() => cluster.leader !== null, 'one of the new leads').run(500)
    expect(cluster.server(cluster.leader as string)).toMatchObject({
      config: { voters: ['n4', 'n5', 'n6'], outgoing: [], autoLeave: false },
    })
    cluster.ask('c4', { type: 'get', key: 'x' }, cluster.leader as string).run(800)
    expect(cluster.outcome('c4')).toMatchObject({ type: 'ok', result: { value: '5' } })
    expect(cluster.watch.violations).toEqual([])
  })

  it('stays joint until it is told to leave', () => {
    const cluster = led(clusterOf(6, 3, { configTakesEffect }))
    change(cluster, swap(false)).run(2_000)
    expect(cluster.server('n1').config.outgoing).toEqual(['n1', 'n2', 'n3'])
    change(cluster, { op: 'leaveJoint' }).run(500)
    expect(cluster.server('n1').role).toBe('follower')
  })

  it.each([
    ['old', ['n2', 'n3']],
    ['new', ['n5', 'n6']],
  ])('commits nothing without a majority of the %s set', (_, gone) => {
    const cluster = led(clusterOf(6, 3, { configTakesEffect }))
    change(cluster, swap(false)).run(1_000)
    for (const process of gone) cluster.sim.apply({ type: 'crash', process })
    const { commitIndex } = cluster.server('n1')
    cluster.ask('c1', put('x', '5'), 'n1').run(500)
    expect(cluster.server('n1').commitIndex).toBe(commitIndex)
    for (const process of gone) cluster.sim.apply({ type: 'restart', process })
    cluster.run(1_500)
    expect(cluster.server(cluster.leader as string).commitIndex).toBeGreaterThan(commitIndex)
  })
})

describe('a server that asks to be taken in', () => {
  it('is sent on to the leader, caught up and made a voter', () => {
    const cluster = led(clusterOf(3, 3))
    cluster.ask('c1', put('x', '5')).run(300)
    cluster.sim.apply({ type: 'join', process: { id: 'n4', role: 'server' } })
    cluster.sim.apply({ type: 'act', process: 'n4', action: { type: 'askToJoin', as: 'voter' } })
    cluster.run(2_000)
    expect(cluster.server('n1').config.voters).toEqual(['n1', 'n2', 'n3', 'n4'])
    expect(cluster.server('n4')).toMatchObject({ role: 'follower', leaderId: 'n1', joining: null })
    expect(cluster.server('n4').store.values.get('x')).toBe('5')
  })

  it('asks again while there is no leader', () => {
    const cluster = clusterOf(3, 3)
    cluster.sim.apply({ type: 'join', process: { id: 'n4', role: 'server' } })
    cluster.sim.apply({ type: 'act', process: 'n4', action: { type: 'askToJoin', as: 'learner' } })
    cluster.run(3_000)
    expect(cluster.server(cluster.leader as string).config.learners).toEqual(['n4'])
  })
})
