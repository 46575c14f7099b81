import { type CSSProperties, type KeyboardEvent, memo, type PointerEvent, useMemo, useRef, useState } from 'react'
import { formatInstant, MS, type Micros } from '../../base/units.ts'
import { useSize } from '../../ui/use-size.ts'
import { cursor } from '../playback.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { type Mark, marksOf, nearestMark, niceStep, spanFor } from './scale.ts'
import { ScrubberScale } from './ScrubberScale.tsx'
import { useCursor } from './use-cursor.ts'
import { useThrottled } from './use-throttled.ts'
import './scrubber.css'

/** Room for a label such as `12.5 s`. */
const LABEL_PX = 84
const MARK_PX = 6
const ARROW: Micros = 10 * MS

interface Hover {
  at: Micros
  mark: Mark | null
}

/**
 * The run as a line, to be dragged along. The span grows with the run; as everything stands at `--at / --span` of the
 * width, the style sheet moves it and React renders only when the scale changes.
 */
export const Scrubber = memo(function Scrubber() {
  const track = useRef<HTMLDivElement>(null)
  const span = useRef(spanFor(0))
  const held = useRef(false)
  const width = useSize(track)?.width ?? 0
  const reached = useStore((s) => s.reached)
  const generation = useStore((s) => s.generation)
  const stories = useThrottled(
    useStore((s) => s.stories),
    200,
  )
  const at = useThrottled(
    useStore((s) => s.frame?.moment.at ?? 0),
    250,
  )
  const [hover, setHover] = useState<Hover | null>(null)
  const step = niceStep((spanFor(Math.max(reached, at)) * LABEL_PX) / Math.max(width, LABEL_PX))
  const marks = useMemo(() => marksOf(stories, step / 24), [stories, step])

  useCursor((now) => {
    // The scale keeps still under a hand that drags.
    if (!held.current) span.current = spanFor(Math.max(reached, now))
    const style = track.current?.style
    style?.setProperty('--span', String(span.current))
    style?.setProperty('--now', String(now))
    style?.setProperty('--reached', String(Math.max(reached, now)))
  })

  const look = (event: PointerEvent<HTMLDivElement>): Hover => {
    const box = event.currentTarget.getBoundingClientRect()
    const raw = ((event.clientX - box.left) / box.width) * span.current
    const pointed = Math.round(Math.min(Math.max(0, raw), span.current))
    return { at: pointed, mark: nearestMark(marks, pointed, (MARK_PX / box.width) * span.current) }
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = true
    const { at: pointed, mark } = look(event)
    actions.seek(mark?.story.at ?? pointed)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const seen = look(event)
    setHover(seen)
    if (held.current) actions.seek(seen.at)
  }
  const letGo = () => {
    held.current = false
  }

  return (
    <div className="scrubber">
      <div
        ref={track}
        className="scrubber-track"
        role="slider"
        tabIndex={0}
        aria-label="Moment"
        aria-valuemin={0}
        aria-valuemax={Math.round(Math.max(reached, at))}
        aria-valuenow={at}
        aria-valuetext={`${formatInstant(at)} of ${formatInstant(Math.max(reached, at))}`}
        style={{ '--span': spanFor(0), '--now': 0, '--reached': 0 } as CSSProperties}
        onKeyDown={(event) =>
          onKey(
            event,
            reached,
            stories.map((story) => story.at),
          )
        }
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onPointerLeave={() => setHover(null)}
      >
        <ScrubberScale key={generation} step={step} span={spanFor(Math.max(reached, at))} marks={marks} />
        <div className="scrubber-line" />
        <div className="scrubber-head" />
        {hover !== null && <Tip {...hover} />}
      </div>
    </div>
  )
})

function Tip({ at, mark }: Hover) {
  const place = mark?.story.at ?? at
  return (
    <div className="scrubber-tip" style={{ '--at': place } as CSSProperties} data-mark={mark !== null || undefined}>
      <span className="mono">{formatInstant(place)}</span>
      {mark !== null && <span>{mark.story.text}</span>}
      {mark !== null && mark.count > 1 && <small>and {mark.count - 1} more nearby</small>}
    </div>
  )
}

/** Arrows move a little, PageUp and PageDown from story to story, Home and End to the ends of what has been seen. */
function onKey(event: KeyboardEvent, reached: Micros, stories: readonly Micros[]): void {
  const to = target(event.key, cursor.now(), reached, stories)
  if (to === undefined) return
  event.preventDefault()
  actions.seek(Math.max(0, to))
}

function target(key: string, now: Micros, reached: Micros, stories: readonly Micros[]): Micros | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return now + ARROW
    case 'ArrowLeft':
    case 'ArrowDown':
      return now - ARROW
    case 'PageUp':
      return stories.find((at) => at > now)
    case 'PageDown':
      return stories.findLast((at) => at < now)
    case 'Home':
      return 0
    case 'End':
      return reached
    default:
      return undefined
  }
}
