import { expect, test } from 'vitest'
import type { CountRow, LaneCounts } from '../../lab/lanes.ts'
import { barsPath, coloursOf, columnAt, columnsOf, NOTHING_HIDDEN, sentIn, wavePath } from './columns.ts'
import { tell } from './words.ts'

const row = (process: string, type: string, fate: CountRow['fate'], ...counts: number[]): CountRow => ({
  process,
  type,
  fate,
  counts: Uint32Array.from(counts),
})
const counts: LaneCounts = {
  from: 1_000,
  column: 100,
  columns: 3,
  rows: [row('n1', 'Ask', 'sent', 4, 0, 2), row('n1', 'Tell', 'sent', 1, 0, 0), row('n1', 'Ask', 'lost', 0, 1, 0)],
}
const withoutAsk = { ...NOTHING_HIDDEN, kinds: new Set(['Ask']) }

test('columns add up the types that are shown, of one process or of all', () => {
  expect([...columnsOf(counts, 'n1', 'sent', NOTHING_HIDDEN)]).toEqual([5, 0, 2])
  expect([...columnsOf(counts, null, 'sent', withoutAsk)]).toEqual([1, 0, 0])
  expect([...columnsOf(counts, 'n2', 'sent', NOTHING_HIDDEN)]).toEqual([0, 0, 0])
})

test('a window counts the columns that it touches', () => {
  expect(sentIn(counts, { from: 0, to: 5_000 }, NOTHING_HIDDEN)).toBe(7)
  expect(sentIn(counts, { from: 1_150, to: 1_250 }, NOTHING_HIDDEN)).toBe(2)
  expect(sentIn(counts, { from: 0, to: 5_000 }, withoutAsk)).toBe(1)
  expect(sentIn(counts, { from: 0, to: 5_000 }, { ...NOTHING_HIDDEN, processes: new Set(['n1']) })).toBe(0)
})

test('a wave closes around its line and leaves out what is empty', () => {
  expect(wavePath(Uint32Array.from([4, 0, 1]), 4, 50, 10)).toBe('M0 50V40h1V60h-1ZM2 50V45h1V55h-1Z')
  expect(wavePath(Uint32Array.from([4, 1]), 4, 50, 10)).toBe('M0 50V40h1V45h1V55h-1V60h-1Z')
  expect(wavePath(Uint32Array.from([4, 4, 1]), 4, 50, 10)).toBe('M0 50V40h2V45h1V55h-1V60h-2Z')
  const second = [{ first: 1, end: 2 }]
  expect(wavePath(Uint32Array.from([4, 1, 1]), 4, 50, 10, second)).toBe('M1 50V45h1V55h-1Z')
  expect(barsPath(Uint32Array.from([0, 4]), 4, 50, 10)).toBe('M1 50V40H2V50Z')
})

test('a column has the colour of what its lane was in the middle of it', () => {
  const piece = { process: 'n1', weight: 'thin' as const, label: '' }
  const pieces = [
    { ...piece, from: 0, to: 1_140, hue: 1 },
    { ...piece, from: 1_140, to: 2_000, hue: 2 },
  ]
  expect([...coloursOf(counts, pieces).values()]).toEqual([[{ first: 0, end: 1 }], [{ first: 1, end: 3 }]])
  const back = { ...piece, from: 1_250, to: 2_000, hue: 1 }
  expect([...coloursOf(counts, [...pieces, back]).values()]).toEqual([
    [
      { first: 0, end: 1 },
      { first: 2, end: 3 },
    ],
    [{ first: 1, end: 2 }],
  ])
  expect([...coloursOf(counts, []).values()]).toEqual([[{ first: 0, end: 3 }]])
})

test('under the pointer a column says what is in it', () => {
  const column = columnAt(counts, 'n1', 1_050, NOTHING_HIDDEN)
  if (column === null) throw new Error('there is no column')
  expect(tell({ type: 'column', column })).toMatchObject({ title: 'n1: 5 sent in 100 µs', detail: 'Ask 4, Tell 1' })
  expect(columnAt(counts, 'n1', 999, NOTHING_HIDDEN)).toBeNull()
})
