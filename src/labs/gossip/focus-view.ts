import type { Micros } from '../../base/units.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { Member } from './member-list.ts'
import { updateText } from './messages.ts'
import type { Standing } from './roster.ts'
import { retransmitLimit } from './timing.ts'
import { type Sent, sentBy } from './traffic.ts'
import type { Gossip } from './types.ts'

/** More of the server through whose eyes the cluster is seen. */
export interface FocusView {
  id: ProcessId
  incarnation: number
  score: number
  maxHealth: number
  known: number
  members: readonly { id: ProcessId; standing: Standing; incarnation: number; since: Micros }[]
  queue: readonly { text: string; times: number }[]
  limit: number
  suspicions: readonly SuspicionView[]
  probe: { target: ProcessId; stage: string; deadline: Micros } | null
  probes: number
  failedProbes: number
  sent: Sent
}

interface SuspicionView {
  node: ProcessId
  startedAt: Micros
  dueAt: Micros | null
  confirmations: number
  hopedFor: number
}

const MAX_MEMBERS = 200

export function viewFocus(world: World<Gossip>, id: ProcessId): FocusView | null {
  const state = world.state(id)
  if (state === null) return null
  const { incarnation, score, members, news, events, suspicions, probe, probes, tally } = state
  const config = world.configOf(id)
  const due = new Map(world.timers(id).map(({ timer, dueAt }) => [timer, dueAt]))
  return {
    id,
    incarnation,
    score,
    maxHealth: config.maxHealth,
    known: members.known,
    members: worstFirst(members.slots <= MAX_MEMBERS ? [...members.members()] : [...members.changed()]).slice(
      0,
      MAX_MEMBERS,
    ),
    queue: [...news.items, ...events.items]
      .slice(0, 40)
      .map(({ update, times }) => ({ text: updateText(update), times })),
    limit: retransmitLimit(config.retransmitMult, members.known),
    suspicions: [...suspicions].map(([node, { startedAt, confirmations, hopedFor }]) => ({
      node,
      startedAt,
      dueAt: due.get(`suspect ${node}`) ?? null,
      confirmations,
      hopedFor,
    })),
    probe: probe === null ? null : { target: probe.target, stage: probe.stage, deadline: probe.deadline },
    probes,
    failedProbes: tally.failedProbes,
    sent: sentBy(state, world.now),
  }
}

const ORDER: Record<Standing, number> = { suspect: 0, dead: 1, left: 2, alive: 3 }

function worstFirst(members: [ProcessId, Member][]): FocusView['members'] {
  return members
    .map(([id, { standing, incarnation, since }]) => ({ id, standing, incarnation, since }))
    .toSorted((x, y) => ORDER[x.standing] - ORDER[y.standing])
}
