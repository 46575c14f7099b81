import {
  type KeyboardEvent,
  memo,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { Hop } from '../../lab/explain.ts'
import type { LaneMark, Lanes } from '../../lab/lanes.ts'
import { type DiagramHandle, LaneDiagram } from '../../ui/lanes/LaneDiagram.tsx'
import { layoutCrowd, layoutRows, MOST_LANES } from '../../ui/lanes/rows.ts'
import { RunStrip, type StripHandle, type StripRail } from '../../ui/lanes/RunStrip.tsx'
import { around, covers, follow, type Interval, overviewSpan, spanOf } from '../../ui/lanes/window.ts'
import { useSize } from '../../ui/use-size.ts'
import type { AnyRun, Tree } from '../../engine/messages.ts'
import { forkOf } from '../branches/fork.ts'
import { actions } from '../actions.ts'
import { cursor } from '../playback.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { useWhy } from '../why/ask.ts'
import { marksOf } from './scale.ts'
import { isWalkKey, keyTarget } from './space-time-keys.ts'
import { LaneFeed, WIDEST_WITH_MESSAGES } from './space-time-feed.ts'
import { useZoom, zoomBy } from './SpaceTimeZoom.tsx'
import { useCursor } from './use-cursor.ts'
import { useScale } from './use-shown.ts'
import { useSlowly, useThrottled } from './use-throttled.ts'

/** How often an assistive technology hears of a run that plays. */
const SPEAK_MS = 500
const READ_MS = 60
/** Pixels of the strip that stories share. */
const BIN = 3

/** A lower diagram has lanes for servers alone. */
const ROOM_FOR_CLIENTS = 80
/** A narrower one shows half as much time, or lines would only cover each other. */
const NARROW = 600

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

  const width = useSize(plot)?.width ?? 0
  const room = useSize(body)?.height ?? 0
  const stripWidth = useSize(stripPlace)?.width ?? 0

  const [feed] = useState(() => new LaneFeed())
  useEffect(() => feed.start(), [feed])
  const { lanes, crowded } = useSyncExternalStore(feed.subscribe, feed.known)

  const [view, setView] = useState<Interval>(() => around(FIRST))
  const [runSpan, setRunSpan] = useState(() => overviewSpan(0))
  const [span, setSpan] = useState(spanOf(0, 1))
  const scale = useMemo(() => ({ ...view, k: Math.max(1, width) / span }), [view, width, span])

  const selected = useStore((s) => s.selected)
  const speed = useStore((s) => s.speed)
  const past = useWhy(({ answer }) => (answer === null || typeof answer === 'string' ? NO_HOPS : answer.hops))
  const zoom = useZoom((s) => s.zoom)
  const servers = useStore((s) => namesOf(s.frame?.world.processes, false))
  const clients = useStore((s) => namesOf(s.frame?.world.processes, true))
  const active = useMemo(() => (room < ROOM_FOR_CLIENTS ? '' : activeIn(lanes, clients)), [lanes, clients, room])
  const size = useScale()
  const rows = useMemo(() => {
    const all = split(servers)
    return all.length > MOST_LANES
      ? layoutCrowd(all.includes(selected ?? '') ? selected : null, all.length, room, size)
      : layoutRows(all, split(active), room, size)
  }, [servers, selected, active, room, size])
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
    const length = spanOf(speed, zoom) / (width > 0 && width < NARROW ? 2 : 1)
    const state = held.current ? 'held' : playing ? 'playing' : 'paused'
    onShow.current = follow(onShow.current, length, now, state)
    const far = Math.max(reached, now)
    if (length !== span || !covers(view, onShow.current)) {
      setView(around(onShow.current))
      setSpan(length)
    }
    const whole = overviewSpan(rails.reduce((most, { to }) => Math.max(most, to), far))
    if (!held.current && whole !== runSpan) setRunSpan(whole)
    const wanted = around(onShow.current)
    if (!stripOnly && frame !== null) feed.want({ from: wanted.from, to: Math.min(wanted.to, reached) })
    diagram.current?.place(onShow.current, now, reached)
    strip.current?.place(now, far, onShow.current)
    speak(now, reached, playing)
  }
  useCursor(draw)
  const redraw = useEffectEvent(() => draw(cursor.now()))
  // What was drawn anew, at another scale perhaps, is moved to its place; a speed or zoom that changed is seen at rest, too.
  useLayoutEffect(() => redraw())

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isWalkKey(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const { reached } = useStore.getState()
    const walk = { now: Math.round(cursor.now()), reached, span, stories, marks: lanes?.marks ?? NOBODY }
    const to = keyTarget(event.key, event.shiftKey, walk)
    if (to !== undefined) actions.seek(to)
  }

  // A wheel with Ctrl would zoom the page, which only a listener that is not passive can prevent.
  useEffect(() => {
    const element = root.current
    if (element === null || stripOnly) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      zoomBy(2 ** (Math.max(-50, Math.min(50, event.deltaY)) / 100))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [stripOnly])

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
  }))

  const wide = span > WIDEST_WITH_MESSAGES
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
            lanes: wide && lanes !== null ? without(lanes) : lanes,
            rows,
            scale,
            width,
            room,
            selected,
            past,
            note: wide || crowded ? 'Messages are not drawn at this scale' : null,
            bodyRef: body,
            plotRef: plot,
            ...hands,
          }}
          hidesMessages={wide || crowded}
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

const bare = new WeakMap<Lanes, Lanes>()
/** The same without messages, and the same object each time. */
function without(lanes: Lanes): Lanes {
  const known = bare.get(lanes) ?? { ...lanes, messages: [] }
  bare.set(lanes, known)
  return known
}

type Processes = readonly { id: ProcessId; beside: ProcessId | null }[]

/** As one string, which is the same as long as the processes are. */
const namesOf = (processes: Processes | undefined, clients: boolean): string =>
  (processes ?? [])
    .filter(({ beside }) => (beside !== null) === clients)
    .map(({ id }) => id)
    .join(' ')

const split = (names: string): string[] => (names === '' ? [] : names.split(' '))

/** The clients that have done something in what is drawn. */
function activeIn(lanes: Lanes | null, clients: string): string {
  if (lanes === null) return ''
  const seen = new Set(lanes.marks.map(({ process }) => process))
  for (const { from, to } of lanes.messages) seen.add(from).add(to)
  return split(clients)
    .filter((id) => seen.has(id))
    .join(' ')
}
