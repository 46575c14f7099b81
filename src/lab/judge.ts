import type { Figure, Statistic } from './figures.ts'

/** What was measured of a figure, and how it stands to what was published. */
export interface Judgement {
  title: string
  source: string
  unit: string
  digits: number
  judged: Figure['judged']
  published: number
  measured: number
  /** Of the measured number; null where a statistic has none. */
  standardError: number | null
  /** Measured less published, in standard errors (that of the published number counted in). */
  deviation: number | null
  ok: boolean
}

/** How far apart measured and published may be, in standard errors: by chance alone one figure in 370 is farther. */
export const MOST_DEVIATION = 3

/** Holds the numbers of all trials, one per trial, against a figure. */
export function judge(figure: Figure, numbers: Float64Array): Judgement {
  const { title, source, unit, digits, judged, published } = figure
  const { value, error } = measure(figure.statistic, numbers, published)
  const deviation = error === null ? null : deviationOf(value - published, wholeError(figure, error, numbers.length))
  const ok = judged === 'report' || (deviation !== null && within(judged, deviation))
  return { title, source, unit, digits, judged, published, measured: value, standardError: error, deviation, ok }
}

function within(judged: 'equal' | 'atMost', deviation: number): boolean {
  return deviation <= MOST_DEVIATION && (judged === 'atMost' || deviation >= -MOST_DEVIATION)
}

function wholeError({ publishedTrials }: Figure, error: number, trials: number): number {
  return publishedTrials === undefined ? error : error * Math.sqrt(1 + trials / publishedTrials)
}

/** Without any spread a number is either what was published or infinitely far from it. */
function deviationOf(difference: number, error: number): number {
  if (error > 0) return difference / error
  return difference === 0 ? 0 : difference * Number.POSITIVE_INFINITY
}

function measure(of: Statistic, numbers: Float64Array, published: number): { value: number; error: number | null } {
  switch (of.type) {
    case 'mean':
      return mean(numbers)
    case 'meanUpTo':
      return mean(numbers.filter((x) => x <= of.limit))
    case 'above': {
      const value = numbers.filter((x) => x > of.limit).length / numbers.length
      // With the published share, not the measured one: a rare thing that was not seen at all has an error all the same.
      return { value, error: Math.sqrt((published * (1 - published)) / numbers.length) }
    }
    case 'quantile':
      return quantile(numbers, of.p)
    case 'max':
      return { value: numbers.reduce((x, y) => Math.max(x, y), Number.NEGATIVE_INFINITY), error: null }
  }
}

function mean(numbers: Float64Array): { value: number; error: number } {
  const value = numbers.reduce((x, y) => x + y, 0) / numbers.length
  const variance = numbers.reduce((sum, x) => sum + (x - value) * (x - value), 0) / Math.max(1, numbers.length - 1)
  return { value, error: Math.sqrt(variance / numbers.length) }
}

/** Its error from the ranks that lie one standard error of the binomial distribution apart. */
function quantile(numbers: Float64Array, p: number): { value: number; error: number } {
  const sorted = numbers.toSorted()
  const at = (rank: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(rank)))] as number
  const rank = p * (sorted.length - 1)
  const spread = Math.sqrt(p * (1 - p) * sorted.length)
  return { value: at(rank), error: (at(rank + spread) - at(rank - spread)) / 2 }
}
