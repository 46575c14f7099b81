import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { Cluster } from './cluster.testing.ts'
import type { Action } from './types.ts'
import { observe } from './observe.ts'

const see = (cluster: Cluster) => observe(cluster.sim, {})
const act = (cluster: Cluster, process: string, action: Action): void => {
  cluster.sim.apply({ type: 'act', process, action })
}

describe('what is shown of the membership', () => {
  it('says why the leader refuses in the words in which it then does', () => {
    const cluster = new Cluster(3)
    const leader = cluster.elect()
    const removal = { type: 'changeConfig', op: 'simple', changes: [{ type: 'remove', id: 'n2' }] } as const
    const why = see(cluster).membership?.servers['n2']?.remove
    expect(why).toBe('the leader has not committed an entry of its own term 1 yet')
    act(cluster, leader, removal)
    expect(cluster.events.findLast(({ type }) => type === 'refused')).toMatchObject({ why })
    cluster.run(200)
    expect(see(cluster).membership?.servers['n2']?.remove).toBeNull()
    act(cluster, leader, removal)
    expect(cluster.events.filter(({ type }) => type === 'refused')).toHaveLength(1)
    expect(see(cluster).membership?.servers['n2']?.addVoter).toMatch(/^the change before, entry 2, is not committed/)
  })

  it('has both sets while joint, and each server’s own configuration', () => {
    const cluster = new Cluster(3)
    const leader = cluster.elect()
    cluster.run(200)
    const other = cluster.servers.find((id) => id !== leader) as string
    act(cluster, leader, {
      type: 'changeConfig',
      op: 'enterJoint',
      changes: [{ type: 'addLearner', id: other }],
      autoLeave: false,
    })
    const { servers, membership } = see(cluster)
    const of = (id: string) => servers.find((server) => server.id === id)?.configuration
    expect(of(leader)).toMatchObject({ outgoing: ['n1', 'n2', 'n3'], learnersNext: [other], committed: false })
    expect(of(other)).toMatchObject({ outgoing: [], voters: ['n1', 'n2', 'n3'], index: 0 })
    expect(membership).toMatchObject({ config: { learnersNext: [other] } })
    cluster.run(200)
    expect(see(cluster).membership).toMatchObject({
      leaveJoint: null,
      enterJoint: 'The configuration is already joint.',
    })
  })

  it('is nothing while nobody leads', () => {
    expect(see(new Cluster(3)).membership).toBeNull()
  })
})

describe('what is shown of an answer', () => {
  it('is which server gave it, by which way, as of which entry, in which term', () => {
    const cluster = new Cluster(3)
    const leader = cluster.elect()
    cluster.ask('c1', { type: 'put', key: 'x', value: '5' }, leader).run(400)
    cluster.sim.apply({
      type: 'invoke',
      client: 'c1',
      operation: { command: { type: 'get', key: 'x' }, via: leader, read: 'readIndex' },
    })
    cluster.sim.advanceTo(cluster.sim.now + ms(300))
    const { term } = see(cluster).servers.find(({ id }) => id === leader) as { term: number }
    expect(see(cluster).clients[0]?.last).toEqual({
      text: 'read x',
      result: '5',
      from: leader,
      mode: 'readIndex',
      index: 2,
      term,
    })
    const session = { client: 'c1', serial: 1, index: 2, result: 'ok' }
    for (const { sessions } of see(cluster).servers) expect(sessions).toEqual([session])
  })
})
