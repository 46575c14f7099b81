import {
  type KeyboardEvent,
  memo,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { Hop } from '../../lab/explain.ts'
import type { LaneMark, Lanes, Overview } from '../../lab/lanes.ts'
import { type DiagramHandle, LaneDiagram } from '../../ui/lanes/LaneDiagram.tsx'
import { layoutCrowd, layoutRows, MOST_LANES } from '../../ui/lanes/rows.ts'
import { RunStrip, type StripHandle, type StripRail } from '../../ui/lanes/RunStrip.tsx'
import { around, covers, follow, type Interval, overviewSpan, panned, spanOf, zoomed } from '../../ui/lanes/window.ts'
import { sentIn } from '../../ui/lanes/columns.ts'
import { roughly } from '../../ui/lanes/roughly.ts'
import { count } from '../../ui/lanes/words.ts'
import { useSize } from '../../ui/use-size.ts'
import type { AnyRun, Tree } from '../../engine/messages.ts'
import { forkOf } from '../branches/fork.ts'
import { actions } from '../actions.ts'
import { cursor } from '../playback.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { useWhy } from '../why/ask.ts'
import { marksOf } from './scale.ts'
import { follow as followCursor, shownSpan, showWhole, useDiagramView, zoomBy } from './diagram-view.ts'
import { overviewFeed } from './overview-feed.ts'
import { isWalkKey, keyTarget, type WindowKey, windowKey } from './space-time-keys.ts'
import { LaneFeed, WIDEST_WITH_MESSAGES } from './space-time-feed.ts'
import { useCursor } from './use-cursor.ts'
import { useScale } from './use-shown.ts'
import { useSlowly, useThrottled } from './use-throttled.ts'

/** How often an assistive technology hears of a run that plays. */
const SPEAK_MS = 500
const READ_MS = 60
/** Pixels of the strip that stories share. */
const BIN = 3

/** A lower diagram has lanes for servers alone; where messages are added up, columns need some height, too. */
const ROOM_FOR_CLIENTS = 80
const ROOM_FOR_COLUMNS = 18
/** A narrower diagram has no room for a long sentence. */
const NARROW = 600
/** More messages in a window are added up: their lines would only cover each other. Few enough again, they are drawn. */
const TOO_DENSE = 1_000
const FEW_ENOUGH = 800

const FIRST: Interval = { from: 0, to: spanOf(0, 1) }
const NOBODY: readonly LaneMark[] = []
const NO_HOPS: readonly Hop[] = []

/**
 * The space-time diagram, which is the scrubber: what happened in a window around the cursor, and a strip for the whole run.
 * React draws a stretch of time that is wider than the window; between two drawings everything that moves is a transform.
 */
export const SpaceTime = memo(function SpaceTime({ stripOnly }: { stripOnly: boolean }) {
  const root = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const plot = useRef<HTMLDivElement>(null)
  const stripPlace = useRef<HTMLDivElement>(null)
  const diagram = useRef<DiagramHandle>(null)
  const strip = useRef<StripHandle>(null)
  const onShow = useRef<Interval>(FIRST)
  const held = useRef(false)
  const spokenAt = useRef(0)
  const seekTo = useRef<Micros | null>(null)
  const before = useRef({ now: 0, playing: false })
  const drawing = useRef<(now: Micros) => void>(() => {})

  const width = useSize(plot)?.width ?? 0
  const room = useSize(body)?.height ?? 0
  const stripWidth = useSize(stripPlace)?.width ?? 0

  const [feed] = useState(() => new LaneFeed())
  useEffect(() => feed.start(), [feed])
  useEffect(() => overviewFeed.start(), [])
  const detail = useSyncExternalStore(feed.subscribe, feed.known)
  const overview = useSyncExternalStore(overviewFeed.subscribe, overviewFeed.known)

  const [view, setView] = useState<Interval>(() => around(FIRST))
  const [runSpan, setRunSpan] = useState(() => overviewSpan(0))
  const [span, setSpan] = useState(spanOf(0, 1))
  const [dense, setDense] = useState(false)
  const scale = useMemo(() => ({ ...view, k: Math.max(1, width) / span }), [view, width, span])

  const selected = useStore((s) => s.selected)
  const speed = useStore((s) => s.speed)
  const past = useWhy(({ answer }) => (answer === null || typeof answer === 'string' ? NO_HOPS : answer.hops))
  const hidden = useDiagramView((s) => s.hidden)
  useEffect(() => useDiagramView.setState({ width }), [width])
  const servers = useStore((s) => namesOf(s.frame?.world.processes, false))
  const clients = useStore((s) => namesOf(s.frame?.world.processes, true))
  const crowd = useMemo(() => split(servers).length, [servers])
  const isCrowd = crowd > MOST_LANES
  const lanes = dense || detail.lanes === null ? (overview?.lanes ?? null) : detail.lanes
  const active = useMemo(
    () => (hasRoom(room, dense, servers, clients) ? activeIn(lanes, dense ? overview : null, clients) : ''),
    [lanes, dense, overview, servers, clients, room],
  )
  const size = useScale()
  const rows = useMemo(() => {
    const all = split(servers)
    const isShown = (id: ProcessId): boolean => !hidden.processes.has(id)
    return all.length > MOST_LANES
      ? layoutCrowd(all.includes(selected ?? '') ? selected : null, all.length, room, size)
      : layoutRows(all.filter(isShown), split(active).filter(isShown), room, size)
  }, [servers, selected, active, hidden, room, size])
  const stories = useThrottled(
    useStore((s) => s.stories),
    200,
  )
  const stripMarks = useMemo(
    () =>
      marksOf(stories, (BIN * runSpan) / Math.max(1, stripWidth)).map(({ story }) => ({
        key: story.seq,
        at: story.at,
        tone: story.tone,
      })),
    [stories, runSpan, stripWidth],
  )

  const tree = useStore((s) => s.tree)
  const commands = useStore((s) => s.run?.commands ?? NOTHING)
  const rails = useMemo(() => railsOf(tree, commands), [tree, commands])

  const speak = (now: Micros, reached: Micros, playing: boolean) => {
    const element = root.current
    const time = performance.now()
    if (element === null || (playing && time - spokenAt.current < SPEAK_MS)) return
    spokenAt.current = time
    const mark = playing ? undefined : lanes?.marks.findLast(({ at }) => at === Math.round(now))
    element.setAttribute('aria-valuemax', String(Math.round(Math.max(reached, now))))
    element.setAttribute('aria-valuenow', String(Math.round(now)))
    element.setAttribute(
      'aria-valuetext',
      `${formatInstant(now)} simulated${mark === undefined ? '' : `, ${mark.text}`}`,
    )
  }

  const draw = (now: Micros) => {
    const { playing, reached, frame } = useStore.getState()
    const length = shownSpan({ ...useDiagramView.getState(), width }, speed)
    const far = Math.max(reached, now)
    onShow.current = nextWindow(onShow.current, length, now, { playing, held: held.current, before: before.current })
    before.current = { now, playing }
    if (length !== span || !covers(view, onShow.current)) {
      setView(around(onShow.current))
      setSpan(length)
    }
    const whole = overviewSpan(rails.reduce((most, { to }) => Math.max(most, to), far))
    if (!held.current && whole !== runSpan) setRunSpan(whole)
    if (!stripOnly && frame !== null) want(length, reached)
    diagram.current?.place(onShow.current, now, reached)
    strip.current?.place(now, far, onShow.current)
    speak(now, reached, playing)
  }
  /** Asks for what the window shows: all of it at a glance, and the details where they can be told apart. */
  const want = (length: Micros, reached: Micros) => {
    overviewFeed.want(onShow.current, width)
    const sent = overview === null ? 0 : sentIn(overview.counts, onShow.current, hidden)
    const drawn = isCrowd ? (2 * sent) / crowd : sent
    const tooMany = length > WIDEST_WITH_MESSAGES || drawn > (dense ? FEW_ENOUGH : TOO_DENSE)
    const wanted = around(onShow.current)
    if (!tooMany) feed.want({ from: wanted.from, to: Math.min(wanted.to, reached) })
    const adds = tooMany || detail.crowded || !isKnown(detail.lanes, onShow.current, reached)
    if (adds !== dense && (overview !== null || !adds)) setDense(adds)
  }
  useCursor(draw)
  // What the hand shows is kept outside of React.
  useEffect(() => useDiagramView.subscribe(() => drawing.current(cursor.now())), [])
  // What was drawn anew, at another scale perhaps, is moved to its place; a speed or zoom that changed is seen at rest, too.
  useLayoutEffect(() => {
    drawing.current = draw
    draw(cursor.now())
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const change = stripOnly ? undefined : windowKey(event.key, event.shiftKey)
    if (change !== undefined) turn(change)
    if (change !== undefined || isWalkKey(event.key)) event.preventDefault()
    if (change !== undefined || !isWalkKey(event.key)) return
    const { reached } = useStore.getState()
    const walk = { now: Math.round(cursor.now()), reached, span, stories, marks: lanes?.marks ?? NOBODY }
    const to = keyTarget(event.key, event.shiftKey, walk)
    if (to !== undefined) actions.seek(to)
  }

  const [hands] = useState(() => ({
    onSeek(at: Micros) {
      if (seekTo.current === null) {
        requestAnimationFrame(() => {
          if (seekTo.current !== null) actions.seek(seekTo.current)
          seekTo.current = null
        })
      }
      seekTo.current = at
    },
    onSelect: (id: ProcessId) => actions.select(id),
    onRail: (id: number) => actions.switchBranch(id),
    onHold(now: boolean) {
      held.current = now
    },
    onPan(by: Micros) {
      const { playing, reached } = useStore.getState()
      const now = cursor.now()
      onShow.current = panned(onShow.current, by, Math.max(reached, now))
      if (playing || !contains(onShow.current, now)) useDiagramView.setState({ pinned: true })
      drawing.current(now)
    },
    onZoom(factor: number, at: Micros) {
      const { playing, speed } = useStore.getState()
      const now = cursor.now()
      zoomBy(factor)
      const view = useDiagramView.getState()
      if (playing && !view.pinned) return
      onShow.current = zoomed(onShow.current, shownSpan(view, speed), at)
      if (!contains(onShow.current, now)) useDiagramView.setState({ pinned: true })
    },
  }))
  const turn = (change: WindowKey) => {
    const { from, to } = onShow.current
    const now = cursor.now()
    if (change === 'whole') showWhole()
    if (change === 'whole' || change === 'follow') followCursor()
    else if ('pan' in change) hands.onPan(change.pan * (to - from))
    else hands.onZoom(change.zoom, contains(onShow.current, now) ? now : (from + to) / 2)
  }
  const noteOf = (window: Interval): string | null => {
    if (overview === null || !(dense || isCrowd)) return null
    const sent = count(sentIn(overview.counts, window, hidden))
    const added = `${sent} messages, added up in columns of ${roughly(overview.counts.column)}`
    if (width < NARROW) return `${sent} messages, added up`
    const zoom = dense && !isCrowd ? '. Zoom in to see each' : ''
    return `${added}${zoom}${overview.forgotten > window.from ? '. The earliest faults are no longer known' : ''}`
  }

  return (
    <div
      ref={root}
      className="space-time"
      role="slider"
      tabIndex={0}
      aria-label="Moment"
      aria-valuemin={0}
      aria-valuenow={0}
      onKeyDown={onKeyDown}
    >
      {!stripOnly && (
        <SpaceTimeDiagram
          feed={feed}
          diagram={{
            ref: diagram,
            lanes,
            overview,
            dense,
            hidden,
            rows,
            scale,
            width,
            size,
            room,
            selected,
            past,
            noteOf,
            bodyRef: body,
            plotRef: plot,
            ...hands,
          }}
          hidesMessages={dense}
        />
      )}
      <div ref={stripPlace} className="space-time-strip">
        <RunStrip ref={strip} span={runSpan} width={stripWidth} marks={stripMarks} rails={rails} {...hands} />
      </div>
    </div>
  )
})

/** The last few futures that were left, from where each parts from the run on show. */
function railsOf({ branches }: Tree, commands: AnyRun['commands']): readonly StripRail[] {
  return branches.slice(-MOST_RAILS).map(({ id, name, reached, commands: theirs }) => {
    const { at } = forkOf(theirs, commands)
    return { id, name, from: Math.min(at, reached), to: reached }
  })
}
const MOST_RAILS = 3
const NOTHING: AnyRun['commands'] = []

const frameOf = ({ frame }: PageState): PageState['frame'] => frame

type DiagramProps = Omit<Parameters<typeof LaneDiagram>[0], 'flying'>

/** Messages under way change with every frame; nothing else of the diagram does. */
function SpaceTimeDiagram({
  feed,
  diagram,
  hidesMessages,
}: {
  feed: LaneFeed
  diagram: DiagramProps
  hidesMessages: boolean
}) {
  const frame = useSlowly(frameOf, READ_MS)
  const flying = useMemo(
    () => (frame === null || hidesMessages ? [] : feed.flyingAt(frame)),
    // What has landed leaves the list when the answer that has its end is drawn.
    // oxlint-disable-next-line react/exhaustive-deps
    [frame, hidesMessages, feed, diagram.lanes],
  )
  return <LaneDiagram {...diagram} flying={flying} />
}

/** The window after the cursor moved or the length changed. One that was moved by hand stays until the cursor is put elsewhere. */
function nextWindow(
  window: Interval,
  length: Micros,
  now: Micros,
  { playing, held, before }: { playing: boolean; held: boolean; before: { now: Micros; playing: boolean } },
): Interval {
  const isPut = !playing && now !== before.now && !contains(window, now)
  if (useDiagramView.getState().pinned) {
    if (!isPut && (!playing || before.playing)) {
      const { from, to } = window
      return to - from === length ? window : zoomed(window, length, contains(window, now) ? now : (from + to) / 2)
    }
    followCursor()
  }
  return follow(window, length, now, held ? 'held' : playing ? 'playing' : 'paused')
}

const contains = ({ from, to }: Interval, at: Micros): boolean => from <= at && at <= to

/** Whether the details of a window are there; while it plays they come a little later. */
function isKnown(lanes: Lanes | null, { from, to }: Interval, reached: Micros): boolean {
  const late = (to - from) / 3
  return lanes !== null && lanes.from <= Math.max(0, from) && lanes.to >= Math.min(to, reached) - late
}

type Processes = readonly { id: ProcessId; beside: ProcessId | null }[]

/** As one string, which is the same as long as the processes are. */
function namesOf(processes: Processes | undefined, clients: boolean): string {
  if (processes === undefined) return ''
  let names = clients ? clientNames.get(processes) : serverNames.get(processes)
  if (names === undefined) {
    names = processes
      .filter(({ beside }) => (beside !== null) === clients)
      .map(({ id }) => id)
      .join(' ')
    if (clients) clientNames.set(processes, names)
    else serverNames.set(processes, names)
  }
  return names
}

/** A thousand processes are one list for many pictures. */
const clientNames = new WeakMap<Processes, string>()
const serverNames = new WeakMap<Processes, string>()

const split = (names: string): string[] => (names === '' ? [] : names.split(' '))

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
