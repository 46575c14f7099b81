import type { Micros } from '../../base/units.ts'
import type { Ticks, TimeScale } from './scale.ts'
import type { Interval } from './window.ts'

/** What moves at every painted frame: nothing but transforms. */
export interface Moving {
  axis: SVGSVGElement | null
  grid: SVGSVGElement | null
  clip: HTMLElement | null
  lines: SVGSVGElement | null
  marks: SVGSVGElement | null
  veil: HTMLElement | null
  head: HTMLElement | null
}

export interface Drawn {
  scale: TimeScale
  ticks: Ticks
  width: number
  /** When each cut began and ended, and its word. */
  cuts: readonly { from: Micros; to: Micros; word: SVGElement | null }[]
}

/** A label so near to the playhead makes way. */
const NEAR = 30
const WORD = 26
const HALF_A_LABEL = 16

/** Between two pixels of the screen every line would be a blur. */
const snap = (x: number): number => Math.round(x * devicePixelRatio) / devicePixelRatio

const shift = (element: Element | null, x: number): void => {
  if (element !== null) (element as HTMLElement).style.transform = `translateX(${x.toFixed(2)}px)`
}

/** Puts everything where it belongs when the window and the cursor are there. */
export function move(
  moving: Moving,
  { scale, ticks, width, cuts }: Drawn,
  window: Interval,
  now: Micros,
  reached: Micros,
): void {
  const x = snap((scale.from - window.from) * scale.k)
  const head = snap((now - window.from) * scale.k)
  const edge = snap(Math.min(width, Math.max(0, (Math.max(now, reached) - window.from) * scale.k)))
  shift(moving.axis, x)
  shift(moving.grid, x)
  shift(moving.marks, x)
  shift(moving.clip, edge - width)
  shift(moving.lines, x - (edge - width))
  shift(moving.veil, Math.max(0, head))
  shift(moving.head, head)
  hideTicks(moving.axis, ticks, { ...window, now }, scale.k)
  for (const { from, to, word } of cuts) {
    const start = Math.max((from - scale.from) * scale.k, -x) + 4
    const room = (Math.min(to, Math.max(now, reached)) - scale.from) * scale.k - start
    shift(word, start)
    word?.toggleAttribute('data-hidden', room < WORD)
  }
}

/** A label next to the playhead makes way, and one that would be cut off at an edge of the diagram is not shown. */
function hideTicks(
  axis: SVGSVGElement | null,
  { step, list }: Ticks,
  { from, to, now }: Interval & { now: Micros },
  k: number,
): void {
  const first = list[0]
  if (axis === null || first === undefined) return
  const place = (at: Micros): number => (at - first.at) / step
  const low = Math.ceil(place(from - 1 / k))
  const high = Math.floor(place(to - HALF_A_LABEL / k))
  const nearest = Math.round(place(now))
  const atHead = Math.abs(first.at + nearest * step - now) < NEAR / k ? nearest : null
  const state = `${first.at} ${step} ${low} ${high} ${atHead}`
  if (axis.dataset['ticks'] === state) return
  axis.dataset['ticks'] = state
  for (const [i, label] of [...axis.children].entries()) {
    label.toggleAttribute('data-hidden', i < low || i > high || i === atHead)
  }
}
