import { ms } from '../../base/units.ts'
import type { LabCore } from '../../lab/definition.ts'
import { client } from './client.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { label, size } from './messages.ts'
import { diskOf } from './cluster.ts'
import { observe } from './observe.ts'
import { ownerHue } from './owner-hue.ts'
import { server } from './server.ts'
import type { Ring } from './types.ts'
import { operationText, outcomeText } from './words.ts'
import { workload } from './workload.ts'

/** What runs and shows a run. */
export const core: LabCore<Ring> = {
  id: 'ring',
  version: '3',
  about: {
    title: 'Ring',
    says: 'Consistent hashing and a store built on it: every key on N servers, quorums, hints, siblings.',
  },
  protocol: { roles: { server, client }, size },
  defaults: {
    servers: 6,
    minServers: 1,
    maxServers: 100,
    config: DEFAULT_CONFIG,
    network: {
      latency: { type: 'uniform', min: ms(15), max: ms(35) },
      loss: 0,
      duplication: 0,
      fifo: false,
      bandwidth: 0,
    },
    disk: { sync: { type: 'uniform', min: ms(1), max: ms(3) }, lying: false },
    workload: { rate: 4, readShare: 0.5, keys: 12, distribution: 'uniform' },
    opensAt: ms(1500),
    speed: 0.1,
  },
  processes: (servers) => [
    ...numbered(servers, (i) => ({ id: `n${i}`, role: 'server' })),
    ...numbered(Math.min(3, servers), (i) => ({ id: `c${i}`, role: 'client', beside: `n${i}` })),
  ],
  workload,
  lane(world, process) {
    const member = diskOf(world, process)?.view[process]
    const hue = ownerHue(Math.max(0, world.ids('server').indexOf(process)))
    if (member === undefined) return { weight: 'thin', hue: null, label: 'client' }
    return { weight: member.status === 'normal' ? 'thin' : 'dashed', hue, label: member.status }
  },
  operationText,
  outcomeText,
  label,
  hue: () => null,
  observe,
}

const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1))
