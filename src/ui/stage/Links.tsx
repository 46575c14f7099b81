import { memo } from 'react'
import { type CutPair, linkKey } from './groups.ts'
import { between, unit } from './geometry.ts'
import type { Layout } from './layout.ts'

/** Above so many servers whole links are not drawn: they would be a grey felt. */
const MOST_WITH_LINKS = 12

/** The links between servers: a thin line while both ways are open, dashed and faint when cut. */
export const Links = memo(function Links({ layout, cut }: { layout: Layout; cut: readonly CutPair[] }) {
  const { servers, places } = layout
  const cutBetween = new Map(cut.map((pair) => [linkKey(pair.a, pair.b), pair]))
  return (
    <g className="links" aria-hidden="true">
      {servers.flatMap((a, i) =>
        servers.slice(i + 1).map((b) => {
          const from = places.get(a) ?? layout.centre
          const to = places.get(b) ?? layout.centre
          const pair = cutBetween.get(linkKey(a, b))
          if (pair === undefined && servers.length > MOST_WITH_LINKS) return null
          return (
            <g key={linkKey(a, b)}>
              <line
                className="link"
                data-link={linkKey(a, b)}
                data-cut={pair === undefined ? undefined : waysCut(pair)}
                x1={from.x}
                y1={from.y}
                x2={to.x}
                y2={to.y}
              />
              {pair !== undefined && pair.ab !== pair.ba && <OpenWay pair={pair} layout={layout} />}
            </g>
          )
        }),
      )}
    </g>
  )
})

/** On a link that is cut one way only: an arrow head for the way that is still open. */
function OpenWay({ pair, layout }: { pair: CutPair; layout: Layout }) {
  const a = layout.places.get(pair.ab ? pair.b : pair.a) ?? layout.centre
  const b = layout.places.get(pair.ab ? pair.a : pair.b) ?? layout.centre
  const middle = between(a, b, 0.5)
  const way = unit(a, b)
  const angle = (Math.atan2(way.y, way.x) * 180) / Math.PI
  return (
    <path className="open-way" d="M-4 -4 4 0 -4 4" transform={`translate(${middle.x} ${middle.y}) rotate(${angle})`} />
  )
}

const waysCut = ({ a, b, ab, ba }: CutPair): string => (ab && ba ? 'both' : ab ? linkKey(a, b) : linkKey(b, a))
