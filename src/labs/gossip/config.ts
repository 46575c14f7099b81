import { ms, type Micros } from '../../base/units.ts'

/** All times are microseconds of a server's own clock. */
export interface GossipConfig {
  probeInterval: Micros
  probeTimeout: Micros
  /** Servers asked to ping for one whose own ping has no answer. */
  indirectChecks: number
  /** At the same time, ask once over the reliable channel. */
  streamProbe: boolean
  gossipInterval: Micros
  gossipNodes: number
  retransmitMult: number
  suspicionMult: number
  suspicionMaxMult: number
  /** 0 for never. */
  pushPullInterval: Micros
  gossipToTheDead: Micros
  /** Lifeguard's three parts. */
  localHealth: boolean
  dynamicSuspicion: boolean
  buddySystem: boolean
  maxHealth: number
  /** Bytes of a packet. */
  packet: number
  /** How a run begins. */
  bootstrap: 'formed' | 'join'
  seeds: number
  /** 0 for never. */
  joinRetry: Micros
  leaveTimeout: Micros
  /** 0 for never. */
  reconnectInterval: Micros
  rumourMode: 'memberlist' | 'push' | 'pull' | 'push-pull'
  rumourInterval: Micros
  rumourInterest: number
  /** What a message costs its receiver; a slow server takes longer. */
  handling: Micros
  mistakes: Readonly<Record<MistakeName, boolean>>
}

export const MISTAKES = [
  'noRefutation',
  'noIndirectProbes',
  'raiseOthers',
  'pushPullKills',
  'noRetransmitLimit',
  'probeAtRandom',
  'believeOldNews',
  'waitForConfirmation',
] as const
export type MistakeName = (typeof MISTAKES)[number]

export const noMistakes = Object.fromEntries(MISTAKES.map((name) => [name, false])) as Record<MistakeName, boolean>

/** memberlist's DefaultLANConfig (`config.go`). */
export const DEFAULT_CONFIG: GossipConfig = {
  probeInterval: ms(1000),
  probeTimeout: ms(500),
  indirectChecks: 3,
  streamProbe: true,
  gossipInterval: ms(200),
  gossipNodes: 3,
  retransmitMult: 4,
  suspicionMult: 4,
  suspicionMaxMult: 6,
  pushPullInterval: ms(30_000),
  gossipToTheDead: ms(30_000),
  localHealth: true,
  dynamicSuspicion: true,
  buddySystem: true,
  maxHealth: 8,
  packet: 1400,
  bootstrap: 'formed',
  seeds: 3,
  joinRetry: ms(30_000),
  leaveTimeout: ms(5000),
  reconnectInterval: 0,
  rumourMode: 'memberlist',
  rumourInterval: ms(200),
  rumourInterest: 2,
  handling: 0,
  mistakes: noMistakes,
}
