import {
  type CSSProperties,
  memo,
  type MouseEvent,
  type PointerEvent,
  type Ref,
  useContext,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { Hop, Subject } from '../../lab/explain.ts'
import type { LaneMessage, Lanes, Overview } from '../../lab/lanes.ts'
import { AskWhy } from '../ask-why.ts'
import { CausalPast } from './CausalPast.tsx'
import type { Hidden } from './columns.ts'
import { find, type Found, instantOf, type Point, processOf } from './hit.ts'
import { LaneAxis, LaneGrid } from './LaneAxis.tsx'
import { LaneColumns } from './LaneColumns.tsx'
import { LaneLines, Messages } from './LaneLines.tsx'
import { LaneMarks } from './LaneMarks.tsx'
import { LaneTip } from './LaneTip.tsx'
import { move, type Moving } from './mover.ts'
import { namedRows, rowAt, type Rows } from './rows.ts'
import { ticksOf, type TimeScale, xOf } from './scale.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { useHand } from './use-hand.ts'
import { covers, type Interval } from './window.ts'
import './lanes.css'

export interface DiagramHandle {
  /** Called at every painted frame. */
  place(window: Interval, now: Micros, reached: Micros): void
}

export interface LaneDiagramProps {
  ref: Ref<DiagramHandle>
  lanes: Lanes | null
  /** The run at a glance, where it is drawn; `dense`: in place of lines. */
  overview: Overview | null
  dense: boolean
  hidden: Hidden
  /** Messages that are under way at the instant on show, with the ends that they will have. */
  flying: readonly LaneMessage[]
  rows: Rows
  scale: TimeScale
  width: number
  /** How many times as large as usual letters are. */
  size: number
  /** The height that there is for the rows. */
  room: number
  selected: ProcessId | null
  /** The causal past that somebody asked about. */
  past: readonly Hop[]
  /** What is to be said of what a window shows, or null. */
  noteOf(window: Interval): string | null
  onSeek(at: Micros): void
  onSelect(id: ProcessId): void
  onHold(held: boolean): void
  onPan(by: Micros): void
  /** So many times as much time, an instant staying where it is. */
  onZoom(factor: number, at: Micros): void
  bodyRef: Ref<HTMLDivElement>
  plotRef: Ref<HTMLDivElement>
}

interface Look {
  point: Point
  at: Micros
  found: Found | null
}

/** So near to the playhead a press takes hold of it. */
const GRIP = 9

/** A lane for each process, time from left to right. React draws what is known; the playhead and the window only move it. */
export const LaneDiagram = memo(function LaneDiagram(props: LaneDiagramProps) {
  const { lanes, overview, dense, hidden, flying, rows, scale, width, size, room, selected, past, noteOf } = props
  const { ref, bodyRef, plotRef } = props
  const moving = useRef<Moving>({
    axis: null,
    grid: null,
    clip: null,
    lines: null,
    marks: null,
    veil: null,
    head: null,
  })
  const seen = useRef<{ window: Interval; now: Micros; reached: Micros } | null>(null)
  const area = useRef<HTMLDivElement>(null)
  const note = useRef<HTMLParagraphElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const [look, setLook] = useState<Look | null>(null)

  const ticks = useMemo(() => ticksOf(scale, scale.k), [scale])
  const segments = useMemo(
    () =>
      segmentsOf(
        (lanes?.messages ?? []).filter(({ fate, type }) => fate !== 'flying' && !hidden.kinds.has(type)),
        rows,
        scale,
      ),
    [lanes, rows, scale, hidden],
  )
  const live = useMemo(
    () =>
      segmentsOf(
        flying.filter(({ type }) => !hidden.kinds.has(type)),
        rows,
        scale,
      ),
    [flying, rows, scale, hidden],
  )
  const cuts = useMemo(() => (lanes?.spans ?? []).filter(({ process }) => process === null), [lanes])
  const words = useRef<(SVGElement | null)[]>([])
  const drawn = {
    scale,
    ticks,
    width,
    get cuts() {
      return cuts.map(({ from, to }, i) => ({
        from,
        to: lanes !== null && to >= lanes.to ? Number.POSITIVE_INFINITY : to,
        word: words.current[i] ?? null,
      }))
    },
  }

  useImperativeHandle(ref, () => ({
    place(window, now, reached) {
      seen.current = { window, now, reached }
      tell(note.current, noteOf(window))
      if (covers(scale, window)) move(moving.current, drawn, window, now, reached)
    },
  }))
  // What was drawn anew stands where the last frame had it, before anybody sees it.
  useLayoutEffect(() => {
    const last = seen.current
    if (last !== null) move(moving.current, drawn, last.window, last.now, last.reached)
  })

  const ask = useContext(AskWhy)
  const instantAt = (clientX: number): Micros => {
    const window = seen.current?.window ?? scale
    const x = clientX - (area.current?.getBoundingClientRect().left ?? 0)
    return Math.round(Math.min(window.to, Math.max(window.from, window.from + x / scale.k)))
  }
  const lookAt = (event: MouseEvent | PointerEvent): Look => {
    const box = area.current?.getBoundingClientRect()
    const at = instantAt(event.clientX)
    const place = { x: xOf(scale, at), y: event.clientY - (box?.top ?? 0) }
    const isKnown = at <= Math.max(seen.current?.reached ?? 0, seen.current?.now ?? 0)
    const inside = event.clientX >= (box?.left ?? 0) && place.y >= 0 && isKnown
    const counts = overview === null ? null : { list: overview.counts, dense, hidden }
    const found = lanes === null || !inside ? null : find(lanes, [...segments, ...live], rows, scale, place, counts)
    return { point: { x: event.clientX, y: event.clientY }, at, found }
  }
  const hand = useHand(root, {
    ...props,
    instantAt,
    scale: () => scale.k,
    onZoom: (factor, at) => {
      setLook(null)
      props.onZoom(factor, at)
    },
    isInside: (clientX) => clientX >= (area.current?.getBoundingClientRect().left ?? 0),
    isHandle: (event) => {
      const box = area.current?.getBoundingClientRect()
      const { window, now } = seen.current ?? { window: scale, now: 0 }
      const head = (box?.left ?? 0) + (now - window.from) * scale.k
      return event.clientY < (box?.top ?? 0) || Math.abs(event.clientX - head) <= GRIP
    },
    onClick: (event) => {
      const { found, at } = lookAt(event)
      props.onSeek((found !== null && instantOf(found)) || at)
      if (event.pointerType === 'touch') setLook(null)
      const y = event.clientY - (area.current?.getBoundingClientRect().top ?? 0)
      const id = (found === null ? null : processOf(found)) ?? (y < 0 ? undefined : rowAt(rows, y)?.id)
      if (id !== undefined) props.onSelect(id)
    },
  })

  const wide = (scale.to - scale.from) * scale.k
  const layer = { className: 'lane-layer', width: wide, height: rows.height }
  const names = Math.max(2, rows.rest?.id.length ?? 0, ...rows.list.map(({ id }) => id.length))
  return (
    <div
      ref={root}
      className="lane-diagram"
      data-past={past.length > 0 || undefined}
      style={{ '--names': names } as CSSProperties}
      onPointerDown={hand.onPointerDown}
      onPointerMove={(event) => {
        hand.onPointerMove(event)
        setLook(hand.isMoving() ? null : lookAt(event))
      }}
      onLostPointerCapture={hand.onLostPointerCapture}
      onDoubleClick={(event) => askAbout(event)}
      onPointerLeave={() => setLook(null)}
    >
      <div className="lane-axis">
        <svg ref={keep('axis')} className="lane-layer" width={wide} height="100%">
          <LaneAxis ticks={ticks} scale={scale} />
        </svg>
      </div>
      <div ref={bodyRef} className="lane-body" data-scrolls={rows.height > room + 1 || undefined}>
        <div className="lane-inner" style={{ height: rows.height }}>
          {namedRows(rows, selected, size).map(({ id, y, height, client }) => (
            <span
              key={id}
              className="lane-name"
              data-small={height < 17 || client || undefined}
              data-client={client || undefined}
              data-selected={id === selected || undefined}
              style={{ top: y }}
            >
              {id}
            </span>
          ))}
          {rows.rest !== null && (
            <span className="lane-name" data-rest style={{ top: rows.rest.y }}>
              {rows.rest.id}
            </span>
          )}
          <div ref={area} className="lane-plot">
            <div ref={plotRef} className="lane-measure" />
            <svg ref={keep('grid')} {...layer}>
              <LaneGrid ticks={ticks} scale={scale} height={rows.height} />
            </svg>
            <div ref={keep('clip')} className="lane-clip">
              <svg ref={keep('lines')} {...layer} data-diagram={lanes === null ? 'empty' : 'drawn'}>
                {overview !== null && lanes !== null && (dense || rows.rest !== null) && (
                  <LaneColumns {...{ counts: overview.counts, lanes, rows, hidden, dense, scale }} />
                )}
                {lanes !== null && <LaneLines {...{ lanes, rows, scale, segments, dense }} />}
                <g className="lane-live">
                  <Messages segments={live} others={segments.length} />
                </g>
                {past.length > 0 && <CausalPast hops={past} rows={rows} scale={scale} />}
              </svg>
            </div>
            <svg ref={keep('marks')} {...layer}>
              {cuts.map(({ from }, i) => (
                <text key={from} ref={keepWord(i)} className="lane-word" y={9}>
                  cut
                </text>
              ))}
              {lanes !== null && <LaneMarks lanes={lanes} rows={rows} scale={scale} />}
              {look?.found?.type === 'message' && <Picked segment={look.found.segment} />}
            </svg>
            <div ref={keep('veil')} className="lane-veil" />
          </div>
        </div>
      </div>
      <div className="lane-heads">
        <div ref={keep('head')} className="lane-head" />
      </div>
      <p ref={note} className="lane-note" />
      {look !== null && <LaneTip {...look} />}
    </div>
  )

  function askAbout(event: MouseEvent): void {
    const subject = subjectOf(lookAt(event).found)
    if (subject !== null) ask?.(subject)
  }
  function keep(part: keyof Moving) {
    return (element: Element | null) => {
      moving.current[part] = element as never
    }
  }
  function keepWord(i: number) {
    return (element: SVGElement | null) => {
      words.current[i] = element
    }
  }
})

/** Said at every frame, and written only when it is another. */
function tell(note: HTMLElement | null, text: string | null): void {
  if (note !== null && note.textContent !== (text ?? '')) note.textContent = text ?? ''
}

/** What a find can be asked about. */
function subjectOf(found: Found | null): Subject | null {
  if (found?.type === 'message') return { type: 'message', id: found.message.id, sentAt: found.message.sentAt }
  if (found?.type !== 'mark' || found.mark.type === 'violation') return null
  const { process, at, type } = found.mark
  return { type: 'mark', process, at, kind: type }
}

/** The message under the pointer. */
function Picked({ segment: { x1, y1, x2, y2 } }: { segment: Segment }) {
  return <path className="lane-picked" d={`M${x1} ${y1}L${x2} ${y2}`} />
}
