import { ms } from '../../base/units.ts'
import type { NetworkSettings } from '../../kernel/types.ts'
import type { Preset } from '../../lab/definition.ts'
import type { GossipConfig } from './config.ts'
import type { Gossip } from './types.ts'

const network = (min: number, max: number): Partial<NetworkSettings> => ({
  latency: { type: 'uniform', min: ms(min), max: ms(max) },
})

const LAN: Partial<GossipConfig> = {
  probeInterval: ms(1000),
  probeTimeout: ms(500),
  indirectChecks: 3,
  gossipInterval: ms(200),
  gossipNodes: 3,
  retransmitMult: 4,
  suspicionMult: 4,
  pushPullInterval: ms(30_000),
  gossipToTheDead: ms(30_000),
}

/** memberlist's three configurations, and Lifeguard on and off. */
export const presets: readonly Preset<Gossip>[] = [
  {
    name: 'lan',
    label: 'LAN',
    says: 'One data centre: 0.2–1 ms one way.',
    source: 'memberlist DefaultLANConfig',
    config: LAN,
    network: network(0.2, 1),
  },
  {
    name: 'wan',
    label: 'WAN',
    says: 'Data centres far apart: 30–120 ms one way, and five times the patience.',
    source: 'memberlist DefaultWANConfig',
    config: {
      probeInterval: ms(5000),
      probeTimeout: ms(3000),
      indirectChecks: 3,
      gossipInterval: ms(500),
      gossipNodes: 4,
      retransmitMult: 4,
      suspicionMult: 6,
      pushPullInterval: ms(60_000),
      gossipToTheDead: ms(60_000),
    },
    network: network(30, 120),
  },
  {
    name: 'local',
    label: 'Local',
    says: 'All on one machine: 20–100 µs one way.',
    source: 'memberlist DefaultLocalConfig',
    config: {
      probeInterval: ms(1000),
      probeTimeout: ms(200),
      indirectChecks: 1,
      gossipInterval: ms(100),
      gossipNodes: 3,
      retransmitMult: 2,
      suspicionMult: 3,
      pushPullInterval: ms(15_000),
      gossipToTheDead: ms(15_000),
    },
    network: network(0.02, 0.1),
  },
  {
    name: 'lecture',
    label: 'Lecture',
    says: 'The LAN’s settings over latencies that the eye can follow. This is how the lab opens.',
    config: LAN,
    network: network(20, 60),
  },
  {
    name: 'lifeguard',
    label: 'Lifeguard',
    says: 'Local health, patience that shrinks with confirmations, and the suspect is told first.',
    source: 'Lifeguard (Dadgar, Phillips, Currey 2017)',
    config: { localHealth: true, dynamicSuspicion: true, buddySystem: true },
  },
  {
    name: 'swim',
    label: 'Plain SWIM',
    says: 'The same without Lifeguard: the least patience at once, and no doubt about oneself.',
    source: 'SWIM (Das, Gupta, Motivala 2002)',
    config: { localHealth: false, dynamicSuspicion: false, buddySystem: false },
  },
]
