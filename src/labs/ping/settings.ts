import { ms } from '../../base/units.ts'
import type { Preset, Setting } from '../../lab/definition.ts'
import type { Ping } from './types.ts'

/** What a user may set. */
export const SETTINGS: readonly Setting<Ping>[] = [
  {
    key: 'interval',
    label: 'Ping every',
    says: 'Each server pings the next one in the ring this often.',
    source: 'this lab',
    kind: { type: 'duration', min: ms(1), max: ms(60_000) },
    live: true,
  },
  {
    key: 'timeout',
    label: 'Answer within',
    says: 'A ping without an answer for this long is missed. Below the round trip, every ping is.',
    source: 'this lab',
    kind: { type: 'duration', min: ms(1), max: ms(60_000) },
    live: true,
  },
  {
    key: 'patience',
    label: 'Client waits',
    says: 'After this long without a report, the client gives up: it does not know what happened.',
    source: 'this lab',
    kind: { type: 'duration', min: ms(1), max: ms(60_000) },
    live: true,
    ofClients: true,
  },
]

export const PRESETS: readonly Preset<Ping>[] = [
  {
    name: 'calm',
    label: 'Calm',
    says: 'Nothing is lost, and every answer comes in time.',
    config: { interval: ms(500), timeout: ms(200) },
    network: { latency: { type: 'uniform', min: ms(20), max: ms(60) }, loss: 0, duplication: 0 },
  },
  {
    name: 'lossy',
    label: 'Lossy',
    says: 'One message in five is lost: servers are missed that are there.',
    config: { interval: ms(500), timeout: ms(200) },
    network: { latency: { type: 'uniform', min: ms(20), max: ms(60) }, loss: 0.2, duplication: 0.02 },
  },
]
