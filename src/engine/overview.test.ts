import { expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import { SECOND } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { Overview } from '../lab/lanes.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { lab } from '../labs/raft/lab.ts'
import { accounts } from './accounts.ts'
import { CountGrid, FINEST } from './count-grid.ts'
import { LaneReplay } from './lane-replay.ts'
import { Timeline } from './timeline.ts'

const sum = ({ counts }: Overview, process: string, fate: string, type?: string): number =>
  counts.rows
    .filter((row) => row.process === process && row.fate === fate && (type === undefined || row.type === type))
    .reduce((all, row) => all + row.counts.reduce((a, b) => a + b, 0), 0)

it('counts what the details tell, and shows the same lanes and faults', () => {
  const setup = { ...defaultSetup<LabTypes>(lab, 3), workload: lab.defaults.workload }
  const line = new Timeline(lab, freshRun<LabTypes>(lab, setup), { accounts, overview: true })
  line.seek(4 * SECOND)
  line.act({ type: 'crash', process: 'n2' })
  line.seek(6 * SECOND)
  line.act({ type: 'restart', process: 'n2' })
  line.act({ type: 'pause', process: 'n4' })
  line.seek(8 * SECOND)
  const overview = line.overview(0, 8 * SECOND, 100)
  expect(overview.counts.columns).toBeLessThanOrEqual(101)
  // Long ago enough that the run is recorded from its very start by both.
  const details = [0, 1, 2, 3].map((i) =>
    must(new LaneReplay(line, 2 * i * SECOND + 1, 2 * (i + 1) * SECOND).goOn(Number.POSITIVE_INFINITY), 'the lanes'),
  )
  const sent = details.flatMap(({ from, messages }) => messages.filter(({ sentAt }) => sentAt >= from))
  expect(sent.length).toBeGreaterThan(500)
  for (const id of ['n1', 'n2', 'n3', 'c1']) {
    expect(sum(overview, id, 'sent')).toBe(sent.filter(({ from }) => from === id).length)
    expect(sum(overview, id, 'sent', 'AppendEntries')).toBe(
      sent.filter(({ from, type }) => from === id && type === 'AppendEntries').length,
    )
  }
  const lost = details.flatMap(({ from, to, messages }) =>
    messages.filter(({ fate, endedAt }) => fate !== 'flying' && fate !== 'arrived' && endedAt >= from && endedAt <= to),
  )
  expect(sum(overview, 'n1', 'lost')).toBe(lost.filter(({ from }) => from === 'n1').length)
  const { lanes } = overview
  expect(lanes.spans).toMatchObject([
    { process: 'n2', type: 'down', from: 4 * SECOND, to: 6 * SECOND },
    { process: 'n4', type: 'paused', from: 6 * SECOND, to: 8 * SECOND },
  ])
  expect(lanes.marks.map(({ type }) => type)).toEqual(['crashed', 'started', 'paused'])
  const leaders = (list: readonly { weight: string; process: string }[]) =>
    new Set(list.filter(({ weight }) => weight === 'bold').map(({ process }) => process))
  expect(leaders(lanes.pieces)).toEqual(leaders(details.flatMap(({ pieces }) => pieces)))
})

it('holds hours in a bounded number of bins, and loses no message by it', () => {
  const grid = new CountGrid()
  const hours = 30 * 3_600 * SECOND
  for (let i = 0; i < 50_000; i++) grid.add('n1', i % 2 === 0 ? 'A' : 'B', 'sent', Math.floor((i * hours) / 50_000))
  const whole = grid.view(0, hours, 700)
  expect(whole.columns).toBeLessThanOrEqual(701)
  expect(whole.rows.map(({ counts }) => counts.reduce((a, b) => a + b, 0))).toEqual([25_000, 25_000])
  expect(grid.view(0, SECOND, 700).column).toBeGreaterThan(FINEST)
  expect(grid.isTooCoarse(SECOND)).toBe(true)
  for (let i = 0; i < 100; i++) grid.add(`g${i}`, 'A', 'sent', 0)
  expect(new Set(grid.view(0, hours, 1).rows.map(({ process }) => process)).size).toBe(33)
})
