import { ticks } from 'd3'
import { type PointerEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatDuration, formatInstant, type Micros, MS } from '../../base/units.ts'
import { linearizationPoints } from '../../check/points.ts'
import { Icon } from '../../ui/icons.tsx'
import { useTouchDrag } from '../../ui/use-touch-drag.ts'
import { Switch } from '../components/SettingsSwitch.tsx'
import { useCursor } from '../components/use-cursor.ts'
import { cursor } from '../playback.ts'
import { type FaultSpan, stacked } from './faults.ts'
import { HistoryBar, type Mark } from './HistoryBar.tsx'
import type { Judged } from './judge-client.ts'
import { type Bar, type Told, type Track, tracks } from './track.ts'
import { type Span, useSpan } from './use-span.ts'

interface DiagramProps {
  told: Told
  judged: Judged | null
  clients: readonly string[]
  /** The moment on show; null where there is none. */
  at: Micros | null
  faults: readonly FaultSpan[]
  ordered: boolean
  onOrder(ordered: boolean): void
  /** Operations to look at, by their ids. Another list brings them into view. */
  pointed: readonly string[]
  onSeek: ((at: Micros) => void) | null
  /** Whether the axis is time, and not the mere order of events. */
  timed: boolean
}

/** A bar from call to return for each operation, a track for each client, on the run's own time axis with its faults. */
export function HistoryDiagram(props: DiagramProps) {
  const { told, judged, clients, at, faults, ordered, onOrder, pointed, onSeek, timed } = props
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const all = useMemo(() => tracks(told.bars, clients), [told.bars, clients])
  const end = useMemo(
    () => told.bars.reduce((last, { call, end: to }) => Math.max(last, call, to ?? 0), at ?? 0),
    [told.bars, at],
  )
  const { span, zoom, shift, show, around, whole } = useSpan(at, end, told.bars.at(-1)?.call ?? 0)
  const marks = useMarks(told, judged, ordered, end)
  const stuck = told.bars.find(({ place }) => place !== null && marks.get(place)?.stuck === true) ?? null
  const [chosen, setChosen] = useState<Bar | null>(null)
  const [looked, setLooked] = useState(pointed)
  // Set while rendering, so that no stale view is drawn.
  if (looked !== pointed) {
    setLooked(pointed)
    const bars = told.bars.filter(({ id }) => pointed.includes(id))
    if (bars.length > 0) {
      around(
        Math.min(...bars.map(({ call }) => call)),
        Math.max(...bars.map((bar) => bar.end ?? bar.call)),
        bars.length > 1 ? 2 : 10,
      )
      setChosen(bars.at(-1) ?? null)
    }
  }
  // Where the page is scrolled to is outside React.
  useEffect(() => {
    if (pointed.length === 0) return
    root.current?.scrollIntoView({ block: 'nearest' })
    // Many clients are higher than the panel.
    root.current?.querySelector('[data-pointed]')?.scrollIntoView({ block: 'nearest' })
  }, [pointed])
  const order = useMemo(() => told.bars.toSorted((x, y) => x.call - y.call), [told.bars])
  const walk = (from: Bar, by: number): Bar | null => {
    const next = order[order.findIndex(({ id }) => id === from.id) + by] ?? null
    if (next !== null) show(next.call, next.end ?? next.call)
    return next
  }
  return (
    <div className="history" ref={root}>
      <div className="history-tools" data-picture="none">
        {told.model !== null && (
          <>
            <Switch id={id} on={ordered} onSwitch={onOrder} />
            <label htmlFor={id}>Show an order</label>
          </>
        )}
        <Tool name="Earlier" icon="chevronLeft" onClick={() => shift(-0.5)} />
        <Tool name="Later" icon="chevronRight" onClick={() => shift(0.5)} />
        <Tool name="Zoom out" icon="minus" onClick={() => zoom(2)} />
        <Tool name="Zoom in" icon="plus" onClick={() => zoom(0.5)} />
        <button type="button" className="history-all" onClick={whole}>
          All
        </button>
      </div>
      <div
        className="history-plot"
        data-ordered={ordered || undefined}
        role="group"
        aria-label={`Operations by client, ${viewText(span, timed)}`}
      >
        <Axis span={span} timed={timed} onSeek={onSeek} />
        {faults.length > 0 && <Faults faults={faults} span={span} end={end} />}
        {all.map((track) => (
          <TrackRow
            key={track.client}
            track={track}
            at={at}
            span={span}
            marks={marks}
            pointed={pointed}
            onChoose={setChosen}
            onWalk={walk}
            onSeek={onSeek}
          />
        ))}
        {at !== null && <Cursor span={span} />}
      </div>
      <Detail bar={chosen ?? stuck ?? told.bars.at(-1) ?? null} marks={marks} timed={timed} />
    </div>
  )
}

