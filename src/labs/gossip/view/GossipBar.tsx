import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { GossipView } from '../observe.ts'
import { act, gossipActions } from './actions.ts'
import { atHand, nextRumour } from './describe.ts'
import { Tool } from '../../../ui/Tool.tsx'

/** What a hand can do: start a rumour, let a server leave or join. On the server that is picked, or the first that runs. */
export function GossipBar({ view, selected, dispatch }: LabProps<GossipView>) {
  const server = atHand(view, selected)
  const about = selected ?? server?.id ?? ''
  const offered = gossipActions(view, about).filter(({ id }) => id === 'leave' || id === 'join')
  return (
    <div className="gossip-bar" role="group" aria-label="Rumours and members">
      <Tool
        className="button primary"
        disabled={server === undefined ? 'no server of the cluster runs' : null}
        onClick={() => server !== undefined && dispatch(act(server.id, { type: 'tell', rumour: nextRumour(view) }))}
      >
        <Icon name="pencil" size={14} />
        Start a rumour at {server?.id ?? 'a server'}
      </Tool>
      {offered.map(({ id, label, disabled, command }) => (
        <Tool key={id} disabled={disabled} title={SAYS[id] ?? ''} onClick={() => dispatch(command)}>
          {about}: {label.toLowerCase()}
        </Tool>
      ))}
    </div>
  )
}

const SAYS: Readonly<Record<string, string>> = {
  leave: 'It tells the others that it leaves, and nobody has to suspect it',
  join: 'It exchanges all that it believes with its seeds, the first servers of the cluster',
}
