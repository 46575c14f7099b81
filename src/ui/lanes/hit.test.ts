import { expect, test } from 'vitest'
import type { LaneMessage, Lanes } from '../../lab/lanes.ts'
import { distance, find, instantOf, nearestSegment, processOf } from './hit.ts'
import { layoutRows } from './rows.ts'
import { segmentsOf } from './segments.ts'
import { tell } from './words.ts'

const line = { x1: 0, y1: 0, x2: 10, y2: 0 }

test('the distance to a line is the distance to its nearest point', () => {
  expect(distance({ x: 5, y: 3 }, line)).toBe(3)
  expect(distance({ x: 13, y: 4 }, line)).toBe(5)
  expect(distance({ x: 3, y: 4 }, { x1: 0, y1: 0, x2: 0, y2: 0 })).toBe(5)
})

const rows = layoutRows(['n1', 'n2'], [], 71)
const scale = { from: 0, to: 100_000, k: 0.01 }
const y = (id: string): number => rows.byId.get(id)?.y ?? 0
const message = (id: string, sentAt: number, endedAt: number): LaneMessage => ({
  id,
  from: 'n1',
  to: 'n2',
  type: 'Ping',
  label: 'Ping',
  hue: 1,
  sentAt,
  endedAt,
  arrivesAt: endedAt,
  fate: 'arrived',
})
const lanes: Lanes = {
  from: 0,
  to: 50_000,
  pieces: [
    { process: 'n1', from: 0, to: 50_000, weight: 'bold', hue: 1, label: 'leader in term 1' },
    { process: 'n2', from: 0, to: 50_000, weight: 'thin', hue: 1, label: 'follower in term 1' },
  ],
  messages: [message('a', 1_000, 3_000), message('b', 2_000, 4_000)],
  marks: [{ process: 'n2', at: 20_000, type: 'crashed', text: 'n2 crashed' }],
  spans: [
    { process: 'n2', from: 20_000, to: 50_000, type: 'down', links: [] },
    { process: null, from: 30_000, to: 50_000, type: 'cut', links: [{ from: 'n1', to: 'n2' }] },
  ],
  truncated: false,
}
const segments = segmentsOf(lanes.messages, rows, scale)
const middle = (y('n1') + y('n2')) / 2
const at = (x: number, y: number) => find(lanes, segments, rows, scale, { x, y })

test('of two lines the nearer one is found, and none that is far', () => {
  expect(nearestSegment(segments, { x: 21, y: middle }, 5)?.message.id).toBe('a')
  expect(nearestSegment(segments, { x: 29, y: middle }, 5)?.message.id).toBe('b')
  expect(nearestSegment(segments, { x: 60, y: middle }, 5)).toBeNull()
})

test('finds marks before messages, messages before lanes, and a cut above them all', () => {
  expect(at(203, y('n2') + 2)?.type).toBe('mark')
  expect(at(21, middle)?.type).toBe('message')
  expect(at(100, y('n1'))).toMatchObject({ type: 'piece', piece: { process: 'n1' } })
  expect(at(260, y('n2'))).toMatchObject({ type: 'span', span: { type: 'down' } })
  expect(at(400, 3)).toMatchObject({ type: 'span', span: { type: 'cut' } })
  expect(at(100, 3)).toBeNull()
})

test('what still holds at the end of the known goes on', () => {
  expect(at(700, y('n1'))).toMatchObject({ type: 'piece', piece: { process: 'n1' } })
})

test('a find says whom it is about, which instant it means, and what it is', () => {
  const found = at(21, middle)
  if (found === null) throw new Error('nothing found')
  expect(processOf(found)).toBe('n2')
  expect(instantOf(found)).toBe(3_000)
  expect(tell(found)).toEqual({ title: 'Ping, n1 → n2', detail: 'sent at 0.001 s, there after 2 ms' })
})
