import { Random, stream } from '../src/base/random.ts'
import { SECOND } from '../src/base/units.ts'
import { Timeline } from '../src/engine/timeline.ts'
import type { AnyLab } from '../src/lab/definition.ts'
import { freshRun } from '../src/lab/setup.ts'
import { lab } from '../src/labs/raft/lab.ts'
import type { LabTypes } from '../src/kernel/types.ts'
import { shippedSetup } from './engine.ts'
import { cpuSeconds, type Figure, quantile } from './figures.ts'

const EVENTS = 1_000_000
const SEEKS = 200

/** A run of a million events, wound to random instants. */
export function timeTravelFigures(): Figure[] {
  const run = freshRun<LabTypes>(lab as AnyLab, shippedSetup(20))
  const heapBefore = heap()
  const line = new Timeline(lab, run)
  while (line.seq < EVENTS) line.seek(line.moment.at + SECOND)
  const { at } = line.moment
  const bytes = heap() - heapBefore
  const random = new Random(stream(1, 'seeks'))
  const times = Array.from({ length: SEEKS }, () => cpuSeconds(() => line.seek(random.int(at))) * 1000)
  const replay = cpuSeconds(() => new Timeline(lab, run, { spacing: 0 }).seek(at)) * 1000
  return [
    { name: 'seek.p95', value: round(quantile(times, 0.95)), unit: 'ms' },
    { name: 'seek.replay', value: round(replay), unit: 'ms' },
    {
      name: 'checkpoint.bytes',
      value: Math.round((bytes / line.seq) * EVENTS),
      unit: 'bytes per million events, chronicle included',
    },
  ]
}

function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const round = (x: number): number => Math.round(x * 100) / 100
