import { useStage } from '../../../ui/stage/stage-context.ts'
import type { RingLabView } from '../observe.ts'
import { angleOf, bandPath, CIRCLE } from './arcs.ts'
import { ownerColor, ownerInk } from './colours.ts'
import { spaceOf } from './space.ts'

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Keys in their own order around the circle: each first letter in the colour of the server that holds its range. */
export function Dial({ view, picked }: { view: RingLabView; picked: number }) {
  const { layout } = useStage()
  const { centre, outer, inner } = spaceOf(layout)
  const { ranges } = view
  if (ranges === null) return null
  const middle = (inner + outer) / 2
  return (
    <g className="ring-band" transform={`translate(${centre.x} ${centre.y})`} data-picked={picked >= 0 || undefined}>
      {ranges.map((owner, i) => {
        const from = (i / 36) * CIRCLE
        const to = ((i + 1) / 36) * CIRCLE
        const half = angleOf((from + to) / 2)
        return (
          <g key={LETTERS[i]} data-owner={view.servers[owner]?.id} data-on={picked === owner || undefined}>
            <path
              d={bandPath({ from, to }, inner, outer)}
              style={{ fill: ownerColor(owner), stroke: 'var(--stage)' }}
            />
            <text x={Math.cos(half) * middle} y={Math.sin(half) * middle + 4} style={{ fill: ownerInk(owner) }}>
              {LETTERS[i]}
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** Where a key lies on the dial: by its first letter, and within it by its second. */
export function dialPlace(key: string): number {
  const second = rank(key[1] ?? '0')
  return ((rank(key[0] ?? '0') + (second + 0.5) / 36) / 36) * CIRCLE
}

/** As the engine has it: what is neither letter nor digit lies at the nearer end. */
function rank(letter: string): number {
  const place = LETTERS.indexOf(letter.toLowerCase())
  return place >= 0 ? place : letter < '0' ? 0 : 9
}
