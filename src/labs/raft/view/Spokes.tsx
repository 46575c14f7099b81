import { memo, useMemo } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { add, type Box, boxAround, distance, overlaps, type Point, steps, unit } from '../../../ui/stage/geometry.ts'
import type { Layout } from '../../../ui/stage/layout.ts'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { RaftView } from '../observe.ts'

/** On each spoke of the leader: how far the follower's log is known to agree, and which entry is sent next. */
export function Spokes({ view }: { view: RaftView }) {
  const { layout } = useStage()
  const digits = String(view.lastIndex + 1).length
  const places = useMemo(() => spokePlaces(view.leader, layout, digits), [view.leader, layout, digits])
  const leader = view.servers.find((s) => s.id === view.leader && s.status === 'up')
  return leader?.followers.map(({ id, matchIndex, nextIndex }) => {
    const at = places.get(id)
    return at === undefined ? null : (
      <Spoke key={id} leader={leader.id} follower={id} match={matchIndex} next={nextIndex} x={at.x} y={at.y} />
    )
  })
}

const Spoke = memo(function Spoke(props: {
  leader: ProcessId
  follower: ProcessId
  match: number
  next: number
  x: number
  y: number
}) {
  const { leader, follower, match, next, x, y } = props
  return (
    <text className="raft-spoke" x={x} y={y + 4} data-spoke={`${leader}>${follower}`}>
      <title>{`${leader} knows that ${follower} agrees up to entry ${match}, and sends it entry ${next} next`}</title>
      match {match}, next {next}
    </text>
  )
})

/** What the spokes of this leader cover, for the labels of messages to keep out of. */
export function spokeBoxes(leader: ProcessId | null, layout: Layout, digits: number): Box[] {
  return [...spokePlaces(leader, layout, digits).values()].map((at) => boxOf(at, halfWidth(digits)))
}

/** `match , next ` without its numbers, and a letter's width: the numbers are as long as the longest log has digits. */
const LETTERS = 13
const LETTER = 5.9
const MOST_DIGITS = 5
/** Farther from its follower than this it would seem to belong to another. */
const FARTHEST = 64
/** On a narrow stage with more servers than this, numbers among all the links belong to nobody. */
const MOST_ON_NARROW = 6
const NARROW = 560

const hasRoom = ({ roomy, servers, width }: Layout): boolean =>
  roomy && (servers.length <= MOST_ON_NARROW || width >= NARROW)
const HALF_HEIGHT = 9
/** Messages pass on their lanes, this far from the line. */
const LANE = 9

const halfWidth = (digits: number): number => ((LETTERS + 2 * digits) * LETTER) / 2 + 2
const boxOf = (at: Point, half: number): Box => boxAround(at, half, HALF_HEIGHT)

/** The two places beside a point of a line where the numbers clear the lanes of the messages. */
function beside(at: Point, way: Point, half: number): Point[] {
  const side = { x: -way.y, y: way.x }
  const clear = Math.abs(side.x) * half + Math.abs(side.y) * HALF_HEIGHT + LANE
  return [add(at, side, clear), add(at, side, -clear)]
}

/** Each beside its line, as near to the follower as nothing else stands; a spoke without room goes without numbers. */
function spokePlaces(leader: ProcessId | null, layout: Layout, digits: number): Map<ProcessId, Point> {
  const found = new Map<ProcessId, Point>()
  const a = leader === null ? undefined : layout.places.get(leader)
  if (a === undefined || digits > MOST_DIGITS || !hasRoom(layout)) return found
  const half = halfWidth(digits)
  const isInside = ({ x }: Point) => x - half > 4 && x + half < layout.width - 4
  const taken = layout.taken.slice()
  for (const id of layout.servers) {
    const b = layout.places.get(id)
    if (b === undefined || id === leader) continue
    const way = unit(b, a)
    const reach = steps(layout.radius + 18, Math.min(distance(a, b) * 0.62, layout.radius + FARTHEST), 4)
    const spots = reach.flatMap((far) => beside(add(b, way, far), way, half))
    const at = spots.find((spot) => isInside(spot) && !taken.some((box) => overlaps(box, boxOf(spot, half))))
    if (at === undefined) continue
    taken.push(boxOf(at, half))
    found.set(id, at)
  }
  return found
}
