import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { linksBetween } from '../../lab/script-command.ts'
import { Cluster } from './cluster.testing.ts'
import { DEFAULT_CONFIG, type RaftConfig } from './config.ts'

const put = (key: string, value: string) => ({ type: 'put', key, value }) as const

function clusterWith(config: Partial<RaftConfig>, servers = 5): { cluster: Cluster; leader: string; others: string[] } {
  const cluster = new Cluster(servers, { config: { ...DEFAULT_CONFIG, ...config } })
  const leader = cluster.elect()
  cluster.run(300)
  return { cluster, leader, others: cluster.servers.filter((id) => id !== leader) }
}

const cut = ({ sim }: Cluster, one: string[], two: string[]) =>
  sim.apply({ type: 'cut', links: linksBetween(one, two, sim) })

describe('pre-vote (thesis §9.6)', () => {
  it('raises no term where nobody answers, and none when the server is back', () => {
    const { cluster, leader, others } = clusterWith({ preVote: true })
    const { currentTerm } = cluster.server(leader)
    const [away, ...rest] = others as [string, ...string[]]
    cut(cluster, [away], [leader, ...rest])
    cluster.run(2_000)
    expect(cluster.server(away)).toMatchObject({ role: 'preCandidate', currentTerm })
    cluster.sim.apply({ type: 'mend', links: cluster.sim.cuts() })
    cluster.run(1_000)
    expect(cluster.leader).toBe(leader)
    expect(cluster.server(away)).toMatchObject({ role: 'follower', currentTerm, leaderId: leader })
  })

  it('is refused by whoever hears a leader', () => {
    const { cluster, leader, others } = clusterWith({ preVote: true })
    const [one] = others as [string]
    const before = cluster.notes('refusedVote').length
    cluster.sim.apply({ type: 'act', process: one, action: { type: 'campaign' } })
    cluster.run(100)
    const refusals = cluster.notes('refusedVote').slice(before)
    expect(refusals.map(({ note }) => 'why' in note && note.why)).toEqual(Array(4).fill('leaderCurrent'))
    expect(cluster.leader).toBe(leader)
  })

  it('is enough to elect a leader after a crash', () => {
    const { cluster, leader } = clusterWith({ preVote: true, checkQuorum: true })
    cluster.sim.apply({ type: 'crash', process: leader })
    cluster.until(() => cluster.leader !== null, 'a new leader')
    expect(cluster.leader).not.toBe(leader)
  })
})

describe('check-quorum (thesis §6.2, §4.2.3)', () => {
  it('lets a leader step down that no majority answers, and no other', () => {
    for (const checkQuorum of [true, false]) {
      const { cluster, leader, others } = clusterWith({ checkQuorum })
      const [with1, ...rest] = others as [string, ...string[]]
      cut(cluster, [leader, with1], rest)
      cluster.run(1_000)
      expect(cluster.server(leader).role === 'leader').toBe(!checkQuorum)
    }
    const { cluster, leader, others } = clusterWith({ checkQuorum: true })
    cut(cluster, [leader, ...others.slice(0, 2)], others.slice(2))
    cluster.run(3_000)
    expect(cluster.leader).toBe(leader)
  })

  it('lets servers pass over a request for votes, term and all, while they hear a leader', () => {
    const { cluster, leader, others } = clusterWith({ checkQuorum: true })
    const [one, two] = others as [string, string]
    const { currentTerm } = cluster.server(two)
    cluster.sim.apply({ type: 'fire', process: one, timer: 'election' })
    cluster.run(40)
    expect(cluster.server(one).currentTerm).toBe(currentTerm + 1)
    expect(cluster.server(two)).toMatchObject({ currentTerm, leaderId: leader })
  })
})

describe('leadership transfer (thesis §3.10)', () => {
  it('hands over to a follower that is brought up to date first, within a few round trips', () => {
    const { cluster, leader, others } = clusterWith({ checkQuorum: true, preVote: true })
    const [target, ...rest] = others as [string, ...string[]]
    cut(cluster, [target], [leader, ...rest])
    cluster.ask('c1', put('x', '5'), leader).run(150)
    cluster.sim.apply({ type: 'mend', links: cluster.sim.cuts() })
    cluster.sim.apply({ type: 'act', process: leader, action: { type: 'transfer', to: target } })
    cluster.run(280)
    expect(cluster.leader).toBe(target)
    expect(cluster.server(target).log.length).toBeGreaterThanOrEqual(3)
    expect(cluster.server(leader).role).toBe('follower')
    expect(cluster.watch.violations).toEqual([])
  })

  it('takes no requests meanwhile, and is given up after an election timeout', () => {
    const { cluster, leader, others } = clusterWith({ clientTimeout: ms(3_000) })
    const [target, ...rest] = others as [string, ...string[]]
    cut(cluster, [target], [leader, ...rest])
    cluster.sim.apply({ type: 'act', process: leader, action: { type: 'transfer', to: target } })
    cluster.ask(leader.replace('n', 'c'), put('x', '5'), leader).run(200)
    expect(cluster.server(leader).log.length).toBe(1)
    cluster.run(1_500)
    expect(cluster.notes('transferAborted')).toHaveLength(1)
    expect(cluster.leader).toBe(leader)
    expect(cluster.outcome(leader.replace('n', 'c'))).toMatchObject({ type: 'ok' })
  })

  it('is refused with its reason', () => {
    const { cluster, leader, others } = clusterWith({})
    const [one] = others as [string]
    const why = (process: string, to: string) => {
      cluster.sim.apply({ type: 'act', process, action: { type: 'transfer', to } })
      const last = cluster.events.findLast((event) => event.type === 'refused')
      return last?.type === 'refused' ? last.why : null
    }
    expect(why(one, leader)).toBe('only a leader can hand over its leadership')
    expect(why(leader, leader)).toBe(`${leader} leads already`)
    expect(why(leader, 'n17')).toBe('n17 is no voter')
  })
})
