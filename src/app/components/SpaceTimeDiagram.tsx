import { type Ref, useMemo, useSyncExternalStore } from 'react'
import type { ProcessId } from '../../kernel/types.ts'
import type { Hop } from '../../lab/explain.ts'
import type { LaneMessage, Lanes, Overview } from '../../lab/lanes.ts'
import type { Hidden } from '../../ui/lanes/columns.ts'
import { LaneDiagram, type LaneDiagramProps } from '../../ui/lanes/LaneDiagram.tsx'
import type { DiagramHandle } from '../../ui/lanes/use-moving-parts.ts'
import { layoutCrowd, layoutRows, MOST_LANES, type Rows } from '../../ui/lanes/rows.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { useWhy } from '../why/ask.ts'
import { overviewFeed } from './overview-feed.ts'
import type { LaneFeed } from './space-time-feed.ts'
import { lanesOf, split } from './space-time-known.ts'
import { useScale } from './use-shown.ts'
import { useSlowly } from './use-throttled.ts'

const READ_MS = 60

/** A lower diagram has lanes for servers alone; where messages are added up, columns need some height, too. */
const ROOM_FOR_CLIENTS = 80
const ROOM_FOR_COLUMNS = 18
/** Below the lanes, for the words that messages are added up. */
const NOTE = 15

const NO_HOPS: readonly Hop[] = []
const NO_MESSAGES: readonly LaneMessage[] = []

type Drawn = 'dense' | 'hidden' | 'scale' | 'width' | 'room' | 'noteOf' | 'bodyRef' | 'plotRef'
type Hands = 'onSeek' | 'onSelect' | 'onHold' | 'onPan' | 'onZoom'

interface SpaceTimeDiagramProps extends Pick<LaneDiagramProps, Drawn | Hands> {
  handle: Ref<DiagramHandle>
  feed: LaneFeed
  /** The names of all, with a space between them. */
  servers: string
  clients: string
}

/** The diagram with all that is known of what it shows. */
export function SpaceTimeDiagram(props: SpaceTimeDiagramProps) {
  const { handle, feed, servers, clients, ...drawn } = props
  const { dense, hidden } = drawn
  const size = useScale()
  const isAdded = dense || split(servers).length > MOST_LANES
  const room = Math.max(0, drawn.room - (isAdded ? NOTE * size : 0))
  const detail = useSyncExternalStore(feed.subscribe, feed.known)
  const overview = useSyncExternalStore(overviewFeed.subscribe, overviewFeed.known)
  const lanes = lanesOf(detail.lanes, overview, dense)
  const active = useMemo(
    () => (hasRoom(room, dense, servers, clients) ? activeIn(lanes, dense ? overview : null, clients) : ''),
    [lanes, dense, overview, servers, clients, room],
  )
  const selected = useStore((s) => s.selected)
  const rows = useMemo(
    () => rowsOf(servers, active, hidden, selected, room, size),
    [servers, selected, active, hidden, room, size],
  )
  const past = useWhy(({ answer }) => (answer === null || typeof answer === 'string' ? NO_HOPS : answer.hops))
  // Of messages that are drawn as lines nothing is added up.
  const counted = dense || rows.rest !== null ? overview : null
  const diagram = { ...drawn, ref: handle, lanes, overview: counted, rows, size, selected, past }
  return <LiveDiagram feed={feed} diagram={diagram} />
}

/** Messages under way change with every frame; nothing else of the diagram does. */
function LiveDiagram({ feed, diagram }: { feed: LaneFeed; diagram: Omit<LaneDiagramProps, 'flying'> }) {
  const { dense, lanes } = diagram
  const frame = useSlowly(dense ? nothing : frameOf, READ_MS)
  const flying = useMemo(
    () => (frame === null ? NO_MESSAGES : feed.flyingAt(frame)),
    // What has landed leaves the list when the answer that has its end is drawn.
    // oxlint-disable-next-line react/exhaustive-deps
    [frame, feed, lanes],
  )
  return <LaneDiagram {...diagram} flying={flying} />
}

const frameOf = ({ frame }: PageState): PageState['frame'] => frame
const nothing = (): null => null

function rowsOf(
  servers: string,
  active: string,
  hidden: Hidden,
  selected: ProcessId | null,
  room: number,
  size: number,
): Rows {
  const all = split(servers)
  const isShown = (id: ProcessId): boolean => !hidden.processes.has(id)
  return all.length > MOST_LANES
    ? layoutCrowd(all.includes(selected ?? '') ? selected : null, all.length, room, size)
    : layoutRows(all.filter(isShown), split(active).filter(isShown), room, size)
}

function hasRoom(room: number, dense: boolean, servers: string, clients: string): boolean {
  if (!dense) return room >= ROOM_FOR_CLIENTS
  return room >= ROOM_FOR_COLUMNS * (split(servers).length + split(clients).length)
}

/** The clients that have done something in what is drawn. */
function activeIn(lanes: Lanes | null, overview: Overview | null, clients: string): string {
  if (lanes === null) return ''
  const seen = new Set(lanes.marks.map(({ process }) => process))
  for (const { from, to } of lanes.messages) seen.add(from).add(to)
  for (const { process } of overview?.counts.rows ?? []) seen.add(process)
  return split(clients)
    .filter((id) => seen.has(id))
    .join(' ')
}
