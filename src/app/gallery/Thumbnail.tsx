import { hueColor } from '../../ui/hue.ts'
import type { Picture } from './picture.ts'

const [WIDTH, HEIGHT] = [200, 124]

/** A moment of a run in the size of a thumb: servers around a circle, messages under way, cuts. */
export function Thumbnail({ picture }: { picture: Picture }) {
  const { servers, cuts, flights, of } = picture
  const places = servers.map((_, i) => placeOf(i, servers.length))
  const radius = servers.length > 30 ? 2.4 : servers.length > 12 ? 4 : servers.length > 7 ? 7 : 10
  const at = (i: number) => places[i] as Place
  return (
    <svg className="thumbnail" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {servers.length <= 12 &&
        places.flatMap((a, i) =>
          places
            .slice(i + 1)
            .map((b) => <line key={`${a.x} ${a.y} ${b.x} ${b.y}`} className="thumb-link" {...ends(a, b)} />),
        )}
      {cuts.map(([a, b]) => (
        <line key={`${a} ${b}`} className="thumb-cut" {...ends(at(a), at(b))} />
      ))}
      {flights.map(([from, to, way, hue], i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a picture never changes
        <circle key={i} r={2.2} style={{ fill: hueColor(hue) }} {...between(at(from), at(to), way / 100)} />
      ))}
      {servers.map(([look, hue], i) => (
        <circle
          // oxlint-disable-next-line react/no-array-index-key -- a picture never changes
          key={i}
          className="thumb-server"
          data-look={look}
          cx={at(i).x}
          cy={at(i).y}
          r={radius}
          style={{ color: hueColor(hue) }}
        />
      ))}
      {of > servers.length && (
        <text className="thumb-more" x={WIDTH / 2} y={HEIGHT / 2 + 4} textAnchor="middle">
          {of} servers
        </text>
      )}
    </svg>
  )
}

interface Place {
  x: number
  y: number
}

function placeOf(i: number, count: number): Place {
  const angle = (i / count) * 2 * Math.PI - Math.PI / 2
  const [x, y] = [WIDTH / 2 + 66 * Math.cos(angle), HEIGHT / 2 + 44 * Math.sin(angle)]
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}

const ends = (a: Place, b: Place) => ({ x1: a.x, y1: a.y, x2: b.x, y2: b.y })
const between = (a: Place, b: Place, t: number) => ({ cx: a.x + (b.x - a.x) * t, cy: a.y + (b.y - a.y) * t })
