import { memo } from 'react'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { CircleView } from '../circle-view.ts'
import { wayPath } from './arcs.ts'
import { changes } from './changes.ts'
import { ownerColor } from './colours.ts'
import { spaceOf } from './space.ts'

/** Outside of the band: the stretches whose first owner will be another, in the colour of the owner to come, on their way. */
export const Coming = memo(
  function Coming({ now, then }: { now: CircleView; then: CircleView }) {
    const { layout } = useStage()
    const { centre, outer } = spaceOf(layout)
    return (
      <g className="ring-coming" transform={`translate(${centre.x} ${centre.y})`}>
        {changes(now, then).map(({ from, to, owner }) => (
          <path key={to} d={wayPath(from, to, outer + 5)} style={{ stroke: ownerColor(owner) }} />
        ))}
      </g>
    )
  },
  (a, b) => a.now.digest === b.now.digest && a.then.digest === b.then.digest,
)
