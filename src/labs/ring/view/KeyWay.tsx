import { useStage } from '../../../ui/stage/stage-context.ts'
import type { CircleView } from '../circle-view.ts'
import type { KeyView } from '../key-view.ts'
import type { RingLabView } from '../observe.ts'
import { angleOf, tokenAt, wayPath } from './arcs.ts'
import { ownerColor, ownerInk } from './colours.ts'
import { dialPlace } from './Dial.tsx'
import { dotPlace } from './KeyDots.tsx'
import { usePick } from './pick.ts'
import { spaceOf } from './space.ts'
import { standingOf } from './standing.ts'

/** The way of the key under the eye: clockwise from its place over the first token of each of its owners, and to them. */
export function KeyWay({ view }: { view: RingLabView }) {
  const { layout } = useStage()
  const { key: picked, hovered } = usePick()
  const found = view.keys.find((one) => one.key === (hovered ?? picked))
  if (found === undefined) return null
  const key = view.ranges === null ? found : { ...found, place: dialPlace(found.key) }
  const space = spaceOf(layout)
  const { centre, inner, outer } = space
  const middle = (inner + outer) / 2
  const index = new Map(view.servers.map(({ id }, i) => [id, i]))
  const stops = view.circle === null ? [] : stopsOf(key, view.circle, index)
  const end = stops.reduce((far, stop) => Math.max(far, stop.steps), -1)
  const last = stops.find(({ steps }) => steps === end)
  const dot = dotPlace(key, space)
  return (
    <g className="ring-way" transform={`translate(${centre.x} ${centre.y})`}>
      {last !== undefined && <path className="ring-way-line" d={wayPath(key.place, last.place, middle)} />}
      {key.owners.map((id, i) => {
        const to = layout.places.get(id) ?? centre
        const stop = stops[i]
        const from = stop === undefined ? dot : { x: Math.cos(stop.angle) * middle, y: Math.sin(stop.angle) * middle }
        return (
          <line
            key={`${id} ${i.toString()}`}
            className="ring-way-spoke"
            data-standing={standingOf(key, id, view.lastWrite)}
            x1={from.x}
            y1={from.y}
            x2={to.x - centre.x}
            y2={to.y - centre.y}
            style={{ stroke: ownerColor(index.get(id) ?? 0) }}
          />
        )
      })}
      {stops.map(({ owner, angle }, i) => (
        <g key={angle} transform={`translate(${Math.cos(angle) * middle} ${Math.sin(angle) * middle})`}>
          <circle className="ring-way-stop" r={9} style={{ fill: ownerColor(owner) }} />
          <text y={4} style={{ fill: ownerInk(owner) }}>
            {i + 1}
          </text>
        </g>
      ))}
      <circle className="ring-way-key" cx={dot.x} cy={dot.y} r={7} />
    </g>
  )
}

interface Stop {
  owner: number
  place: number
  angle: number
  /** How many tokens on from the key's own. */
  steps: number
}

/** Where each owner is met first. By mistake one may stand in the list twice, and is met again at its next token. */
function stopsOf({ place, owners }: KeyView, circle: CircleView, index: ReadonlyMap<string, number>): Stop[] {
  const count = circle.at.length
  if (count === 0) return []
  const first = tokenAt(circle, place)
  const used = new Set<number>()
  return owners.flatMap((id) => {
    for (let steps = 0; steps < count; steps++) {
      const token = (first + steps) % count
      if (used.has(token) || circle.owner[token] !== index.get(id)) continue
      used.add(token)
      const at = circle.at[token] as number
      return [{ owner: circle.owner[token] as number, place: at, angle: angleOf(at), steps }]
    }
    return []
  })
}
