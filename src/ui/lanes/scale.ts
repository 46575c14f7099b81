import { ticks } from 'd3'
import { SECOND, type Micros } from '../../base/units.ts'
import type { Interval } from './window.ts'

/** Where an instant stands: pixels from the instant at which the drawing begins. */
export interface TimeScale {
  from: Micros
  to: Micros
  /** Pixels of a microsecond. */
  k: number
}

export const xOf = ({ from, k }: TimeScale, at: Micros): number => (at - from) * k

/** Room for a label such as `12.5 s`. */
const LABEL = 92

export interface Ticks {
  step: Micros
  list: readonly { at: Micros; text: string }[]
}

/** Round instants of an interval, far enough from each other for their labels. */
export function ticksOf({ from, to }: Interval, k: number): Ticks {
  const count = Math.max(1, ((to - from) * k) / LABEL)
  const list = ticks(from / SECOND, to / SECOND, count).map((at) => Math.round(at * SECOND))
  const step = list.length > 1 ? (list[1] as Micros) - (list[0] as Micros) : SECOND
  return { step, list: list.map((at) => ({ at, text: tickText(at, step) })) }
}

/** `1.5 s` with no more digits than ticks this far apart need. */
export function tickText(at: Micros, step: Micros): string {
  const digits = step >= SECOND ? 0 : Math.ceil(-Math.log10(step / SECOND) - 1e-9)
  return `${(at / SECOND).toFixed(digits)} s`
}
