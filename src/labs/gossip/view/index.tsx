import type { LabProps, LabView } from '../../../ui/lab-view.ts'
import { Stage } from '../../../ui/stage/Stage.tsx'
import type { GossipView } from '../observe.ts'

export const view: LabView<GossipView> = {
  Stage: GossipStage,
  Bar: () => null,
  panels: [],
  actions: () => [],
  describe: (_view, _world, id) => id,
}

function GossipStage(props: LabProps<GossipView>) {
  return (
    <Stage
      {...props}
      describe={(id) => id}
      renderServer={({ id }, { radius }) => (
        <g>
          <circle r={radius} fill="var(--panel)" stroke="var(--term-3)" />
          <text textAnchor="middle">{id}</text>
        </g>
      )}
    />
  )
}
