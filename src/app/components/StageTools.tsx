import { memo } from 'react'
import type { Workload } from '../../kernel/types.ts'
import type { WorldView } from '../../lab/world-view.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { hold } from '../hand/hold.ts'
import { heal } from './heal.ts'
import { Icon } from '../../ui/icons.tsx'
import { Tool } from './Tool.tsx'
import { type Shown, useLabProps } from './use-shown.ts'
import './workload.css'

/** Below the stage: what a client can ask, and what can befall the network. */
export function StageTools({ shown }: { shown: Shown }) {
  const { Bar } = shown.lab.view
  const { cuts, network, workload } = shown.frame.world
  return (
    <div className="stage-tools" role="group" aria-label="Tools">
      <div className="stage-bar" data-bar="">
        <Bar {...useLabProps(shown)} />
      </div>
      <NetworkTools
        cuts={cuts}
        holds={network.hold === true}
        busy={workload !== null}
        usual={shown.lab.engine.defaults.workload}
      />
    </div>
  )
}

interface NetworkToolsProps {
  cuts: WorldView['cuts']
  holds: boolean
  /** Whether clients ask on their own. */
  busy: boolean
  /** How they ask unless somebody has said otherwise. */
  usual: Workload
}

/** The same for many pictures. */
const NetworkTools = memo(function NetworkTools({ cuts, holds, busy, usual }: NetworkToolsProps) {
  const mend = heal({ cuts })
  const mix = useStore((s) => s.mix)
  const workload = busy ? null : (mix ?? usual)
  return (
    <>
      <Tool label="Cut the network" title="Choose links to cut (X)" onClick={() => actions.openDialog('cut')}>
        <Icon name="scissors" />
        Cut<span className="tool-word"> the network</span>
      </Tool>
      <Tool disabled={mend.disabled} title="Mend every cut (H)" onClick={() => actions.dispatch(mend.command)}>
        <Icon name="heal" />
        Heal
      </Tool>
      <span className="workload-pair">
        <Tool
          label="Hold messages"
          pressed={holds}
          title="What arrives waits at its receiver until you let it in, by hand and in any order"
          onClick={() => {
            hold(!holds)
            if (!holds) actions.openDialog('hand')
          }}
        >
          <span className="switch-dot" />
          Hold<span className="tool-word"> messages</span>
        </Tool>
        {holds && (
          <Tool
            className="icon-button workload-more"
            label="Messages in hand"
            title="What waits, and the timers (M)"
            onClick={() => actions.openDialog('hand')}
          >
            <Icon name="more" />
          </Tool>
        )}
      </span>
      <span className="workload-pair">
        <Tool
          pressed={busy}
          title={busy ? 'Clients stop asking on their own' : 'Clients ask on their own'}
          onClick={() => actions.dispatch({ type: 'workload', workload })}
        >
          <span className="switch-dot" />
          Workload
        </Tool>
        <Tool
          className="icon-button workload-more"
          label="Workload settings"
          title="Rate, reads, keys"
          onClick={() => actions.openDialog('workload')}
        >
          <Icon name="more" />
        </Tool>
      </span>
    </>
  )
})
