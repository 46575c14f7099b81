import { expect, test } from 'vitest'
import type { LaneMessage, LanePiece, Lanes } from '../../lab/lanes.ts'
import { join, nextAsk, since, until } from './join.ts'

const lanes = (from: number, to: number, rest: Partial<Lanes> = {}): Lanes => ({
  from,
  to,
  pieces: [],
  messages: [],
  marks: [],
  spans: [],
  truncated: false,
  ...rest,
})
const piece = (process: string, from: number, to: number, hue = 1): LanePiece => ({
  process,
  from,
  to,
  weight: 'thin',
  hue,
  label: `term ${hue}`,
})
const message = (id: string, sentAt: number, endedAt: number, fate: LaneMessage['fate']): LaneMessage => ({
  id,
  from: 'n1',
  to: 'n2',
  type: 'Ping',
  label: 'Ping',
  hue: 1,
  sentAt,
  endedAt,
  arrivesAt: endedAt,
  fate,
})
const mark = (at: number) => ({ process: 'n1', at, type: 'crashed' as const, text: 'n1 crashed' })
const down = (from: number, to: number) => ({ process: 'n1', from, to, type: 'down' as const, links: [] })

test('a piece that goes on over the seam is one piece', () => {
  const both = join(
    lanes(0, 100, { pieces: [piece('n1', 0, 100)] }),
    lanes(100, 200, { pieces: [piece('n1', 100, 200)] }),
  )
  expect(both.pieces).toEqual([piece('n1', 0, 200)])
  expect([both.from, both.to]).toEqual([0, 200])
})

test('a piece that changes at the seam is two', () => {
  const both = join(
    lanes(0, 100, { pieces: [piece('n1', 0, 100)] }),
    lanes(101, 200, { pieces: [piece('n1', 101, 200, 2)] }),
  )
  expect(both.pieces).toHaveLength(2)
})

test('a message under way at the seam is drawn once, with its end', () => {
  const both = join(
    lanes(0, 100, { messages: [message('a', 10, 40, 'arrived'), message('b', 90, 100, 'flying')] }),
    lanes(100, 200, { messages: [message('b', 90, 120, 'cut')] }),
  )
  expect(both.messages.map(({ id, fate }) => [id, fate])).toEqual([
    ['a', 'arrived'],
    ['b', 'cut'],
  ])
})

test('what happened at the seam itself is taken from the later interval', () => {
  const both = join(
    lanes(0, 100, { marks: [mark(100)] }),
    lanes(100, 200, { marks: [mark(100)], spans: [down(100, 200)] }),
  )
  expect(both.marks).toHaveLength(1)
  expect(both.spans).toHaveLength(1)
})

test('a span goes on, too', () => {
  const both = join(lanes(0, 100, { spans: [down(20, 100)] }), lanes(100, 200, { spans: [down(100, 150)] }))
  expect(both.spans).toEqual([down(20, 150)])
})

test('intervals with a gap between them are not joined', () => {
  const late = lanes(300, 400)
  expect(join(lanes(0, 100), late)).toBe(late)
  expect(join(null, late)).toBe(late)
})

test('a run that forks keeps what was before, and nothing else', () => {
  const kept = until(
    lanes(0, 200, {
      pieces: [piece('n1', 0, 120), piece('n1', 120, 200, 2)],
      messages: [message('a', 50, 150, 'arrived'), message('b', 150, 160, 'arrived')],
      marks: [mark(90), mark(130)],
    }),
    100,
  )
  expect(kept.pieces).toEqual([piece('n1', 0, 100)])
  expect(kept.messages.map(({ id, fate }) => [id, fate])).toEqual([['a', 'flying']])
  expect(kept.marks).toEqual([mark(90)])
})

test('what is long past is dropped', () => {
  const kept = since(lanes(0, 200, { pieces: [piece('n1', 0, 50), piece('n1', 50, 200, 2)], marks: [mark(10)] }), 100)
  expect(kept.pieces).toEqual([piece('n1', 50, 200, 2)])
  expect(kept.marks).toEqual([])
  expect(kept.from).toBe(100)
})

test('asks for what is new first, then for what is missing, a bounded stretch at a time', () => {
  expect(nextAsk(null, { from: 0, to: 500 }, 200)).toEqual({ from: 300, to: 500 })
  expect(nextAsk({ from: 300, to: 500 }, { from: 0, to: 600 }, 200)).toEqual({ from: 500, to: 600 })
  expect(nextAsk({ from: 300, to: 600 }, { from: 0, to: 600 }, 200)).toEqual({ from: 100, to: 300 })
  expect(nextAsk({ from: 0, to: 600 }, { from: 100, to: 600 }, 200)).toBeNull()
  expect(nextAsk({ from: 0, to: 100 }, { from: 400, to: 600 }, 1_000)).toEqual({ from: 400, to: 600 })
})
