import { expect, test } from 'vitest'
import { layoutCrowd, GUTTER, layoutRows, namedRows, rowAt, thickness } from './rows.ts'

const names = (letter: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${letter}${i + 1}`)

test('servers share the room', () => {
  const { list, height } = layoutRows(names('n', 5), [], GUTTER + 125)
  expect(list.map(({ y }) => y - GUTTER)).toEqual([12.5, 37.5, 62.5, 87.5, 112.5])
  expect(height).toBe(GUTTER + 125)
})

test('clients stand below in thinner lanes, and all of it fits', () => {
  const { list, height } = layoutRows(names('n', 5), ['c1', 'c2'], GUTTER + 120)
  expect(list.map(({ height }) => height)).toEqual([18, 18, 18, 18, 18, 15, 15])
  expect(height).toBe(GUTTER + 120)
})

test('a dozen lanes fit into a low room, and no name covers another; that of the picked one always stands', () => {
  for (const room of [75, 100, 140]) {
    const rows = layoutRows(names('g', 12), [], room)
    expect(rows.height).toBeLessThanOrEqual(room)
    const heights = namedRows(rows, 'g4').map(({ y }) => y)
    heights.sort((a, b) => a - b)
    for (const [i, y] of heights.slice(1).entries()) expect(y - (heights[i] ?? 0)).toBeGreaterThanOrEqual(10.5)
    expect(namedRows(rows, 'g4').map(({ id }) => id)).toContain('g4')
  }
  expect(namedRows(layoutRows(names('g', 12), [], 140), null)).toHaveLength(12)
})

test('what has no room even so goes on below the edge', () => {
  const { list, height } = layoutRows(names('n', 12), names('c', 12), 100)
  expect(Math.min(...list.map((row) => row.height))).toBe(5)
  expect(height).toBe(GUTTER + 24 * 5)
})

test('a row is found by its height', () => {
  const rows = layoutRows(['n1', 'n2'], ['c1'], GUTTER + 65)
  expect([GUTTER + 3, GUTTER + 30, GUTTER + 60, GUTTER + 90].map((y) => rowAt(rows, y)?.id)).toEqual([
    'n1',
    'n2',
    'c1',
    undefined,
  ])
})

test('a bold lane stands out in every height', () => {
  for (const height of [12, 20, 40]) expect(thickness(height).bold).toBeGreaterThan(2 * thickness(height).thin)
})

test('a crowd has a lane for the one that is picked and one for all others, within the room', () => {
  const { list, rest, height } = layoutCrowd('g3', 1000, 120)
  expect(list.map(({ id }) => id)).toEqual(['g3'])
  expect(rest?.id).toBe('999 more')
  expect(height).toBe(120)
  expect((rest?.y ?? 0) - (rest?.height ?? 0) / 2).toBeGreaterThanOrEqual(
    (list[0]?.y ?? 0) + (list[0]?.height ?? 0) / 2,
  )
  expect(layoutCrowd(null, 1000, 120).list).toEqual([])
})
