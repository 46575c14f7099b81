import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { LaneMark, Lanes } from '../../lab/lanes.ts'
import type { DiagramHandle } from '../../ui/lanes/LaneDiagram.tsx'
import { MOST_LANES } from '../../ui/lanes/rows.ts'
import type { StripHandle, StripRail } from '../../ui/lanes/RunStrip.tsx'
import { around, covers, follow, type Interval, overviewSpan, panned, spanOf, zoomed } from '../../ui/lanes/window.ts'
import { sentIn } from '../../ui/lanes/columns.ts'
import { roughly } from '../../ui/lanes/roughly.ts'
import { count } from '../../ui/lanes/words.ts'
import { useSize } from '../../ui/use-size.ts'
import { useTouchDrag } from '../../ui/use-touch-drag.ts'
import type { AnyRun, Tree } from '../../engine/messages.ts'
import { forkOf } from '../branches/fork.ts'
import { actions } from '../actions.ts'
import { cursor } from '../playback.ts'
import { useStore } from '../store.ts'
import { follow as followCursor, shownSpan, showWhole, useDiagramView, zoomBy } from './diagram-view.ts'
import { overviewFeed } from './overview-feed.ts'
import { isWalkKey, keyTarget, type WindowKey, windowKey } from './space-time-keys.ts'
import { LaneFeed, WIDEST_WITH_MESSAGES } from './space-time-feed.ts'
import { lanesOf, split } from './space-time-known.ts'
import { SpaceTimeDiagram } from './SpaceTimeDiagram.tsx'
import { SpaceTimeStrip } from './SpaceTimeStrip.tsx'
import { useCursor } from './use-cursor.ts'

/** How often an assistive technology hears of a run that plays. */
const SPEAK_MS = 500

/** A narrower diagram has no room for a long sentence. */
const NARROW = 600
/** More messages in a window are added up: their lines would only cover each other. Few enough again, they are drawn. */
const TOO_DENSE = 1_000
const FEW_ENOUGH = 800

const FIRST: Interval = { from: 0, to: spanOf(0, 1) }
const NOBODY: readonly LaneMark[] = []

/**
 * The space-time diagram, which is the scrubber: what happened in a window around the cursor, and a strip for the whole run.
 * React draws a stretch of time that is wider than the window; between two drawings everything that moves is a transform.
 */
