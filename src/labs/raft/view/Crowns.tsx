import type { ProcessId } from '../../../kernel/types.ts'
import { memo } from 'react'
import { hueColor } from '../../../ui/hue.ts'
import { later } from '../../../ui/later.ts'
import type { Point } from '../../../ui/stage/geometry.ts'
import type { Layout } from '../../../ui/stage/layout.ts'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { ServerView } from '../observe.ts'

export const CROWN = 'M-13 7V-5L-6.5 1 0 -9 6.5 1 13 -5V7Z'

export interface CrownProps {
  leader: ProcessId | null
  term: number
  layout: Layout
}

/** A crown that moves can wait until the page stands: what animates it is no part of the first load. */
const MovingCrown = later(async () => (await import('./MovingCrown.tsx')).MovingCrown, StillCrown)

/** The crown sits on whoever leads the latest term and moves when that changes; whoever else takes itself for the leader has a hollow one. */
export const Crowns = memo(function Crowns({ servers, leader }: CrownsProps) {
  const { layout } = useStage()
  return (
    <g className="raft-crowns" aria-hidden="true">
      {servers.map(({ id, role, status, term }) =>
        role === 'leader' && id !== leader?.id && status !== 'down' ? (
          <path
            key={id}
            className="raft-crown"
            d={CROWN}
            transform={placed(seatOf(id, layout))}
            style={{ stroke: hueColor(term) }}
          />
        ) : null,
      )}
      <MovingCrown leader={leader?.id ?? null} term={leader?.term ?? 0} layout={layout} />
    </g>
  )
}, isSame)

interface CrownsProps {
  servers: readonly ServerView[]
  leader: ServerView | undefined
}

/** A log that grows is nothing to a crown. */
function isSame(a: CrownsProps, b: CrownsProps): boolean {
  return (
    a.leader?.id === b.leader?.id &&
    a.leader?.term === b.leader?.term &&
    a.servers.length === b.servers.length &&
    a.servers.every(({ id, role, status, term }, i) => {
      const other = b.servers[i]
      return id === other?.id && role === other.role && status === other.status && term === other.term
    })
  )
}

function StillCrown({ leader, term, layout }: CrownProps) {
  if (leader === null) return null
  const color = hueColor(term)
  return (
    <path
      className="raft-crown filled"
      d={CROWN}
      transform={placed(seatOf(leader, layout))}
      style={{ fill: color, stroke: color }}
    />
  )
}

/** Over the head of a server. */
export function seatOf(id: string, layout: Layout): Point {
  const { x, y } = layout.places.get(id) ?? layout.centre
  return { x, y: y - layout.radius - (layout.roomy ? 24 : 20) }
}

const placed = ({ x, y }: Point): string => `translate(${x} ${y})`
