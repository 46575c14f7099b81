import type { ProcessId } from '../../kernel/types.ts'
import type { Size } from '../use-size.ts'
import { add, type Box, boxAround, clamp, distance, type Path, type Point, polar, unit } from './geometry.ts'

/** Where everything stands. Pure: the same processes in the same space stand in the same places. */
export interface Layout extends Size {
  centre: Point
  /** Of a server's mark. */
  radius: number
  /** Whether there is room for a word below each mark. */
  roomy: boolean
  /** In the order of the ring, clockwise from the top. */
  servers: readonly ProcessId[]
  angles: ReadonlyMap<ProcessId, number>
  places: ReadonlyMap<ProcessId, Point>
  clients: readonly ClientPlace[]
  /** What the server marks cover with their arcs, crowns and words: labels keep out of it. */
  taken: readonly Box[]
  path(from: ProcessId, to: ProcessId): Path | null
}

export interface ClientPlace {
  id: ProcessId
  beside: ProcessId
  /** Which way its words run from it. */
  side: -1 | 1
}

export interface Standing {
  id: ProcessId
  beside: ProcessId | null
}

/** Room around the circle of a mark: its arc, what sits on its head (crown, votes), the word below it. */
const ARC = 7
const HEAD = 48
const FOOT = 40
/** The same on a slide's small stage, where there is a crown but no word. */
const SMALL_HEAD = 34
const SMALL_FOOT = 16
/** Half the width of the word below a mark, and how far below the circle it ends. */
const WORD = 30
const WORD_END = 31
/** Half the width of one of three short words, such as `suspect to 11`, and where it stands below the circle. */
const WIDE_WORD = 39
const WORD_TOP = 12
const WORD_BOTTOM = 25
const LINE = 16
/** The same of the crown above, with room for a message that passes it. */
const CROWN = 28
const CROWN_END = 42
/** A way is no shorter than this share of its link, whatever stands at its ends. */
const LEAST_WAY = 0.4
const CLIENT_DISTANCE = 56
const CLIENT_SIZE = 19
/** Two messages that meet on a link pass each other on the right. */
const LANE = 6.5

/** What a lab's marks look like: with crowns and votes above; with nothing on their heads; or small as well, around a picture of the lab's own. */
export type Build = 'crowned' | 'bare' | 'slim'

/** `scale`: how much larger than usual the picture is drawn. Marks then take more of the room, which is as large as it was. */
export function layOut(processes: readonly Standing[], size: Size, scale = 1, build: Build = 'crowned'): Layout {
  const servers = processes.filter((p) => p.beside === null).map((p) => p.id)
  const radius = markRadius(servers.length, size, scale, build)
  const angles = ringAngles(servers)
  const { centre, rx, ry } = ring([...angles.values()], radius, size, build)
  const places = new Map(servers.map((id) => [id, polar(centre, angles.get(id) ?? 0, rx, ry)]))
  const standing = [...places.values()]
  const roomy = !isSmall(size) && hasRoomForWords(standing, radius, build)
  const clients = placeClients(processes, places, centre, radius, size)
  return {
    ...size,
    centre,
    radius,
    roomy,
    servers,
    angles,
    places,
    clients,
    taken: servers.flatMap((id) => takenBy(places.get(id) ?? centre, radius, roomy)),
    path: paths(places, new Set(servers), radius, roomy),
  }
}

/** A stage on a slide, lower than this, is no place for words. */
const SMALL = 330
const isSmall = ({ height }: Size): boolean => height < SMALL

/** As large as the ring has room for, so that neighbours stand apart with the words between them. */
function markRadius(count: number, size: Size, scale: number, build: Build): number {
  const { width, height } = size
  const room = Math.min(width, height * 1.25) * (build === 'slim' ? SLIM : 1)
  const wished = Math.round((room * Math.sqrt(scale)) / (count > 6 ? 19.5 : 16.5))
  const usual = clamp(wished, isSmall(size) ? 16 : 22, count > 6 ? 36 : 40)
  // Many stand shoulder to shoulder on a ring of about this length.
  const share = (Math.PI * 0.8 * Math.min(width, height)) / Math.max(1, count)
  return Math.max(6, Math.min(usual, Math.round(share * 0.4)))
}

