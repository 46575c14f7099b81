import { memo } from 'react'
import type { ProcessId } from '../../kernel/types.ts'
import { hueColor } from '../hue.ts'
import { Icon } from '../icons.tsx'
import { add, between, clamp, distance, type Point, unit } from './geometry.ts'
import type { CutPair, Division } from './groups.ts'
import { type CutLine, hullPath } from './hull.ts'
import type { Layout } from './layout.ts'

interface CutsProps {
  division: Division
  lines: readonly CutLine[]
  layout: Layout
  groupHue(group: readonly ProcessId[], index: number): number | null
}

/** Behind the servers: a soft shape for each group that the cuts leave, and the line between the groups. */
export const Cuts = memo(
  function Cuts({ division, lines, layout, groupHue }: CutsProps) {
    const { groups } = division
    if (groups.length < 2) return null
    return (
      <g className="cuts" aria-hidden="true">
        {groups.map((group, i) => (
          <path
            key={group.join()}
            className="hull"
            data-group={group.join(' ')}
            d={hullPath(group, layout)}
            style={{ color: hueColor(groupHue(group, i)) }}
          />
        ))}
        {lines.map(({ d }) => (
          <path key={d} className="cut-line" d={d} />
        ))}
      </g>
    )
  },
  (a, b) => a.division === b.division && a.layout === b.layout && huesOf(a) === huesOf(b),
)

/** In front of everything: the name of a cut, and a button that heals it. */
export function CutHandles(props: {
  division: Division
  lines: readonly CutLine[]
  layout: Layout
  onMend(pairs: readonly CutPair[]): void
}) {
  const { division, lines, layout, onMend } = props
  const end = namedEnd(lines, layout)
  const named = end === null ? null : besideServers(end, layout)
  return (
    <>
      {named !== null && (
        <div
          className="cut-handle"
          style={{
            left: clamp(named.x, 44, layout.width - 118),
            top: clamp(named.y, 22, layout.height - 22),
          }}
        >
          <span className="cut-word">{division.between.every(isOneWay) ? 'one way' : 'cut'}</span>
          <HealButton
            label={`Heal the cut between ${inWords(division.groups)}`}
            onClick={() => onMend(division.between)}
          />
        </div>
      )}
      {division.within.map((pair) => {
        const at = between(layout.places.get(pair.a) ?? layout.centre, layout.places.get(pair.b) ?? layout.centre, 0.5)
        return (
          <div key={pair.a + pair.b} className="cut-handle single" style={{ left: at.x, top: at.y }}>
            <HealButton label={`Heal the link between ${pair.a} and ${pair.b}`} onClick={() => onMend([pair])} small />
          </div>
        )
      })}
    </>
  )
}

function HealButton({ label, onClick, small }: { label: string; onClick(): void; small?: boolean }) {
  return (
    <button type="button" className="heal" data-picture="none" aria-label={label} title={label} onClick={onClick}>
      {small === true ? <Icon name="scissors" size={13} /> : 'heal'}
    </button>
  )
}

/** The rightmost end of the lines; but where words may stand, in the upper left corner, the other end of that line. */
function namedEnd(lines: readonly CutLine[], { width, height }: Layout): Point | null {
  const line = lines.toSorted((a, b) => b.end.x - a.end.x)[0]
  if (line === undefined) return null
  const isUnderWords = ({ x, y }: Point) => x < width * 0.45 && y < height * 0.3
  if (!isUnderWords(line.end)) return line.end
  return [line.points[0], line.points.at(-1)].find((end) => end !== undefined && !isUnderWords(end)) ?? line.end
}

/** Far enough from the nearest server that its mark and its crown stay in sight. */
function besideServers(at: Point, { servers, places, radius }: Layout): Point {
  const clear = radius + 52
  for (const id of servers) {
    const place = places.get(id)
    const far = place === undefined ? clear : distance(place, at)
    if (place !== undefined && far > 0 && far < clear) return add(place, unit(place, at), clear)
  }
  return at
}

const isOneWay = (pair: CutPair): boolean => pair.ab !== pair.ba
const inWords = (groups: Division['groups']): string => groups.map((group) => group.join(', ')).join(' and ')
const huesOf = ({ division, groupHue }: CutsProps): string => division.groups.map(groupHue).join()
