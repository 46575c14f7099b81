import { ms } from '../../base/units.ts'
import type { Lab } from '../../lab/definition.ts'
import { client } from './client.ts'
import { DEFAULT_CONFIG, PRESETS, SETTINGS } from './config.ts'
import { label, size } from './messages.ts'
import { mistakes } from './mistakes.ts'
import { monitors } from './monitors.ts'
import { observe } from './observe.ts'
import { predicates } from './predicates.ts'
import { server } from './server.ts'
import { outcomeText, story } from './story.ts'
import type { Ping } from './types.ts'
import { verbs } from './verbs.ts'

export const lab: Lab<Ping> = {
  id: 'ping',
  version: '1',
  about: {
    title: 'Ping',
    says: 'Servers in a ring ask each other whether they are there: the smallest whole lab.',
    firstSteps: [
      {
        text: 'Click a2, then Crash: a1 soon misses its answers.',
        command: 'crash',
        told: /has no answer from/,
      },
      {
        text: 'Cut one direction of a link: who misses answers now, and who does not?',
        command: 'cut',
        told: /(\w+) has no answer from (\w+)/,
        closes: '$1 misses the answers of $2: a ping needs both directions.',
      },
    ],
    firstStepsNeed: 2,
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
  settings: SETTINGS,
  presets: PRESETS,
  monitors,
  mistakes,
  predicates,
  verbs,
  aliases: {},
  workload: () => ({ type: 'pingNow' }),
  story,
  lane: () => ({ weight: 'thin', hue: null, label: 'running' }),
  operationText: ({ via }) => `ping ${via ?? 'now'}`,
  outcomeText,
  label,
  hue: () => null,
  observe,
}

const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1))
