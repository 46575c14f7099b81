import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { Cluster } from './cluster.testing.ts'
import { DEFAULT_CONFIG } from './config.ts'
import type { Command } from './store.ts'

const put = (key: string, value: string) => ({ type: 'put', key, value }) as const
const READ = { type: 'get', key: 'x' } as const

/** A client that asks n1 before anybody leads and soon gives up; its link to the server holds what it sends. */
function impatient(command: Command, clientTimeout = ms(100)): Cluster {
  const cluster = new Cluster(3, { config: { ...DEFAULT_CONFIG, clientTimeout } })
  hold(cluster, 'c1', 'n1', true)
  return cluster.ask('c1', command, 'n1').run(30)
}

function hold(cluster: Cluster, from: ProcessId, to: ProcessId, held: boolean): void {
  cluster.sim.apply({ type: 'link', link: { from, to }, settings: { hold: held } })
}

const lay = (cluster: Cluster, id: string, hand: 'deliver' | 'duplicate'): void => {
  cluster.sim.apply({ type: 'message', id, do: hand })
}

describe('a client that gives up', () => {
  it('does not know of a write, though its server refused: a copy of the request may find it leading', () => {
    const cluster = impatient(put('x', '1'))
    lay(cluster, 'c1>n1#1', 'duplicate')
    lay(cluster, 'c1>n1#1', 'deliver')
    cluster.run(100)
    expect(cluster.outcome('c1')).toEqual({ type: 'unknown', why: 'every server that was asked refused' })
    cluster.sim.apply({ type: 'fire', process: 'n1', timer: 'election' })
    expect(cluster.elect()).toBe('n1')
    hold(cluster, 'c1', 'n1', false)
    cluster.run(300)
    expect(cluster.server('n1').store.values.get('x')).toBe('1')
    expect(cluster.watch.violations).toEqual([])
  })

  it('does not take a doubled refusal of one server for the refusals of two', () => {
    const cluster = impatient(READ, ms(400))
    hold(cluster, 'c1', 'n2', true)
    hold(cluster, 'n1', 'c1', true)
    cluster.until(() => cluster.notes('askedAgain').length === 1, 'that it asks the next server')
    lay(cluster, 'c1>n1#1', 'deliver')
    cluster.run(30)
    lay(cluster, 'n1>c1#1', 'duplicate')
    hold(cluster, 'n1', 'c1', false)
    cluster.until(() => cluster.outcome('c1') !== null, 'that it gives up')
    expect(cluster.outcome('c1')).toEqual({ type: 'unknown', why: 'no answer in time; last asked n2' })
  })

  it('says that a read failed if every server that was asked refused, and that it does not know if one said nothing', () => {
    const refused = impatient(READ)
    hold(refused, 'c1', 'n1', false)
    expect(refused.run(100).outcome('c1')).toMatchObject({ type: 'failed' })
    expect(impatient(READ).run(100).outcome('c1')).toMatchObject({ type: 'unknown' })
  })
})
