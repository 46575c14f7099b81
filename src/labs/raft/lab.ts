import { ms } from '../../base/units.ts'
import type { Lab } from '../../lab/definition.ts'
import { client } from './client.ts'
import { DEFAULT_CONFIG, SETTINGS } from './config.ts'
import { linearizable } from '../../check/linearizable.ts'
import { history } from './history-model.ts'
import { digest, type Message, size } from './messages.ts'
import { metrics } from './metrics.ts'
import { mistakes } from './mistakes.ts'
import { monitors } from './monitors/index.ts'
import { presets } from './presets.ts'
import { atOnce } from './timers.ts'
import { contents } from './contents.ts'
import { aliases } from './aliases.ts'
import { observe, operationText } from './observe.ts'
import { predicates } from './predicates.ts'
import { server } from './server.ts'
import { lane } from './lane.ts'
import { actionText, outcomeText, story } from './story.ts'
import type { Raft } from './types.ts'
import { verbs } from './verbs.ts'
import { workload } from './workload.ts'

export const lab: Lab<Raft> = {
  id: 'raft',
  version: '3',
  about: {
    title: 'Raft',
    says: 'A replicated log under a leader that its servers elect (Ongaro & Ousterhout 2014).',
    firstSteps: [
      {
        text: 'Click {leader}, then Crash: the others elect a new leader.',
        command: 'crash',
        told: /wins term/,
        meanwhile: 'Watch the arcs: the server whose arc runs out first asks the others for their votes.',
      },
      {
        text: 'Write a value with the bar below, and watch it spread.',
        command: 'invoke',
        meanwhile: 'The leader sends it to all. The client has its answer once a majority holds it.',
      },
      { text: 'Drag a stroke around {leader} to cut it off from the others.', command: 'cut' },
      {
        text: 'Write on both sides of the cut, then Heal, and see which write survives.',
        command: 'mend',
        told: /drops entr.* \((.+)\): (no majority held (?:it|them))/,
        closes: '$1 was lost: $2.',
      },
    ],
    firstStepsNeed: 3,
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
  settings: SETTINGS,
  presets,
  atOnce,
  contents,
  history,
  monitors: [...monitors, linearizable(history)],
  metrics,
  mistakes,
  predicates,
  verbs,
  aliases,
  workload,
  story,
  actionText,
  lane,
  operationText,
  outcomeText,
  label: (message: Message) =>
    'voteGranted' in message && !message.voteGranted ? `no ${LABELS[message.type]}` : LABELS[message.type],
  hue: (message: Message) => ('term' in message ? message.term : null),
  observe,
}

const LABELS: Record<Message['type'], string> = {
  RequestVote: 'RequestVote',
  RequestVoteReply: 'vote',
  AppendEntries: 'AppendEntries',
  AppendEntriesReply: 'ack',
  PreVote: 'PreVote',
  PreVoteReply: 'pre-vote',
  TimeoutNow: 'TimeoutNow',
  ReadIndex: 'ReadIndex',
  ReadIndexReply: 'index',
  ClientRequest: 'request',
  ClientReply: 'answer',
  NotLeader: 'not leader',
  InstallSnapshot: 'InstallSnapshot',
  InstallSnapshotReply: 'snapshot ack',
  JoinRequest: 'join',
  JoinReply: 'join reply',
}

const numbered = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1))
