import type { Command as KernelCommand } from '../../../kernel/command.ts'
import type { LabTypes, ProcessId } from '../../../kernel/types.ts'
import type { Action } from '../../../ui/lab-view.ts'
import type { ConfigChange, ConfigRequest } from '../conf-change.ts'
import type { MembershipView, Refusals } from '../membership-view.ts'
import type { RaftView } from '../observe.ts'
import type { Action as RaftAction } from '../types.ts'
import type { Part } from './describe.ts'

/** What a server's menu offers about who leads and who takes part. All of it is asked of the leader. */
export function membershipActions(view: RaftView, id: ProcessId): readonly Action[] {
  if (!view.servers.some((server) => server.id === id)) return []
  const of = (deed: keyof Refusals) => whyNot(view, view.membership?.servers[id]?.[deed])
  const change = (type: ConfigChange['type'], label: string): Action => ({
    id: type,
    label,
    disabled: of(type),
    command: changeConfig(view, { op: 'simple', changes: [{ type, id }] }),
  })
  const lead: Action = {
    id: 'transfer',
    label: `Hand the leadership to ${id}`,
    disabled: of('transfer'),
    command: act(view.leader ?? id, { type: 'transfer', to: id }),
  }
  switch (partOf(view.membership, id)) {
    case 'voter':
      return [lead, change('addLearner', 'Make a learner of it'), change('remove', 'Remove from the cluster')]
    case 'learner':
      return [lead, change('addVoter', 'Promote to a voter'), change('remove', 'Remove from the cluster')]
    case 'outside':
      return [lead, change('addVoter', 'Add as a voter'), change('addLearner', 'Add as a learner')]
  }
}

/** What part a server has in the latest configuration of the leader's log; of a joint one, in the new set. */
export function partOf(membership: MembershipView | null, id: ProcessId): Part {
  if (membership === null) return 'voter'
  const { voters, learners, learnersNext } = membership.config
  if (voters.includes(id)) return 'voter'
  return learners.includes(id) || learnersNext.includes(id) ? 'learner' : 'outside'
}

/** A refusal of the leader's rules, or what comes before them; null if it can be done. */
export function whyNot(view: RaftView, refusal: string | null | undefined): string | null {
  const leader = view.servers.find(({ id }) => id === view.leader)
  if (leader === undefined) return 'nobody leads'
  return leader.status === 'up' ? (refusal ?? null) : `the leader, ${leader.id}, is ${leader.status}`
}

/** A change of the configuration, asked of the leader. */
export const changeConfig = (view: RaftView, request: ConfigRequest): KernelCommand<LabTypes> =>
  act(view.leader ?? '', { type: 'changeConfig', ...request })

const MOST_SERVERS = 9

/** A further server with its client, which asks the others to be taken in. */
export function joinServer(view: RaftView): Pick<Action, 'command' | 'also' | 'disabled'> & { id: ProcessId } {
  const number = Math.max(0, ...view.servers.map(({ id }) => Number(id.slice(1)))) + 1
  const [id, client] = [`n${number}`, `c${number}`]
  return {
    id,
    disabled: view.servers.length < MOST_SERVERS ? null : `there are ${MOST_SERVERS} servers, which is the most`,
    command: { type: 'join', process: { id, role: 'server' } },
    also: [
      { type: 'join', process: { id: client, role: 'client', beside: id } },
      act(id, { type: 'askToJoin', as: 'voter' }),
    ],
  }
}

function act(process: ProcessId, action: RaftAction): KernelCommand<LabTypes> {
  return { type: 'act', process, action }
}
