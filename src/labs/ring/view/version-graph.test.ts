import { expect, test } from 'vitest'
import type { KeyView } from '../key-view.ts'
import { merge, NOTHING, type Versions, write } from '../store/versions.ts'
import { versionGraph } from './version-graph.ts'

/** A key with these states on n1, n2 and so on. */
const held = (...states: Versions[]): KeyView => ({
  key: 'x',
  place: 0,
  owners: states.map((_, i) => `n${i + 1}`),
  coming: null,
  copies: states.map((versions, i) => ({ server: `n${i + 1}`, versions, hintFor: null })),
  agreed: false,
})
const first = write(NOTHING, {}, 'a', 'n1', 1)

test('a write that had seen another stands after it, and who still holds the older one is named', () => {
  const second = write(first, first.clock, 'b', 'n2', 2)
  const third = write(second, second.clock, 'c', 'n1', 3)
  const graph = versionGraph(held(first, second, third))
  expect(graph.map(({ value, depth, holders }) => [value, depth, holders[0]?.server])).toEqual([
    ['a', 0, 'n1'],
    ['b', 1, 'n2'],
    ['c', 2, 'n3'],
  ])
  expect(graph[2]?.after).toEqual([])
})

test('writes that had not seen each other stand side by side, merged or not', () => {
  const left = write(first, first.clock, 'b', 'n1', 2)
  const right = write(first, first.clock, 'c', 'n2', 2)
  for (const states of [
    [left, right],
    [merge(left, right), left],
  ]) {
    const graph = versionGraph(held(...states))
    expect(graph.map(({ value, after, depth }) => [value, after, depth])).toEqual([
      ['b', [], 0],
      ['c', [], 0],
    ])
  }
})
