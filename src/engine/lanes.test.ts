import { expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import { SECOND } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { Lanes } from '../lab/lanes.ts'
import { freshRun, defaultSetup } from '../lab/setup.ts'
import { lab } from '../labs/gossip/lab.ts'
import { LaneReplay } from './lane-replay.ts'
import { Timeline } from './timeline.ts'

function lanesOf(timeline: Timeline, only?: string): Lanes {
  return must(new LaneReplay(timeline, SECOND, 8 * SECOND, only).goOn(Number.POSITIVE_INFINITY), 'the lanes')
}

it('records one process as it does among all', () => {
  const run = freshRun<LabTypes>(lab, defaultSetup<LabTypes>(lab, 1, 20))
  const timeline = new Timeline(lab, run)
  timeline.seek(4 * SECOND)
  timeline.act({ type: 'crash', process: 'g3' })
  timeline.seek(9 * SECOND)
  const all = lanesOf(timeline)
  const one = lanesOf(timeline, 'g3')
  const about = ({ from, to }: { from: string; to: string }): boolean => from === 'g3' || to === 'g3'
  expect(one.messages).toEqual(all.messages.filter(about))
  expect(one.messages.length).toBeGreaterThan(20)
  expect(one.pieces).toEqual(all.pieces.filter(({ process }) => process === 'g3'))
  expect(one.marks).toEqual(all.marks.filter(({ process }) => process === 'g3'))
})
