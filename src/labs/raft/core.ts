import { ms } from '../../base/units.ts'
import type { LabCore } from '../../lab/definition.ts'
import { client } from './client.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { lane } from './lane.ts'
import { digest, type Message, size } from './messages.ts'
import { observe } from './observe.ts'
import { server } from './server.ts'
import type { Raft } from './types.ts'
import { label, operationText, outcomeText } from './words.ts'
import { workload } from './workload.ts'

/** What runs and shows a run. */
export const core: LabCore<Raft> = {
  id: 'raft',
  version: '3',
  about: {
    title: 'Raft',
    says: 'A replicated log under a leader that its servers elect (Ongaro & Ousterhout 2014).',
  },
  protocol: { roles: { server, client }, size, digest },
  defaults: {
    servers: 5,
    minServers: 1,
    maxServers: 9,
    config: DEFAULT_CONFIG,
    network: {
      latency: { type: 'uniform', min: ms(20), max: ms(30) },
      loss: 0,
      duplication: 0,
      fifo: true,
      bandwidth: 0,
    },
    disk: { sync: { type: 'uniform', min: ms(2), max: ms(6) }, lying: false },
    workload: { rate: 15, readShare: 0.4, keys: 3, distribution: 'uniform' },
    opensAt: ms(450),
    speed: 0.05,
  },
  processes: (servers) => [
    ...numbered(servers, (i) => ({ id: `n${i}`, role: 'server' })),
    ...numbered(servers, (i) => ({ id: `c${i}`, role: 'client', beside: `n${i}` })),
  ],
  workload,
  lane,
  operationText,
  outcomeText,
  label,
  hue: (message: Message) => ('term' in message ? message.term : null),
  observe,
}

const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1))
