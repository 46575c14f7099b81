import { memo, type PointerEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import type { Interval } from './window.ts'

export interface StripMark {
  key: number
  at: Micros
  tone: string
}

/** Another future of the run: a line beside the run's own, from where it parts. */
export interface StripRail {
  id: number
  name: string
  from: Micros
  to: Micros
}

export interface StripHandle {
  place(now: Micros, reached: Micros, window: Interval): void
}

interface RunStripProps {
  ref: Ref<StripHandle>
  span: Micros
  width: number
  marks: readonly StripMark[]
  rails: readonly StripRail[]
  onSeek(at: Micros): void
  /** A rail was pressed. */
  onRail(id: number): void
  onHold(held: boolean): void
}

/** The whole run as a thin line: what is worth telling, how far it went, the window, the cursor. Pressed, it seeks. */
export const RunStrip = memo(function RunStrip({
  ref,
  span,
  width,
  marks,
  rails,
  onSeek,
  onRail,
  onHold,
}: RunStripProps) {
  const done = useRef<HTMLDivElement>(null)
  const handle = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const last = useRef<Parameters<StripHandle['place']>>(null)
  const k = width / span

  const place: StripHandle['place'] = (now, reached, window) => {
    last.current = [now, reached, window]
    const { from, to } = window
    done.current?.style.setProperty('transform', `scaleX(${Math.min(1, reached / span)})`)
    head.current?.style.setProperty('transform', `translateX(${now * k}px)`)
    const wide = `${Math.max(10, Math.round(Math.min(to - from, span - from) * k))}px`
    if (handle.current === null) return
    if (handle.current.style.width !== wide) handle.current.style.width = wide
    handle.current.style.transform = `translateX(${from * k}px)`
  }
  useImperativeHandle(ref, () => ({ place }))
  // At another scale everything stands where the last frame had it, before anybody sees it.
  useLayoutEffect(() => {
    if (last.current !== null) place(...last.current)
  })

  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    onSeek(Math.min(span, Math.max(0, (event.clientX - left) / k)))
  }
  return (
    <div
      className="run-strip"
      style={{ marginTop: RAIL * rails.length }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        onHold(true)
        seek(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seek(event)}
      onLostPointerCapture={() => onHold(false)}
    >
      <div className="run-strip-rail">
        <div ref={done} className="run-strip-done" />
      </div>
      <div ref={handle} className="run-strip-window" />
      {rails.map(({ id, name, from, to }, i) => (
        <button
          key={id}
          type="button"
          tabIndex={-1}
          className="run-strip-rail-other"
          title={`${name}: another future, press to go there`}
          style={{ left: from * k, width: Math.max(MIN_RAIL, (Math.min(to, span) - from) * k), top: -RAIL * (i + 1) }}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={() => onRail(id)}
        />
      ))}
      {marks.map(({ key, at, tone }) => (
        <i key={key} className="run-strip-mark" data-tone={tone} style={{ left: at * k }} />
      ))}
      <div ref={head} className="run-strip-head" />
    </div>
  )
})

/** Pixels: the height of a rail, and its least length, so that there is something to press. */
const RAIL = 7
const MIN_RAIL = 14