export const SpaceTime = memo(function SpaceTime({ stripOnly }: { stripOnly: boolean }) {
  const root = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const plot = useRef<HTMLDivElement>(null)
  const diagram = useRef<DiagramHandle>(null)
  const strip = useRef<StripHandle>(null)
  const onShow = useRef<Interval>(FIRST)
  const held = useRef(false)
  const spokenAt = useRef(0)
  const seekTo = useRef<Micros | null>(null)
  const before = useRef({ now: 0, playing: false })
  const drawing = useRef<(now: Micros) => void>(() => {})

  useTouchDrag(root)
  const width = useSize(plot)?.width ?? 0
  const room = useSize(body)?.height ?? 0

  const [feed] = useState(() => new LaneFeed())
  useEffect(() => feed.start(), [feed])
  useEffect(() => overviewFeed.start(), [])
  // What is known changes what is asked next, and whether messages are added up; a run that plays asks with every frame.
  useEffect(() => feed.subscribe(() => look(drawing.current)), [feed])
  useEffect(() => overviewFeed.subscribe(() => look(drawing.current)), [])

  const [view, setView] = useState<Interval>(() => around(FIRST))
  const [runSpan, setRunSpan] = useState(() => overviewSpan(0))
  const [span, setSpan] = useState(spanOf(0, 1))
  const [dense, setDense] = useState(false)
  const scale = useMemo(() => ({ ...view, k: Math.max(1, width) / span }), [view, width, span])

  const speed = useStore((s) => s.speed)
  const hidden = useDiagramView((s) => s.hidden)
  useEffect(() => useDiagramView.setState({ width }), [width])
  const servers = useStore((s) => namesOf(s.frame?.world.processes, false))
  const clients = useStore((s) => namesOf(s.frame?.world.processes, true))
  const crowd = useMemo(() => split(servers).length, [servers])
  const isCrowd = crowd > MOST_LANES
  const tree = useStore((s) => s.tree)
  const commands = useStore((s) => s.run?.commands ?? NOTHING)
  const rails = useMemo(() => railsOf(tree, commands), [tree, commands])

  const speak = (now: Micros, reached: Micros, playing: boolean) => {
    const element = root.current
    const time = performance.now()
    if (element === null || (playing && time - spokenAt.current < SPEAK_MS)) return
    spokenAt.current = time
    const mark = playing
      ? undefined
      : lanesOf(feed.known().lanes, overviewFeed.known(), dense)?.marks.findLast(({ at }) => at === Math.round(now))
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
    const overview = overviewFeed.known()
    const detail = feed.known()
    const sent = overview === null ? 0 : sentIn(overview.counts, onShow.current, hidden)
    const drawn = isCrowd ? (2 * sent) / crowd : sent
    const tooMany = length > WIDEST_WITH_MESSAGES || drawn > (dense ? FEW_ENOUGH : TOO_DENSE)
    const wanted = around(onShow.current)
    if (!tooMany) feed.want({ from: wanted.from, to: Math.min(wanted.to, reached) })
    const adds = tooMany || detail.crowded || !isKnown(detail.lanes, onShow.current, reached)
    if (adds !== dense && (overview !== null || !adds)) setDense(adds)
  }
  useCursor(draw)
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
    const { reached, stories } = useStore.getState()
    const walk = {
      now: Math.round(cursor.now()),
      reached,
      span,
      stories,
      marks: lanesOf(feed.known().lanes, overviewFeed.known(), dense)?.marks ?? NOBODY,
    }
    const to = keyTarget(event.key, event.shiftKey, walk)
    if (to !== undefined) actions.seek(to)
  }

  const seekNow = () => {
    const to = seekTo.current
    seekTo.current = null
    if (to !== null) actions.seek(to)
  }
  const [hands] = useState(() => ({
    onSeek(at: Micros) {
      if (seekTo.current === null) requestAnimationFrame(seekNow)
      seekTo.current = at
    },
    onSelect: (id: ProcessId) => actions.select(id),
    onRail: (id: number) => actions.switchBranch(id),
    onHold(now: boolean) {
      held.current = now
      // What comes next, a tap on Play perhaps, comes after it.
      if (!now) seekNow()
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
  // What the hand shows is kept outside of React.
  useEffect(() => {
    return useDiagramView.subscribe(({ along }, before) => {
      const { from, to } = onShow.current
      if (along === before.along) drawing.current(cursor.now())
      else hands.onPan((along - before.along) * (to - from))
    })
  }, [hands])
  const turn = (change: WindowKey) => {
    const { from, to } = onShow.current
    const now = cursor.now()
    if (change === 'whole') showWhole()
    if (change === 'whole' || change === 'follow') followCursor()
    else if ('pan' in change) hands.onPan(change.pan * (to - from))
    else hands.onZoom(change.zoom, contains(onShow.current, now) ? now : (from + to) / 2)
  }
  const noteOf = (window: Interval): string | null => {
    const overview = overviewFeed.known()
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
          handle={diagram}
          {...{ feed, dense, servers, clients, hidden, scale, width, room, noteOf }}
          bodyRef={body}
          plotRef={plot}
          {...hands}
        />
      )}
      <SpaceTimeStrip handle={strip} span={runSpan} rails={rails} {...hands} />
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

/** At rest nothing else draws what has come to be known; and a question is asked from outside of what was answered. */
function look(draw: (now: Micros) => void): void {
  if (!useStore.getState().playing) draw(cursor.now())
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
