import { useStage } from '../../../ui/stage/stage-context.ts'
import { between } from '../../../ui/stage/geometry.ts'
import type { RingLabView } from '../observe.ts'

/** A leader and its read replicas: on each spoke how far the replica is behind. */
export function Followers({ view }: { view: RingLabView }) {
  const { layout } = useStage()
  const [leader, ...replicas] = view.servers
  const from = layout.places.get(leader?.id ?? '')
  if (leader === undefined || from === undefined) return null
  return (
    <g className="ring-followers">
      {replicas.map(({ id, behind, status }) => {
        const to = layout.places.get(id) ?? layout.centre
        const at = between(from, to, 0.62)
        return (
          <g key={id} data-behind={(behind ?? 0) > 0 || undefined}>
            <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
            <text x={at.x} y={at.y + 4}>
              {behind === 0 || behind === null ? (status === 'down' ? 'down' : 'up to date') : `${behind} behind`}
            </text>
          </g>
        )
      })}
    </g>
  )
}