/** One stands in the middle, two face each other, more stand on a ring with the first on top. */
function ringAngles(servers: readonly ProcessId[]): Map<ProcessId, number> {
  const first = servers.length === 2 ? Math.PI : -Math.PI / 2
  return new Map(servers.map((id, i) => [id, first + (i / servers.length) * 2 * Math.PI]))
}

/** The share of the usual size that a slim mark has, and the room above it. */
const SLIM = 0.74
const SLIM_HEAD = 22
/** A smaller mark has its name outside, on top of the ring above it. */
const INSIDE = 15
const NAME = 38

/** The largest ring, a little wider than high, that keeps every mark and its words inside. */
function ring(angles: readonly number[], radius: number, size: Size, build: Build) {
  const { width, height } = size
  const small = isSmall(size)
  const left = radius + (width < 560 ? 34 : 74)
  const top = radius + headRoom(radius, small, build)
  const bottom = radius + (small ? SMALL_FOOT : FOOT)
  const middle = { x: width / 2, y: (top + height - bottom) / 2 }
  if (angles.length < 2) return { centre: middle, rx: 0, ry: 0 }
  const xs = angles.map(Math.cos)
  const ys = angles.map(Math.sin)
  const tall = Math.max(...ys) - Math.min(...ys)
  const wide = Math.max(...xs) - Math.min(...xs)
  const rx = Math.max(40, (width - 2 * left) / wide)
  if (tall < 0.01) return { centre: middle, rx: Math.min(rx, 250), ry: 0 }
  const ry = Math.max(40, (height - top - bottom) / tall)
  const fitted = { rx: Math.min(rx, ry * 1.14), ry: Math.min(ry, rx * 1.15) }
  const centreY = top + (height - top - bottom - tall * fitted.ry) / 2 - Math.min(...ys) * fitted.ry
  return { centre: { x: width / 2, y: centreY }, ...fitted }
}

/** What is kept free above a mark. */
function headRoom(radius: number, small: boolean, build: Build): number {
  if (build === 'crowned') return small ? SMALL_HEAD : HEAD
  return radius < INSIDE ? NAME : SLIM_HEAD
}

function hasRoomForWords(ring: readonly Point[], radius: number, build: Build): boolean {
  if (build === 'bare') return isClearOfMarks(ring, radius)
  return nearest(ring) >= 2 * radius + 2 * WORD - 10 && (build === 'slim' || isClearOfCrowns(ring, radius))
}

/** Whether the word below a mark touches neither the neighbours, with their arcs, nor the words below those. */
function isClearOfMarks(ring: readonly Point[], radius: number): boolean {
  return ring.every((at, i) => {
    const neighbours = [ring[(i + 1) % ring.length], ring[(i + ring.length - 1) % ring.length]] as Point[]
    return neighbours.every((next) => {
      if (next === at) return true
      const x = Math.max(0, Math.abs(next.x - at.x) - WIDE_WORD)
      const y = next.y - clamp(next.y, at.y + radius + WORD_TOP, at.y + radius + WORD_BOTTOM)
      const beside = Math.abs(next.y - at.y) >= LINE || Math.abs(next.x - at.x) >= 2 * WIDE_WORD
      return beside && x * x + y * y >= (radius + ARC) ** 2
    })
  })
}

/** The distance of the two neighbours on the ring that stand nearest to each other. */
function nearest(ring: readonly Point[]): number {
  if (ring.length < 2) return Number.POSITIVE_INFINITY
  return Math.min(...ring.map((at, i) => distance(at, ring[(i + 1) % ring.length] as Point)))
}

/** Whether the word below a mark has room above the crown of the one that stands under it. */
function isClearOfCrowns(ring: readonly Point[], radius: number): boolean {
  const least = 2 * radius + WORD_END + CROWN_END - 2 * ARC - 6
  return ring.every((at, i) => {
    const next = ring[(i + 1) % ring.length] as Point
    return Math.abs(at.x - next.x) >= WORD + CROWN / 2 || Math.abs(at.y - next.y) >= least || at === next
  })
}

