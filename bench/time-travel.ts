import { Random, stream } from '../src/base/random.ts'
import { SECOND } from '../src/base/units.ts'
import { Timeline } from '../src/engine/timeline.ts'
import { freshRun } from '../src/lab/setup.ts'
import { lab } from '../src/labs/raft/lab.ts'
import type { LabTypes } from '../src/kernel/types.ts'
import { shippedSetup } from './engine.ts'
import { cpuSeconds, type Figure, quantile } from './figures.ts'

const EVENTS = 1_000_000
const SEEKS = 200

/** A run of a million events, wound to random instants. */
export function timeTravelFigures(): Figure[] {
  const run = freshRun<LabTypes>(lab, shippedSetup(20))
  const bare = new Timeline(lab, run, { spacing: 0 })
  const empty = heap()
  while (bare.seq < EVENTS) bare.seek(bare.moment.at + SECOND)
  const withoutCheckpoints = heap() - empty
  const before = heap()
  const line = new Timeline(lab, run)
  while (line.seq < EVENTS) line.seek(line.moment.at + SECOND)
  const checkpoints = heap() - before - withoutCheckpoints
  const { at } = line.moment
  const random = new Random(stream(1, 'seeks'))
  const seeks = Array.from({ length: SEEKS }, () => timed(() => line.seek(random.int(at))))
  const replay = cpuSeconds(() => new Timeline(lab, run, { spacing: 0 }).seek(at)) * 1000
  return [
    { name: 'seek.p95', value: p95(seeks.map(({ wall }) => wall)), unit: 'ms' },
    { name: 'seek.cpu.p95', value: p95(seeks.map(({ cpu }) => cpu)), unit: 'ms' },
    { name: 'seek.replay', value: round(replay), unit: 'ms' },
    {
      name: 'checkpoint.bytes',
      value: Math.round((checkpoints / line.seq) * EVENTS),
      unit: 'bytes per million events',
    },
  ]
}

/** What a user waits; the garbage of the seek before is not counted in. */
function timed(go: () => void): { wall: number; cpu: number } {
  const from = performance.now()
  const used = process.cpuUsage()
  go()
  const { user, system } = process.cpuUsage(used)
  return { wall: performance.now() - from, cpu: (user + system) / 1000 }
}

function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const p95 = (times: number[]): number => round(quantile(times, 0.95))
const round = (x: number): number => Math.round(x * 100) / 100
