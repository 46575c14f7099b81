import type { Command as KernelCommand } from '../../../kernel/command.ts'
import type { LabTypes, ProcessId } from '../../../kernel/types.ts'
import type { Action, Offers } from '../../../ui/lab-view.ts'
import type { RaftView, ServerView } from '../observe.ts'
import type { Command } from '../store.ts'
import { clientBeside, invoke, problemOf, READ_NAMES } from './actions.ts'
import { currentDraft } from './draft.ts'
import { membershipActions } from './membership-actions.ts'

/** What a click on a server offers beyond what every lab offers. */
export const serverActions: Offers<RaftView> = (view, id) => [raftActions(view, id), membershipActions(view, id)]

/** What can be asked of a server itself, and of the client beside it. */
function raftActions(view: RaftView, id: ProcessId): readonly Action[] {
  const server = view.servers.find((s) => s.id === id)
  if (server === undefined) return []
  const { key, value, mode } = currentDraft()
  const client = clientBeside(view, id)
  const command = (what: Command): KernelCommand<LabTypes> => invoke(client ?? id, what, id, mode)
  const noClient = client === null ? `no client stands beside ${id}` : null
  const noWrite =
    noClient ?? (problemOf({ type: 'put', key, value }) === null ? null : 'the bar below has no valid write')
  return [
    {
      id: 'timeout',
      label: 'Time out now, and campaign',
      disabled: whyNoTimeout(server),
      command: { type: 'fire', process: id, timer: 'election' },
    },
    {
      id: 'write',
      label: `Write ${key} = ${value} here`,
      disabled: noWrite,
      command: command({ type: 'put', key, value }),
    },
    {
      id: 'read',
      label: `Read ${key} here${mode === null ? '' : ` (${READ_NAMES[mode]})`}`,
      disabled: noClient,
      command: command({ type: 'get', key }),
    },
  ]
}

function whyNoTimeout({ id, status, role }: ServerView): string | null {
  if (status !== 'up') return `${id} is ${status}`
  return role === 'leader' ? `${id} leads: a leader has no election timeout` : null
}
