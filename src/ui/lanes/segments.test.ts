import { expect, test } from 'vitest'
import type { LaneMessage } from '../../lab/lanes.ts'
import { layoutRows } from './rows.ts'
import { crossesOf, segmentOf, segmentsOf, strandsOf } from './segments.ts'

const rows = layoutRows(['n1', 'n2'], [], 71)
const scale = { from: 0, to: 1_000, k: 0.1 }
const [top, bottom] = rows.list.map(({ y }) => y) as [number, number]
const message = (change: Partial<LaneMessage> = {}): LaneMessage => ({
  id: 'm',
  from: 'n1',
  to: 'n2',
  type: 'Ping',
  label: 'Ping',
  hue: 1,
  sentAt: 100,
  endedAt: 300,
  arrivesAt: 300,
  fate: 'arrived',
  ...change,
})

test('a message goes from its sender when it was sent to its receiver when it came', () => {
  expect(segmentOf(message(), rows, scale)).toMatchObject({ x1: 10, y1: top, x2: 30, y2: bottom, lost: false })
})

test('a lost one ends where it was, in time and on its way', () => {
  const lost = segmentOf(message({ fate: 'cut', endedAt: 200 }), rows, scale)
  expect(lost).toMatchObject({ x2: 20, y2: (top + bottom) / 2, lost: true })
})

test('one that dies before a server that is down ends short of its lane', () => {
  const lost = segmentOf(message({ fate: 'down' }), rows, scale)
  expect(lost?.y2).toBeLessThan(bottom)
  expect(lost?.x2).toBeLessThan(30)
})

test('one under way leads to where it will arrive, if that is known', () => {
  expect(segmentOf(message({ fate: 'flying', endedAt: 150 }), rows, scale)).toMatchObject({ x2: 30, y2: bottom })
  expect(segmentOf(message({ fate: 'flying', endedAt: 150, arrivesAt: 100 }), rows, scale)).toBeNull()
})

test('a message of a lane that is folded away is not drawn', () => {
  expect(segmentOf(message({ from: 'c1' }), rows, scale)).toBeNull()
})

test('there is one path per colour, and a cross for each loss', () => {
  const list = [message(), message({ hue: 2 }), message({ hue: 10, fate: 'cut', endedAt: 200 }), message({ hue: null })]
  const segments = segmentsOf(list, rows, scale)
  const strands = strandsOf(segments)
  expect(strands.map(({ count, d }) => [count, d.split('M').length - 1])).toEqual([
    [1, 1],
    [2, 2],
    [1, 1],
  ])
  expect(crossesOf(segments).split('M').length - 1).toBe(2)
})
