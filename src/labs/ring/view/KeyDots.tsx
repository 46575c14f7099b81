import { useStage } from '../../../ui/stage/stage-context.ts'
import type { KeyView } from '../key-view.ts'
import type { RingLabView } from '../observe.ts'
import { angleOf } from './arcs.ts'
import { ownerColor } from './colours.ts'
import { dialPlace } from './Dial.tsx'
import { setPick, usePick } from './pick.ts'
import { type Space, spaceOf } from './space.ts'

/** With so few keys each bears its name. */
const NAMED = 28

/** Keys as dots at their places on the circle; who touches one sees its way to its preference list. */
export function KeyDots({ view }: { view: RingLabView }) {
  const { layout } = useStage()
  const { key: picked } = usePick()
  const space = spaceOf(layout)
  if (view.layout !== 'ring' && view.ranges === null) return null
  const keys = view.ranges === null ? view.keys : view.keys.map((key) => ({ ...key, place: dialPlace(key.key) }))
  const owners = new Map(view.servers.map(({ id }, i) => [id, i]))
  const named = keys.length <= NAMED && space.roomy ? namedKeys(keys, space) : new Set<string>()
  return (
    <g className="ring-keys" transform={`translate(${space.centre.x} ${space.centre.y})`}>
      {keys.map((key) => {
        const at = dotPlace(key, space)
        const angle = angleOf(key.place)
        return (
          <g
            key={key.key}
            className="ring-key"
            data-key={key.key}
            data-disputed={!key.agreed || undefined}
            data-picked={key.key === picked || undefined}
            transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}
            onPointerDown={(event) => event.stopPropagation()}
            onPointerEnter={() => setPick({ hovered: key.key })}
            onPointerLeave={() => setPick({ hovered: null })}
            onClick={() => setPick({ key: key.key === picked ? null : key.key })}
          >
            <circle className="ring-key-hit" r={9} />
            {!key.agreed && <circle className="ring-key-disputed" r={7} />}
            <circle className="ring-key-dot" r={4} style={{ fill: ownerColor(owners.get(key.owners[0] ?? '') ?? 0) }} />
            {named.has(key.key) && (
              <text
                x={-Math.cos(angle) * 9}
                y={-Math.sin(angle) * 9 + 4}
                textAnchor={Math.cos(angle) > 0.3 ? 'end' : Math.cos(angle) < -0.3 ? 'start' : 'middle'}
              >
                {key.key}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}

/** Around the origin. */
export function dotPlace({ place }: Pick<KeyView, 'place'>, { dots }: Space): { x: number; y: number } {
  const angle = angleOf(place)
  return { x: Math.cos(angle) * dots, y: Math.sin(angle) * dots }
}

/** Those whose names do not run into the name before. */
function namedKeys(keys: readonly KeyView[], { dots }: Space): Set<string> {
  const named = new Set<string>()
  const taken: { x: number; y: number }[] = []
  for (const key of keys) {
    const at = dotPlace(key, { dots: dots - 12 } as Space)
    if (taken.some((other) => Math.abs(other.x - at.x) < 26 && Math.abs(other.y - at.y) < 13)) continue
    taken.push(at)
    named.add(key.key)
  }
  return named
}
