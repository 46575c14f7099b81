import { type KeyboardEvent, memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Micros } from '../../base/units.ts'
import type { LaneMark } from '../../lab/lanes.ts'
import { type Hidden, sentIn } from '../../ui/lanes/columns.ts'
import { roughly } from '../../ui/lanes/roughly.ts'
import { MOST_LANES } from '../../ui/lanes/rows.ts'
import type { StripHandle } from '../../ui/lanes/RunStrip.tsx'
import type { DiagramHandle } from '../../ui/lanes/use-moving-parts.ts'
import { around, covers, type Interval, overviewSpan, spanOf } from '../../ui/lanes/window.ts'
import { count } from '../../ui/lanes/words.ts'
import { useSize } from '../../ui/use-size.ts'
import { useTouchDrag } from '../../ui/use-touch-drag.ts'
import { actions } from '../actions.ts'
import { cursor } from '../playback.ts'
import { useStore } from '../store.ts'
import { shownSpan, useDiagramView } from './diagram-view.ts'
import { overviewFeed } from './overview-feed.ts'
import { LaneFeed, WIDEST_WITH_MESSAGES } from './space-time-feed.ts'
import { isWalkKey, keyTarget, windowKey } from './space-time-keys.ts'
import { lanesOf, split } from './space-time-known.ts'
import { namesOf } from './space-time-names.ts'
import { isKnown, nextWindow } from './space-time-window.ts'
import { SpaceTimeDiagram } from './SpaceTimeDiagram.tsx'
import { SpaceTimeStrip } from './SpaceTimeStrip.tsx'
import { useCursor } from './use-cursor.ts'
import { useRails } from './use-rails.ts'
import { useSpaceTimeHands } from './use-space-time-hands.ts'
import { useSpeaking } from './use-speaking.ts'

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
  const rails = useRails()

  const marks = () => lanesOf(feed.known().lanes, overviewFeed.known(), dense)?.marks ?? NOBODY
  const speak = useSpeaking(root, marks)
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

  const { hands, turn } = useSpaceTimeHands(onShow, held, drawing)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const change = stripOnly ? undefined : windowKey(event.key, event.shiftKey)
    if (change !== undefined) turn(change)
    if (change !== undefined || isWalkKey(event.key)) event.preventDefault()
    if (change !== undefined || !isWalkKey(event.key)) return
    const { reached, stories } = useStore.getState()
    const walk = { now: Math.round(cursor.now()), reached, span, stories, marks: marks() }
    const to = keyTarget(event.key, event.shiftKey, walk)
    if (to !== undefined) actions.seek(to)
  }

  const noteOf = (window: Interval) => noteText(window, { dense, isCrowd, hidden, width })

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

/** At rest nothing else draws what has come to be known; and a question is asked from outside of what was answered. */
function look(draw: (now: Micros) => void): void {
  if (!useStore.getState().playing) draw(cursor.now())
}

interface Noted {
  dense: boolean
  isCrowd: boolean
  hidden: Hidden
  width: number
}

/** What is to be said of a window in which messages are added up; null where each is drawn. */
function noteText(window: Interval, { dense, isCrowd, hidden, width }: Noted): string | null {
  const overview = overviewFeed.known()
  if (overview === null || !(dense || isCrowd)) return null
  const sent = count(sentIn(overview.counts, window, hidden))
  const added = `${sent} messages, added up in columns of ${roughly(overview.counts.column)}`
  if (width < NARROW) return `${sent} messages, added up`
  const zoom = dense && !isCrowd ? '. Zoom in to see each' : ''
  return `${added}${zoom}${overview.forgotten > window.from ? '. The earliest faults are no longer known' : ''}`
}