const viewText = ({ from, to }: Span, timed: boolean): string =>
  timed ? `${formatDuration(Math.round(to - from))} in view` : 'in order of events'

function Tool({
  name,
  icon,
  onClick,
}: {
  name: string
  icon: 'chevronLeft' | 'chevronRight' | 'plus' | 'minus'
  onClick(): void
}) {
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={onClick}>
      {icon === 'minus' ? <span aria-hidden="true">−</span> : <Icon name={icon} size={14} />}
    </button>
  )
}

/** Where each operation takes effect, and who cannot. */
function useMarks(told: Told, judged: Judged | null, ordered: boolean, end: Micros): Map<number, Mark> {
  return useMemo(() => {
    const marks = new Map<number, Mark>()
    if (judged === null) return marks
    const times = told.bars.flatMap((bar) => (bar.place === null ? [] : [{ place: bar.place, bar }]))
    const drawn = judged.operations.map((operation) => ({ ...operation }))
    for (const { place, bar } of times) {
      const operation = drawn[place]
      if (operation === undefined) continue
      operation.call = bar.call
      operation.return = operation.return === null ? null : (bar.end ?? operation.return)
    }
    for (const part of judged.found.partitions) {
      const order = part.verdict === 'ok' ? part.order : part.longest
      if (part.verdict === 'illegal') marks.set(part.stuck, { point: null, rank: null, stuck: true })
      if (!ordered) continue
      const points = linearizationPoints(drawn, order, end)
      for (const [rank, place] of order.entries())
        marks.set(place, { point: points.get(place) ?? null, rank: rank + 1, stuck: false })
    }
    return marks
  }, [told.bars, judged, ordered, end])
}

const percent = (at: Micros, { from, to }: Span): number => (100 * (at - from)) / (to - from)

function Axis({ span, timed, onSeek }: { span: Span; timed: boolean; onSeek: ((at: Micros) => void) | null }) {
  const axis = useRef<HTMLDivElement>(null)
  useTouchDrag(axis)
  const seek = (event: PointerEvent) => {
    const box = axis.current?.getBoundingClientRect()
    if (onSeek === null || box === undefined || (event.type === 'pointermove' && event.buttons === 0)) return
    if (event.type === 'pointerdown') axis.current?.setPointerCapture(event.pointerId)
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    onSeek(span.from + share * (span.to - span.from))
  }
  return (
    <div
      ref={axis}
      className="history-axis"
      data-seeks={onSeek !== null || undefined}
      title={onSeek === null ? undefined : 'Click or drag: the run goes there'}
      onPointerDown={seek}
      onPointerMove={seek}
    >
      {ticks(span.from, span.to, 4).map((tick) => (
        <span key={tick} className="mono" style={{ left: `${percent(tick, span)}%` }}>
          {timed ? tickText(tick, span) : `#${Math.round(tick / MS)}`}
        </span>
      ))}
    </div>
  )
}

const tickText = (tick: Micros, { from, to }: Span): string =>
  to - from < 20 * MS ? `${(tick / MS).toFixed(1)} ms` : `${(tick / 1_000_000).toFixed(to - from < 400 * MS ? 2 : 1)} s`

function Faults({ faults, span, end }: { faults: readonly FaultSpan[]; span: Span; end: Micros }) {
  const seen = faults.filter(({ from, to }) => from <= span.to && (to ?? end) >= span.from)
  const rowOf = stacked(seen)
  const rows = Math.max(1, ...rowOf.map((row) => row + 1))
  return (
    <div className="history-faults" style={{ height: `calc(${rows} * 20px * var(--scale))` }}>
      {seen.map(({ text, from, to }, i) => {
        const left = Math.max(0, percent(from, span))
        const right = Math.min(100, percent(to ?? Math.max(end, from), span))
        const title = `${text} from ${formatInstant(from)}${to === null ? '' : ` to ${formatInstant(to)}`}`
        return (
          <span
            key={`${text} ${from}`}
            style={{
              left: `${left}%`,
              width: `${Math.max(0.6, right - left)}%`,
              top: `calc(${rowOf[i] ?? 0} * 20px * var(--scale) + 2px)`,
            }}
            title={title}
          >
            {text}
          </span>
        )
      })}
      {seen.length === 0 && <span className="history-quiet">no fault in view</span>}
    </div>
  )
}

