import { actions } from '../actions.ts'
import { heal } from './deeds.ts'
import { Icon } from '../../ui/icons.tsx'
import { Tool } from './Tool.tsx'
import { type Shown, useLabProps } from './use-shown.ts'

/** Below the stage: what a client can ask, and what can befall the network. */
export function StageTools({ shown }: { shown: Shown }) {
  const { Bar } = shown.lab.view
  const { world } = shown.frame
  const mend = heal(world)
  const busy = world.workload !== null
  const workload = busy ? null : shown.lab.engine.defaults.workload
  return (
    <div className="stage-tools" role="group" aria-label="Tools">
      <div className="stage-bar" data-bar="">
        <Bar {...useLabProps(shown)} />
      </div>
      <Tool title="Choose links to cut (X)" onClick={() => actions.openDialog('cut')}>
        <Icon name="scissors" />
        Cut the network
      </Tool>
      <Tool disabled={mend.disabled} title="Mend every cut (H)" onClick={() => actions.dispatch(mend.command)}>
        <Icon name="heal" />
        Heal
      </Tool>
      <Tool
        pressed={busy}
        title={busy ? 'Clients stop asking on their own' : 'Clients read and write on their own'}
        onClick={() => actions.dispatch({ type: 'workload', workload })}
      >
        <span className="switch-dot" />
        Workload
      </Tool>
    </div>
  )
}
