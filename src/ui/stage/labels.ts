import { add, type Box, overlaps, type Path, type Point } from './geometry.ts'

/** Which side of its message a label stands on, seen along the flight; 0 for none: it makes way. */
export type LabelSide = -1 | 0 | 1

/** A message whose label wants a place. */
export interface Labelled {
  at: Point
  path: Path
  width: number
  /** Where the label was in the last picture: it stays there as long as it can. */
  was: LabelSide
}

const GAP = 13
const HEIGHT = 15
const EARLY = 7
/** Half the size of a message's own mark. */
const MARK = 8

/** Gives each label a side where it covers nothing: no server, no message, no label that has its place already. */
export function placeLabels(flights: readonly Labelled[], taken: readonly Box[], bounds: Box): LabelSide[] {
  const marks = flights.map(({ at }) => ({ x: at.x - MARK, y: at.y - MARK, width: 2 * MARK, height: 2 * MARK }))
  const placed: Box[] = []
  return flights.map((flight, i) => {
    const side = sidesInTurn(flight).find((candidate) => {
      const box = labelBox(flight, candidate)
      // What stands still is met by a label that moves: it has faded away by the time it is there.
      const early = { x: box.x - EARLY, y: box.y - EARLY, width: box.width + 2 * EARLY, height: box.height + 2 * EARLY }
      return (
        within(box, bounds) &&
        !taken.some((other) => overlaps(early, other)) &&
        !placed.some((other) => overlaps(box, other)) &&
        !marks.some((mark, k) => k !== i && overlaps(box, mark))
      )
    })
    if (side === undefined) return 0
    placed.push(labelBox(flight, side))
    return side
  })
}

/** Where the text of a label is anchored, relative to its message. */
export function labelAnchor(path: Path, side: LabelSide): { x: number; y: number; anchor: 'start' | 'middle' | 'end' } {
  const way = { x: path.side.x * side, y: path.side.y * side }
  const anchor = way.x > 0.35 ? 'start' : way.x < -0.35 ? 'end' : 'middle'
  const lift = anchor === 'middle' ? GAP + 1 : GAP
  return { x: way.x * lift, y: way.y * lift + 4, anchor }
}

function labelBox(flight: Labelled, side: LabelSide): Box {
  const { x, y, anchor } = labelAnchor(flight.path, side)
  const corner = add(flight.at, { x, y: y - 12 })
  const left = anchor === 'start' ? 0 : anchor === 'end' ? -flight.width : -flight.width / 2
  return { x: corner.x + left, y: corner.y, width: flight.width, height: HEIGHT }
}

const sidesInTurn = ({ was }: Labelled): readonly LabelSide[] => (was === -1 ? [-1, 1] : [1, -1])

const within = (box: Box, bounds: Box): boolean =>
  box.x >= bounds.x &&
  box.y >= bounds.y &&
  box.x + box.width <= bounds.x + bounds.width &&
  box.y + box.height <= bounds.y + bounds.height
