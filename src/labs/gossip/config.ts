import { formatDuration, ms, type Micros } from '../../base/units.ts'
import type { Setting } from '../../lab/definition.ts'
import type { Gossip } from './types.ts'

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

const HOUR = ms(3_600_000)
const duration = (min: Micros, max: Micros = HOUR) => ({ type: 'duration', min, max }) as const
const count = (min: number, max: number) => ({ type: 'count', min, max }) as const
const on = { type: 'switch' } as const

export const SETTINGS: readonly Setting<Gossip>[] = [
  {
    key: 'probeInterval',
    label: 'Probe every',
    says: 'Each server pings another this often, one after the other in a shuffled order.',
    source: 'memberlist ProbeInterval: LAN 1 s, WAN 5 s, local 1 s',
    kind: duration(ms(10)),
    live: true,
    refusal: ({ probeInterval, probeTimeout }) =>
      probeInterval <= probeTimeout
        ? `It must be longer than an answer is waited for, ${formatDuration(probeTimeout)}.`
        : null,
  },
  {
    key: 'gossipInterval',
    label: 'Gossip every',
    says: 'What is still to be told goes out this often; a server with nothing to tell sends nothing.',
    source: 'memberlist GossipInterval: LAN 200 ms, WAN 500 ms, local 100 ms',
    kind: duration(ms(1)),
    live: true,
  },
  {
    key: 'gossipNodes',
    label: 'Gossip to',
    says: 'So many servers, drawn at random at each tick.',
    source: 'memberlist GossipNodes: LAN 3, WAN 4, local 3',
    kind: count(1, 20),
    live: true,
  },
  {
    key: 'probeTimeout',
    label: 'Answer within',
    says: 'After this long without an answer, others are asked to ping.',
    source: 'memberlist ProbeTimeout: LAN 500 ms, WAN 3 s, local 200 ms',
    kind: duration(ms(1)),
    live: true,
    refusal: ({ probeInterval, probeTimeout }) =>
      probeTimeout >= probeInterval
        ? `It must be shorter than the probe interval, ${formatDuration(probeInterval)}.`
        : null,
  },
  {
    key: 'indirectChecks',
    label: 'Indirect probes',
    says: 'So many servers are asked to ping one that gave no answer.',
    source: 'SWIM §4.1; memberlist IndirectChecks: LAN 3, WAN 3, local 1',
    kind: count(0, 20),
    live: true,
  },
  {
    key: 'streamProbe',
    label: 'Reliable channel too',
    says: 'One more ping goes over TCP: lost datagrams alone accuse nobody.',
    source: 'memberlist DisableTcpPings, off',
    kind: on,
    live: true,
  },
  {
    key: 'suspicionMult',
    label: 'Suspicion multiplier',
    says: 'A suspect has at least this × max(1, log10 n) × the probe interval to refute.',
    source: 'memberlist SuspicionMult: LAN 4, WAN 6, local 3',
    kind: count(1, 100),
    live: true,
  },
  {
    key: 'suspicionMaxMult',
    label: 'At most, times',
    says: 'While nobody confirms, a suspect has so many times the least.',
    source: 'Lifeguard §IV-B; memberlist SuspicionMaxTimeoutMult 6',
    kind: count(1, 100),
    live: true,
  },
  {
    key: 'dynamicSuspicion',
    label: 'Patience shrinks as others confirm',
    says: 'Lifeguard: a suspicion starts with the most time and ends with the least. Off: always the least, as in SWIM.',
    source: 'Lifeguard §IV-B (LHA-Suspicion)',
    kind: on,
    live: true,
  },
  {
    key: 'localHealth',
    label: 'Doubt oneself first',
    says: 'Lifeguard: a server whose probes fail, or that is itself accused, waits up to eight times as long before it accuses.',
    source: 'Lifeguard §IV-A (LHA-Probe)',
    kind: on,
    live: true,
  },
  {
    key: 'maxHealth',
    label: 'Health scores',
    says: 'The score of local health stays below this; the probe interval is multiplied by score + 1.',
    source: 'memberlist AwarenessMaxMultiplier 8',
    kind: count(1, 64),
    live: true,
  },
  {
    key: 'buddySystem',
    label: 'Tell the suspect first',
    says: 'Lifeguard: a ping to a suspect carries the suspicion, so that it can refute at once.',
    source: 'Lifeguard §IV-C (Buddy System)',
    kind: on,
    live: true,
  },
  {
    key: 'retransmitMult',
    label: 'Retransmit multiplier',
    says: 'An update is told at most this × ⌈log10(n + 1)⌉ times by each server.',
    source: 'memberlist RetransmitMult: LAN 4, WAN 4, local 2',
    kind: count(1, 100),
    live: true,
  },
  {
    key: 'pushPullInterval',
    label: 'Push/pull every',
    says: 'Two servers exchange all they believe this often, more rarely above 32 servers. 0: never.',
    source: 'memberlist PushPullInterval: LAN 30 s, WAN 60 s, local 15 s',
    kind: duration(0),
    live: true,
  },
  {
    key: 'gossipToTheDead',
    label: 'Gossip to the dead for',
    says: 'For this long the dead are told the news, so that they can refute; then they are forgotten.',
    source: 'memberlist GossipToTheDeadTime: LAN 30 s, WAN 60 s, local 15 s',
    kind: duration(0),
    live: true,
  },
  {
    key: 'packet',
    label: 'Bytes of a packet',
    says: 'Updates ride on a message as long as the packet has room.',
    source: 'memberlist UDPBufferSize 1400',
    kind: count(200, 65_000),
    live: true,
  },
  {
    key: 'bootstrap',
    label: 'A run begins',
    says: 'formed: all know each other. join: each knows itself and its seeds alone.',
    source: 'this lab',
    kind: { type: 'choice', among: ['formed', 'join'] },
    live: false,
  },
  {
    key: 'seeds',
    label: 'Seed servers',
    says: 'Whoever starts or joins turns to the first so many servers.',
    source: 'memberlist Join takes a list; three is usual',
    kind: count(1, 20),
    live: true,
  },
  {
    key: 'joinRetry',
    label: 'Join again after',
    says: 'If no seed answered. 0: never.',
    source: 'Consul retry_interval 30 s',
    kind: duration(0),
    live: true,
  },
  {
    key: 'leaveTimeout',
    label: 'Leave within',
    says: 'A server that leaves stays until its leave is told, but no longer than this.',
    source: 'Serf BroadcastTimeout 5 s',
    kind: duration(0),
    live: true,
  },
  {
    key: 'reconnectInterval',
    label: 'Call the lost every',
    says: 'Serf calls a server that it lost this often, forgotten or not, so that clusters find together again. 0: never.',
    source: 'Serf ReconnectInterval 30 s; memberlist alone does not',
    kind: duration(0),
    live: true,
  },
  {
    key: 'rumourMode',
    label: 'Rumours spread by',
    says: 'memberlist: on the back of messages and gossip. Or one of the classic protocols, one partner at a time.',
    source: 'Serf user events; Demers et al. 1987 §1.4',
    kind: { type: 'choice', among: ['memberlist', 'push', 'pull', 'push-pull'] },
    live: true,
  },
  {
    key: 'rumourInterval',
    label: 'Classic rumours every',
    says: 'One cycle of push, pull or push-pull.',
    source: 'Demers et al. 1987 (a cycle)',
    kind: duration(ms(1)),
    live: true,
  },
  {
    key: 'rumourInterest',
    label: 'Loses interest after',
    says: 'A classic rumour is dropped after so many partners who knew it already.',
    source: 'Demers et al. 1987 §1.4 (feedback, counter k)',
    kind: count(1, 50),
    live: true,
  },
  {
    key: 'handling',
    label: 'A message takes',
    says: 'Processing time of each message; a slow server takes a multiple.',
    source: 'this lab',
    kind: duration(0, ms(10_000)),
    live: true,
  },
]