/** A client stands outside of the ring beside its server, clear of the crown above and of the word below. */
function placeClients(
  processes: readonly Standing[],
  places: Map<ProcessId, Point>,
  centre: Point,
  radius: number,
  size: Size,
): ClientPlace[] {
  const clients: ClientPlace[] = []
  for (const { id, beside } of processes) {
    const home = beside === null ? undefined : places.get(beside)
    if (home === undefined || beside === null) continue
    const out = unit(centre, home)
    const side = out.x < -0.05 ? -1 : 1
    const way = unit({ x: 0, y: 0 }, { x: out.x + side * 0.55, y: out.y * 0.5 })
    places.set(id, inside(add(home, way, radius + CLIENT_DISTANCE), home, radius, size))
    clients.push({ id, beside, side })
  }
  return clients
}

/** Where a narrow stage has no room beside a server, its client stands on the slant: neither over the edge nor on its mark. */
function inside(at: Point, home: Point, radius: number, { width, height }: Size): Point {
  const x = clamp(at.x, CLIENT_SIZE, width - CLIENT_SIZE)
  if (x === at.x) return { x, y: clamp(at.y, CLIENT_SIZE, height - CLIENT_SIZE) }
  const far = radius + CLIENT_SIZE + ARC + 8
  const rise = Math.sqrt(Math.max(0, far * far - (x - home.x) ** 2))
  const y = at.y > home.y + 8 ? Math.max(at.y, home.y + rise) : Math.min(at.y, home.y - rise)
  return { x, y: clamp(y, CLIENT_SIZE, height - CLIENT_SIZE) }
}

function takenBy(at: Point, radius: number, roomy: boolean): Box[] {
  const arc = radius + ARC + 8
  return [
    boxAround(at, arc, arc),
    { x: at.x - 36, y: at.y - radius - 38, width: 72, height: 38 },
    { x: at.x - 46, y: at.y + radius, width: 92, height: roomy ? FOOT : SMALL_FOOT },
  ]
}

/** The ways between marks, each computed once. */
function paths(
  places: ReadonlyMap<ProcessId, Point>,
  servers: ReadonlySet<ProcessId>,
  radius: number,
  roomy: boolean,
): Layout['path'] {
  const known = new Map<string, Path | null>()
  const gap = (id: ProcessId, way: Point) =>
    !servers.has(id)
      ? CLIENT_SIZE + 2
      : Math.max(radius + ARC + 5, clearOfCrown(way, radius), roomy ? clearOfWord(way, radius) : 0)
  return (from, to) => {
    const key = `${from}>${to}`
    let path = known.get(key)
    if (path === undefined) {
      path = makePath(
        places.get(from),
        places.get(to),
        (way) => gap(from, way),
        (way) => gap(to, way),
      )
      known.set(key, path)
    }
    return path
  }
}

/** How far from the middle of a mark, this way out, the word below it ends. */
function clearOfWord({ x, y }: Point, radius: number): number {
  return y <= 0 ? 0 : Math.min(WORD / Math.max(Math.abs(x), 0.001), (radius + WORD_END) / y)
}

/** How far from the middle of a mark, this way out, what sits on its head ends. */
function clearOfCrown({ x, y }: Point, radius: number): number {
  return y >= 0 ? 0 : Math.min(CROWN / Math.max(Math.abs(x), 0.001), (radius + CROWN_END) / -y)
}

type Gap = (way: Point) => number

function makePath(a: Point | undefined, b: Point | undefined, gapA: Gap, gapB: Gap): Path | null {
  if (a === undefined || b === undefined) return null
  const way = unit(a, b)
  const back = { x: -way.x, y: -way.y }
  const side = { x: -way.y, y: way.x }
  const gaps = gapA(way) + gapB(back)
  const share = Math.min(1, ((1 - LEAST_WAY) * distance(a, b)) / Math.max(1, gaps))
  return {
    from: add(add(a, way, gapA(way) * share), side, LANE),
    to: add(add(b, back, gapB(back) * share), side, LANE),
    angle: (Math.atan2(way.y, way.x) * 180) / Math.PI,
    side,
  }
}
