import { ms } from '../../base/units.ts'
import type { LabCore } from '../../lab/definition.ts'
import { client } from './client.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { label, size } from './messages.ts'
import { observe } from './observe.ts'
import { server } from './server.ts'
import { outcomeText } from './story.ts'
import type { Ping } from './types.ts'

/** What runs and shows a run. */
export const core: LabCore<Ping> = {
  id: 'ping',
  version: '1',
  about: {
    title: 'Ping',
    says: 'Servers in a ring ask each other whether they are there: the smallest whole lab.',
  },
  protocol: { roles: { server, client }, size },
  defaults: {
    servers: 3,
    minServers: 2,
    maxServers: 12,
    config: DEFAULT_CONFIG,
    network: {
      latency: { type: 'uniform', min: ms(20), max: ms(60) },
      loss: 0.02,
      duplication: 0.02,
      fifo: false,
      bandwidth: 0,
    },
    disk: { sync: { type: 'constant', value: ms(2) }, lying: false },
    workload: { rate: 2, readShare: 1, keys: 1, distribution: 'uniform' },
    opensAt: ms(1000),
    speed: 0.1,
  },
  processes: (servers) => [
    ...numbered(servers, (i) => ({ id: `a${i}`, role: 'server' })),
    ...numbered(servers, (i) => ({ id: `c${i}`, role: 'client', beside: `a${i}` })),
  ],
  workload: () => ({ type: 'pingNow' }),
  lane: () => ({ weight: 'thin', hue: null, label: 'running' }),
  operationText: ({ via }) => `ping ${via ?? 'now'}`,
  outcomeText,
  label,
  hue: () => null,
  observe,
}

const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1))
