import { ms } from '../../base/units.ts'
import type { Preset } from '../../lab/definition.ts'
import type { NetworkSettings } from '../../kernel/types.ts'
import type { Raft } from './types.ts'

const LECTURE_CONFIG = { electionTimeoutMin: ms(150), electionTimeoutMax: ms(300), heartbeatInterval: ms(60) }
const LECTURE_DISK = { sync: { type: 'uniform', min: ms(2), max: ms(6) } } as const

const network = (min: number, max: number, loss = 0, duplication = 0): Partial<NetworkSettings> => ({
  latency: { type: 'uniform', min: ms(min), max: ms(max) },
  loss,
  duplication,
})

/** Settings that go together: an election timeout must be well above a round trip, and a heartbeat well below it. */
export const presets: readonly Preset<Raft>[] = [
  {
    name: 'lan',
    label: 'LAN',
    says: 'One data centre: 0.2–1 ms one way, and the paper’s own timeouts.',
    source: 'Raft paper §5.6, §9.3',
    config: { electionTimeoutMin: ms(150), electionTimeoutMax: ms(300), heartbeatInterval: ms(50) },
    network: network(0.2, 1),
    disk: { sync: { type: 'uniform', min: ms(0.5), max: ms(2) } },
  },
  {
    name: 'wan',
    label: 'WAN',
    says: 'Across a continent: 30–40 ms one way, and timeouts to match.',
    source: 'Raft thesis §9',
    config: { electionTimeoutMin: ms(300), electionTimeoutMax: ms(600), heartbeatInterval: ms(100) },
    network: network(30, 40),
    disk: LECTURE_DISK,
  },
  {
    name: 'lecture',
    label: 'Lecture',
    says: 'Latencies that the eye can follow at 0.05×. This is how the lab opens.',
    config: LECTURE_CONFIG,
    network: network(20, 30),
    disk: LECTURE_DISK,
  },
  {
    name: 'lossy',
    label: 'Lossy',
    says: 'As in the lecture, but 10 % of the messages are lost and 5 % come twice.',
    config: LECTURE_CONFIG,
    network: network(20, 30, 0.1, 0.05),
    disk: LECTURE_DISK,
  },
  {
    name: 'slow-disk',
    label: 'Slow disk',
    says: 'As in the lecture, but a sync takes 20–60 ms: nobody votes or acknowledges before it.',
    config: LECTURE_CONFIG,
    network: network(20, 30),
    disk: { sync: { type: 'uniform', min: ms(20), max: ms(60) } },
  },
]
