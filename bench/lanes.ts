import { exp, ln } from '../src/base/math.ts'
import { Random, stream } from '../src/base/random.ts'
import { SECOND } from '../src/base/units.ts'
import { accounts } from '../src/engine/accounts.ts'
import { LaneReplay } from '../src/engine/lane-replay.ts'
import { Timeline } from '../src/engine/timeline.ts'
import { freshRun } from '../src/lab/setup.ts'
import { lab } from '../src/labs/raft/lab.ts'
import type { LabTypes } from '../src/kernel/types.ts'
import { shippedSetup } from './engine.ts'
import { type Figure, quantile } from './figures.ts'

const EVENTS = 1_000_000
const WINDOWS = 200
const SHORTEST = 1_000
/** As wide as the diagram, at two pixels a column, with a window to either side. */
const COLUMNS = 2_000
/** As the page has it: more messages are added up. */
const MOST_MESSAGES = 1_000

/** Windows of all lengths, anywhere in a run of a million events: how long the engine takes for what the diagram asks. */
export function laneFigures(): Figure[] {
  const line = new Timeline(lab, freshRun<LabTypes>(lab, shippedSetup(20)), { accounts, overview: true })
  while (line.seq < EVENTS) line.seek(line.moment.at + SECOND)
  const { at } = line.moment
  const random = new Random(stream(1, 'windows'))
  const glances: number[] = []
  const details: number[] = []
  for (let i = 0; i < WINDOWS; i++) {
    const length = Math.round(SHORTEST * exp(random.unit() * ln(at / SHORTEST)))
    const from = random.int(Math.max(1, at - length))
    const begun = performance.now()
    const { counts } = structuredClone(line.overview(Math.max(0, from - length), from + 2 * length, COLUMNS))
    glances.push(performance.now() - begun)
    const first = Math.floor((from - counts.from) / counts.column)
    const last = Math.floor((from + length - counts.from) / counts.column)
    const sent = counts.rows.reduce(
      (sum, row) => sum + (row.fate === 'sent' ? row.counts.slice(first, last + 1).reduce((a, b) => a + b, 0) : 0),
      0,
    )
    if (sent > MOST_MESSAGES) continue
    const again = performance.now()
    new LaneReplay(line, from - length / 4, from + (3 * length) / 2).goOn(Number.POSITIVE_INFINITY)
    details.push(performance.now() - again)
  }
  return [
    { name: 'lanes.answer.p95', value: round(quantile(glances, 0.95)), unit: `ms, ${WINDOWS} windows of 1 ms to all` },
    { name: 'lanes.detail.p95', value: round(quantile(details, 0.95)), unit: `ms, ${details.length} narrow windows` },
  ]
}

const round = (x: number): number => Math.round(x * 100) / 100
