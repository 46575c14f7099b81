import { ticks } from 'd3'
import { type PointerEvent, useLayoutEffect, useRef } from 'react'
import { formatInstant, type Micros, MS } from '../../base/units.ts'
import { useTouchDrag } from '../../ui/use-touch-drag.ts'
import { useCursor } from '../components/use-cursor.ts'
import { cursor } from '../playback.ts'
import { type FaultSpan, stacked } from './faults.ts'
import { percent, type Span } from './use-span.ts'

/** Time, or the mere order of events, from left to right; with `onSeek` a hand on it leads the run there. */
export function HistoryAxis({
  span,
  timed,
  onSeek,
}: {
  span: Span
  timed: boolean
  onSeek: ((at: Micros) => void) | null
}) {
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

/** What was wrong with the cluster, below the axis. */
export function HistoryFaults({ faults, span, end }: { faults: readonly FaultSpan[]; span: Span; end: Micros }) {
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

/** The moment on show. It moves at every painted frame, past React. */
export function HistoryCursor({ span }: { span: Span }) {
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
