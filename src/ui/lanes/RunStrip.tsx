import { memo, type PointerEvent, type Ref, useImperativeHandle, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import type { Interval } from './window.ts'

export interface StripMark {
  key: number
  at: Micros
  tone: string
}

export interface StripHandle {
  place(now: Micros, reached: Micros, window: Interval): void
}

interface RunStripProps {
  ref: Ref<StripHandle>
  span: Micros
  width: number
  marks: readonly StripMark[]
  onSeek(at: Micros): void
  onHold(held: boolean): void
}

/** The whole run as a thin line: what is worth telling, how far it went, the window, the cursor. Pressed, it seeks. */
export const RunStrip = memo(function RunStrip({ ref, span, width, marks, onSeek, onHold }: RunStripProps) {
  const done = useRef<HTMLDivElement>(null)
  const handle = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const k = width / span

  useImperativeHandle(ref, () => ({
    place(now, reached, { from, to }) {
      done.current?.style.setProperty('transform', `scaleX(${Math.min(1, reached / span)})`)
      head.current?.style.setProperty('transform', `translateX(${now * k}px)`)
      const wide = `${Math.max(10, Math.round(Math.min(to - from, span - from) * k))}px`
      if (handle.current === null) return
      if (handle.current.style.width !== wide) handle.current.style.width = wide
      handle.current.style.transform = `translateX(${from * k}px)`
    },
  }))

  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    onSeek(Math.min(span, Math.max(0, (event.clientX - left) / k)))
  }
  return (
    <div
      className="run-strip"
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
      {marks.map(({ key, at, tone }) => (
        <i key={key} className="run-strip-mark" data-tone={tone} style={{ left: at * k }} />
      ))}
      <div ref={head} className="run-strip-head" />
    </div>
  )
})
