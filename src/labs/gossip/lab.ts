import { ms } from '../../base/units.ts'
import type { Lab } from '../../lab/definition.ts'
import { DEFAULT_CONFIG, SETTINGS } from './config.ts'
import { lane } from './lane.ts'
import { digest, label, type Message, size } from './messages.ts'
import { mistakes } from './mistakes.ts'
import { monitors } from './monitors/index.ts'
import { observe } from './observe.ts'
import { predicates } from './predicates.ts'
import { presets } from './presets.ts'
import { server } from './server.ts'
import { actionText, story } from './story.ts'
import type { Gossip } from './types.ts'
import { verbs } from './verbs.ts'

export const lab: Lab<Gossip> = {
  id: 'gossip',
  version: '2',
  about: {
    title: 'Gossip',
    says: 'Who is there? Servers find crashes and spread the news by rumour: SWIM as memberlist runs it, with Lifeguard.',
    firstSteps: [
      {
        text: 'Click g5, then Crash: the others find out by themselves.',
        command: 'crash',
        told: /believe that (\w+) is dead/,
        meanwhile: 'Somebody probes it, has no answer, asks others, and suspects it. It has some seconds to refute.',
      },
      {
        text: 'Drag a stroke around three servers to cut them off from the others.',
        command: 'cut',
        told: /declares (\w+) dead/,
        meanwhile: 'Each side suspects the other.',
      },
      {
        text: 'Heal: the dead are still told the news, and refute it.',
        command: 'mend',
        told: /refutes .* it is alive in incarnation (\d+)/,
        closes: 'A higher incarnation, here $1, beats what was said before.',
      },
    ],
    firstStepsNeed: 7,
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
  settings: SETTINGS,
  presets,
  monitors,
  mistakes,
  predicates,
  verbs,
  aliases: {},
  workload: (_random, n) => ({ type: 'tell', rumour: `e${n + 1}` }),
  story,
  actionText,
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
