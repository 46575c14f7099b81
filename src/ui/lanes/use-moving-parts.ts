import { type Ref, type RefObject, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import type { LaneSpan } from '../../lab/lanes.ts'
import { type Drawn, move, type Moving } from './mover.ts'
import { covers, type Interval } from './window.ts'

export interface DiagramHandle {
  /** Called at every painted frame. */
  place(window: Interval, now: Micros, reached: Micros): void
}

/** Where the last painted frame had everything. */
export interface Placed {
  window: Interval
  now: Micros
  reached: Micros
}

interface Still extends Pick<Drawn, 'scale' | 'ticks' | 'width'> {
  cuts: readonly LaneSpan[]
  /** To where the details are known; null if none are. A cut that lasts until then may last on. */
  knownTo: Micros | null
  noteOf(window: Interval): string | null
}

/**
 * What React has drawn, moved past it at every painted frame: `keep` and `keepWord` take hold of the elements,
 * and `placed` is where they were moved to last.
 */
export function useMovingParts(
  ref: Ref<DiagramHandle>,
  placed: RefObject<Placed | null>,
  { scale, ticks, width, cuts, knownTo, noteOf }: Still,
) {
  const moving = useRef<Moving>({
    axis: null,
    grid: null,
    clip: null,
    lines: null,
    marks: null,
    veil: null,
    head: null,
  })
  const words = useRef<(SVGElement | null)[]>([])
  const note = useRef<HTMLParagraphElement>(null)
  const drawn: Drawn = {
    scale,
    ticks,
    width,
    get cuts() {
      return cuts.map(({ from, to }, i) => ({
        from,
        to: knownTo !== null && to >= knownTo ? Number.POSITIVE_INFINITY : to,
        word: words.current[i] ?? null,
      }))
    },
  }
  useImperativeHandle(ref, () => ({
    place(window, now, reached) {
      placed.current = { window, now, reached }
      tell(note.current, noteOf(window))
      if (covers(scale, window)) move(moving.current, drawn, window, now, reached)
    },
  }))
  // What was drawn anew stands where the last frame had it, before anybody sees it.
  useLayoutEffect(() => {
    const last = placed.current
    if (last !== null) move(moving.current, drawn, last.window, last.now, last.reached)
  })
  const keep = (part: keyof Moving) => (element: Element | null) => {
    moving.current[part] = element as never
  }
  const keepWord = (i: number) => (element: SVGElement | null) => {
    words.current[i] = element
  }
  return { note, keep, keepWord }
}

export type MovingParts = ReturnType<typeof useMovingParts>

/** Said at every frame, and written only when it is another. */
function tell(note: HTMLElement | null, text: string | null): void {
  if (note !== null && note.textContent !== (text ?? '')) note.textContent = text ?? ''
}
