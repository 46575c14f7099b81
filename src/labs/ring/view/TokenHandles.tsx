import { type PointerEvent, useState } from 'react'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { RingLabView } from '../observe.ts'
import { act } from './actions.ts'
import { angleOf, placeAt, wayPath } from './arcs.ts'
import { ownerColor } from './colours.ts'
import { spaceOf } from './space.ts'

/** More tokens than this are no handles for a hand; the panel of a server moves any. */
const MOST = 240

/** A handle on each token, to be dragged along the circle; the same is in the panel of its server, for the keyboard. */
export function TokenHandles({ view, dispatch }: Pick<LabProps<RingLabView>, 'view' | 'dispatch'>) {
  const { layout, scale } = useStage()
  const { centre, inner, outer } = spaceOf(layout)
  const [drag, setDrag] = useState<{ token: number; to: number } | null>(null)
  const { circle } = view
  if (circle === null || circle.at.length > MOST) return null
  const size = Math.max(3, Math.min(9, (outer * Math.PI) / circle.at.length))

  const placeOf = (event: PointerEvent<SVGElement>): number => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
    const x = (event.clientX - (box?.x ?? 0)) / scale - centre.x
    const y = (event.clientY - (box?.y ?? 0)) / scale - centre.y
    return placeAt(Math.atan2(y, x))
  }
  const drop = (token: number, owner: number) => {
    const id = view.servers[owner]?.id
    if (drag !== null && drag.to !== token && id !== undefined)
      dispatch(act(id, { type: 'moveToken', token, to: drag.to }))
    setDrag(null)
  }
  return (
    <g className="ring-handles" transform={`translate(${centre.x} ${centre.y})`}>
      {Array.from(circle.at, (token, i) => {
        const owner = circle.owner[i] as number
        const server = view.servers[owner]
        const angle = angleOf(token)
        const up = server?.status === 'up'
        return (
          <g
            key={`${token} ${owner}`}
            className="ring-handle"
            data-token={token}
            data-owner={server?.id}
            data-fixed={!up || undefined}
            transform={`rotate(${(angle * 180) / Math.PI})`}
            onPointerDown={(event) => {
              event.stopPropagation()
              if (!up || event.button !== 0) return
              event.currentTarget.setPointerCapture(event.pointerId)
              setDrag({ token, to: token })
            }}
            onPointerMove={(event) => drag?.token === token && setDrag({ token, to: placeOf(event) })}
            onPointerUp={() => drag?.token === token && drop(token, owner)}
            onPointerCancel={() => setDrag(null)}
          >
            <title>{`Token of ${server?.id}; ${up ? 'drag it along the circle' : `${server?.id} is ${server?.status}`}`}</title>
            <circle cx={outer} r={size} />
            <path d={`M${inner} 0H${outer}`} />
          </g>
        )
      })}
      {drag !== null && <Ghost {...drag} color={ownerColor(ownerOf(circle, drag.token))} inner={inner} outer={outer} />}
    </g>
  )
}

const ownerOf = ({ at, owner }: NonNullable<RingLabView['circle']>, token: number): number =>
  owner[at.indexOf(token)] ?? 0

/** Where the token would be, and the way to there. */
function Ghost(props: { token: number; to: number; color: string; inner: number; outer: number }) {
  const { token, to, color, inner, outer } = props
  const ahead = (to - token + 4294967296) % 4294967296 < 2147483648
  const angle = angleOf(to)
  return (
    <g className="ring-ghost" style={{ stroke: color, fill: color }}>
      <path d={ahead ? wayPath(token, to, outer + 6) : wayPath(to, token, outer + 6)} />
      <line
        x1={Math.cos(angle) * (inner - 6)}
        y1={Math.sin(angle) * (inner - 6)}
        x2={Math.cos(angle) * (outer + 10)}
        y2={Math.sin(angle) * (outer + 10)}
      />
      <circle cx={Math.cos(angle) * (outer + 10)} cy={Math.sin(angle) * (outer + 10)} r={6} />
    </g>
  )
}
