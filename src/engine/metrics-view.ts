import type { Log } from '../base/log.ts'
import { MS, SECOND, type Micros } from '../base/units.ts'
import type { MetricsView, Quantiles, Samples, Spans, Traffic } from '../lab/metrics.ts'
import type { Grain, MetricsRecorder, Point, Stretches } from './metrics-recorder.ts'

/** What a recorder knows at the instant `to`, small enough to send and to draw. */
export function viewMetrics(recorder: MetricsRecorder, to: Micros): MetricsView {
  const bin = binLength(to)
  const count = Math.max(1, Math.ceil(to / bin))
  const metrics = recorder.lab.metrics ?? []
  return {
    to,
    bin,
    latency: {
      all: quantiles(recorder.latencies.slice().map(({ value }) => value)),
      bins: quantilesByBin(recorder.latencies, bin, count),
      failed: recorder.failed,
      unknown: recorder.unknown,
    },
    traffic: traffic(recorder, bin, count),
    spans: metrics.flatMap(({ kind, name, label, says }, i) =>
      kind === 'span' ? [spans({ name, label, says }, recorder.spans[i] as Stretches, to)] : [],
    ),
    samples: metrics.flatMap((each, i) =>
      each.kind === 'sample' ? [samples(each, recorder.samples[i] as Log<Point>)] : [],
    ),
  }
}

/** By the nearest rank: always one of the numbers, and the 99th of fewer than 100 is the largest. */
export function quantiles(numbers: readonly number[]): Quantiles | null {
  if (numbers.length === 0) return null
  const sorted = numbers.toSorted((a, b) => a - b)
  const rank = (p: number): number => sorted[Math.ceil((sorted.length * p) / 100) - 1] as number
  return { count: sorted.length, p50: rank(50), p95: rank(95), p99: rank(99), max: rank(100) }
}

/** A round length, so that there are at most `MOST_BINS` of them. */
export function binLength(to: Micros): Micros {
  for (const length of ROUND) if (to / length <= MOST_BINS) return length
  return Math.ceil(to / MOST_BINS / LONGEST) * LONGEST
}

const ROUND = [100 * MS, 200 * MS, 500 * MS, ...[1, 2, 5, 10, 20, 30, 60, 120, 300, 600].map((s) => s * SECOND)]
const LONGEST = 600 * SECOND
const MOST_BINS = 80
const MOST_STRETCHES = 300
const MOST_POINTS = 500

function quantilesByBin(points: Log<Point>, bin: Micros, count: number): (Quantiles | null)[] {
  const bins: number[][] = Array.from({ length: count }, () => [])
  for (const { at, value } of points) bins[Math.min(count - 1, Math.floor(at / bin))]?.push(value)
  return bins.map(quantiles)
}

function traffic({ kinds, grainLength, grains, grain }: MetricsRecorder, bin: Micros, count: number): Traffic[] {
  const all = kinds.map((type) => ({
    type,
    messages: 0,
    bytes: 0,
    messagesPerBin: Array.from({ length: count }, () => 0),
    bytesPerBin: Array.from({ length: count }, () => 0),
  }))
  const add = ({ index, messages, bytes }: Grain): void => {
    const place = Math.min(count - 1, Math.floor((index * grainLength) / bin))
    for (const [kind, sum] of all.entries()) {
      sum.messages += messages[kind] ?? 0
      sum.bytes += bytes[kind] ?? 0
      sum.messagesPerBin[place] = (sum.messagesPerBin[place] as number) + (messages[kind] ?? 0)
      sum.bytesPerBin[place] = (sum.bytesPerBin[place] as number) + (bytes[kind] ?? 0)
    }
  }
  for (const each of grains) add(each)
  add(grain)
  return all.toSorted((a, b) => b.messages - a.messages || (a.type < b.type ? -1 : 1))
}

function spans(named: Pick<Spans, 'name' | 'label' | 'says'>, { done, since }: Stretches, to: Micros): Spans {
  const all = done.slice()
  if (since !== null && to > since) all.push([since, to])
  const lengths = all.map(([from, end]) => end - from)
  return {
    ...named,
    total: lengths.reduce((sum, length) => sum + length, 0),
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
    count: all.length,
    stretches: all.slice(-MOST_STRETCHES),
  }
}

function samples({ name, label, says, unit }: Omit<Samples, 'all' | 'points'>, points: Log<Point>): Samples {
  const all = quantiles(points.slice().map(({ value }) => value))
  const shown = points.slice(points.length - MOST_POINTS).map(({ at, value }) => [at, value] as const)
  return { name, label, says, unit, all, points: shown }
}
