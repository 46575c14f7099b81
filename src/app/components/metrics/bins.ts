import { bin, extent, nice, ticks } from 'd3'
import type { SurveyFigure, SurveyRow } from '../../../engine/messages.ts'

/** A bar of a histogram: the seeds whose figure lies from `from` up to and without `to` (with it, in the last one). */
export interface Bar {
  from: number
  to: number
  seeds: readonly number[]
}

export interface Histogram {
  figure: SurveyFigure
  bars: readonly Bar[]
  /** Of the values, by the nearest rank. */
  p50: number
  p95: number
  p99: number
  /** Runs that do not have this figure. */
  without: number
}

/** About so many bars: fewer hide the shape, more are no wider than a finger. */
const BARS = 16

/** The histogram of one figure; null if no run has it. */
export function histogram(figure: SurveyFigure, column: number, rows: readonly SurveyRow[]): Histogram | null {
  const known = rows.flatMap(({ seed, values }) => {
    const value = values[column]
    return value == null ? [] : [{ seed, value }]
  })
  const [least, most] = extent(known, ({ value }) => value)
  if (least === undefined || most === undefined) return null
  const sorted = known.map(({ value }) => value).toSorted((a, b) => a - b)
  const rank = (p: number): number => sorted[Math.ceil((sorted.length * p) / 100) - 1] as number
  return {
    figure,
    bars: barsOf(known, least, most),
    p50: rank(50),
    p95: rank(95),
    p99: rank(99),
    without: rows.length - known.length,
  }
}

function barsOf(known: readonly { seed: number; value: number }[], least: number, most: number): Bar[] {
  if (least === most) return [{ from: least, to: most, seeds: known.map(({ seed }) => seed) }]
  const [from, to] = nice(least, most, BARS)
  const bins = bin<{ seed: number; value: number }, number>()
    .value(({ value }) => value)
    .domain([from, to])
    .thresholds(ticks(from, to, BARS).filter((x) => x > from && x < to))
  return bins(known as { seed: number; value: number }[]).map((each) => ({
    from: each.x0 ?? from,
    to: each.x1 ?? to,
    seeds: each.map(({ seed }) => seed).toSorted((a, b) => a - b),
  }))
}
