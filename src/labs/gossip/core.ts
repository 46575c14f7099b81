import { ms } from '../../base/units.ts'
import type { LabCore } from '../../lab/definition.ts'
import { DEFAULT_CONFIG } from './config.ts'
import { lane } from './lane.ts'
import { digest, label, type Message, size } from './messages.ts'
import { observe } from './observe.ts'
import { server } from './server.ts'
import type { Gossip } from './types.ts'

/** What runs and shows a run. */
export const core: LabCore<Gossip> = {
  id: 'gossip',
  version: '2',
  about: {
    title: 'Gossip',
    says: 'Who is there? Servers find crashes and spread the news by rumour: SWIM as memberlist runs it, with Lifeguard.',
  },
  protocol: { roles: { server }, size, digest },
  defaults: {
    servers: 12,
    minServers: 2,
    maxServers: 10_000,
    config: DEFAULT_CONFIG,
    network: {
      latency: { type: 'uniform', min: ms(20), max: ms(60) },
      loss: 0,
      duplication: 0,
      fifo: false,
      bandwidth: 0,
    },
    disk: { sync: { type: 'constant', value: 0 }, lying: false },
    workload: { rate: 0.5, readShare: 0, keys: 1, distribution: 'uniform' },
    opensAt: ms(1500),
    speed: 0.25,
  },
  processes: (servers) => Array.from({ length: servers }, (_, i) => ({ id: `g${i + 1}`, role: 'server' })),
  workload: (_random, n) => ({ type: 'tell', rumour: `e${n + 1}` }),
  lane,
  operationText: ({ rumour }) => `tell ${rumour}`,
  outcomeText: ({ type }) => ({ text: type === 'told' ? 'spreading' : 'known already', verdict: 'ok' }),
  label,
  hue: hueOf,
  observe,
}

/** By what a message is for: probing, its answers, help, gossip, everything at once. */
function hueOf(message: Message): number {
  switch (message.type) {
    case 'Ping':
    case 'Ack':
      return 1
    case 'IndirectPing':
    case 'Nack':
    case 'StreamPing':
    case 'StreamAck':
      return 5
    case 'Gossip':
    case 'Rumours':
    case 'Feedback':
      return 3
    case 'PushPull':
      return 4
  }
}