interface RowProps {
  track: Track
  at: Micros | null
  span: Span
  marks: Map<number, Mark>
  pointed: readonly string[]
  onChoose(bar: Bar): void
  onWalk(from: Bar, by: number): Bar | null
  onSeek: ((at: Micros) => void) | null
}

/** Only what is in view is there: a long history costs no more than a short one. */
function TrackRow({ track, at, span, marks, pointed, onChoose, onWalk, onSeek }: RowProps) {
  const seen = track.bars.filter(({ bar }) => bar.call <= span.to && (bar.end ?? Number.POSITIVE_INFINITY) >= span.from)
  // Of all that was given up, the first in each row draws the line: it is one line.
  const tails = new Map<number, Bar>()
  for (const { bar, row } of track.bars)
    if (isGivenUp(bar) && bar.call <= span.to && !tails.has(row)) tails.set(row, bar)
  return (
    <div className="history-track">
      <span className="history-client mono">{track.client}</span>
      <div className="history-lane" style={{ height: `calc(${track.rows} * var(--row) + 8px)` }}>
        {[...tails].map(([row, { end }]) => (
          <i
            key={row}
            className="history-tail"
            style={{
              left: `${Math.max(0, percent(end as Micros, span))}%`,
              top: `calc(4px + ${row} * var(--row) + 24px * var(--scale))`,
            }}
            aria-hidden="true"
          />
        ))}
        {seen.map(({ bar, row }) => (
          <HistoryBar
            key={bar.id}
            bar={bar}
            row={row}
            left={percent(bar.call, span)}
            right={
              bar.end === null
                ? bar.verdict === 'waiting' && at !== null
                  ? percent(at, span)
                  : 100
                : percent(bar.end, span)
            }
            mark={bar.place === null ? undefined : marks.get(bar.place)}
            pointed={pointed.includes(bar.id)}
            toPercent={(at) => percent(at, span)}
            onChoose={onChoose}
            onWalk={onWalk}
            onSeek={onSeek}
          />
        ))}
      </div>
    </div>
  )
}

/** Its client went on, but it may still happen. */
const isGivenUp = ({ verdict, end }: Bar): boolean => verdict === 'open' && end !== null

/** Moves at every painted frame, past React. */
function Cursor({ span }: { span: Span }) {
  const line = useRef<HTMLDivElement>(null)
  const draw = (now: Micros): void => {
    if (line.current === null) return
    const place = percent(now, span)
    line.current.style.left = `calc(var(--history-label) + (100% - var(--history-label)) * ${place / 100})`
    line.current.hidden = place < 0 || place > 100
  }
  useCursor(draw)
  // The cursor stands still and the view moves below it.
  useLayoutEffect(() => draw(cursor.now()))
  return <div ref={line} className="history-cursor" aria-hidden="true" />
}

/** The operation that was pointed at last, in words. */
function Detail({ bar, marks, timed }: { bar: Bar | null; marks: Map<number, Mark>; timed: boolean }) {
  if (bar === null) return null
  const mark = bar.place === null ? undefined : marks.get(bar.place)
  return (
    <p className="history-detail" aria-live="polite">
      <strong>
        {bar.client}: {bar.text}
      </strong>{' '}
      <span data-verdict={bar.verdict}>{bar.told}</span>{' '}
      <span className="dim">
        {timed ? whenText(bar) : ''} · {bar.id}
        {mark?.rank !== null && mark !== undefined && ` · number ${mark.rank} in the order`}
        {mark?.stuck === true && ' · cannot be placed'}
      </span>
    </p>
  )
}

const whenText = ({ call, end }: Bar): string =>
  end === null ? `asked at ${formatInstant(call)}` : `${formatInstant(call)} + ${formatDuration(end - call)}`
