import { memo } from 'react'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { CircleView } from '../circle-view.ts'
import { angleOf, bandPath, CIRCLE, stretches } from './arcs.ts'
import { ownerColor, ownerInk } from './colours.ts'
import { spaceOf } from './space.ts'

/** An arc of so many units has room for a name. */
const ROOM = 30

/** The circle of tokens: every stretch in the colour of the server that the lookup gives its keys to. */
export const Band = memo(
  function Band({ circle, names, picked }: { circle: CircleView; names: string; picked: number }) {
    const { layout } = useStage()
    const { centre, outer, inner } = spaceOf(layout)
    const middle = (inner + outer) / 2
    const servers = names.split(' ')
    const gap = Math.min(0.75, (outer * Math.PI) / circle.at.length / 8)
    return (
      <g className="ring-band" transform={`translate(${centre.x} ${centre.y})`} data-picked={picked >= 0 || undefined}>
        {stretches(circle).map(({ from, to, owner }) => {
          const length = ((to - from + CIRCLE) % CIRCLE || CIRCLE) / CIRCLE
          const half = angleOf(from) + length * Math.PI
          const name = length * 2 * Math.PI * middle > ROOM && outer - inner > 14 ? servers[owner] : undefined
          return (
            <g key={to} data-owner={servers[owner]} data-on={picked === owner || undefined}>
              <path
                d={bandPath({ from, to }, inner, outer)}
                style={{ fill: ownerColor(owner), stroke: 'var(--stage)', strokeWidth: gap }}
              />
              {name !== undefined && (
                <text x={Math.cos(half) * middle} y={Math.sin(half) * middle + 4} style={{ fill: ownerInk(owner) }}>
                  {name}
                </text>
              )}
            </g>
          )
        })}
      </g>
    )
  },
  (a, b) => a.circle.digest === b.circle.digest && a.names === b.names && a.picked === b.picked,
)
