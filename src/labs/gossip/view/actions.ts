import type { Command } from '../../../kernel/command.ts'
import type { LabTypes, ProcessId } from '../../../kernel/types.ts'
import type { Action } from '../../../ui/lab-view.ts'
import type { GossipView, ServerView } from '../observe.ts'
import type { Action as Hand } from '../types.ts'
import { nextRumour, serverOf } from './describe.ts'

export const act = (process: ProcessId, action: Hand): Command<LabTypes> => ({ type: 'act', process, action })

/** What a click on a server offers beyond what every lab offers. */
export function gossipActions(view: GossipView, id: ProcessId): readonly Action[] {
  const server = serverOf(view, id)
  if (server === undefined) return []
  const rumour = nextRumour(view)
  const gone = whyNot(server)
  const leaves = server.phase === 'leaving' ? `${id} is leaving` : null
  return [
    { id: 'tell', label: `Start rumour ${rumour} here`, disabled: gone, command: act(id, { type: 'tell', rumour }) },
    { id: 'probe', label: 'Probe now', disabled: gone, command: act(id, { type: 'probeNow' }) },
    { id: 'leave', label: 'Leave', disabled: gone ?? leaves, command: act(id, { type: 'leave' }) },
    {
      id: 'join',
      label: server.phase === 'left' ? 'Join again' : 'Rejoin by its seeds',
      disabled: server.status !== 'up' ? `${id} is ${server.status}` : leaves,
      command: act(id, { type: 'join' }),
    },
  ]
}

function whyNot({ id, status, phase }: ServerView): string | null {
  if (status !== 'up') return `${id} is ${status}`
  return phase === 'left' ? `${id} has left` : null
}
