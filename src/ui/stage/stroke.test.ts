import { expect, test } from 'vitest'
import { crossings, linksOfCut, segmentsCross } from './stroke.ts'

const places = new Map([
  ['n1', { x: 0, y: 0 }],
  ['n2', { x: 100, y: 0 }],
  ['n3', { x: 50, y: 100 }],
])
const servers = ['n1', 'n2', 'n3']

test('segments that only touch at a shared end do not cross', () => {
  expect(segmentsCross({ x: 0, y: 0 }, { x: 9, y: 9 }, { x: 0, y: 9 }, { x: 9, y: 0 })).toBe(true)
  expect(segmentsCross({ x: 0, y: 0 }, { x: 9, y: 9 }, { x: 9, y: 9 }, { x: 9, y: 0 })).toBe(false)
})

test('a stroke around one server cuts all of its links, each once', () => {
  const around = [
    { x: -30, y: 30 },
    { x: 40, y: 60 },
    { x: 60, y: -30 },
  ]
  expect(crossings(around, servers, places).map(({ left, right }) => [left, right].toSorted().join())).toEqual([
    'n1,n2',
    'n1,n3',
  ])
})

test('a loop that nearly closes cuts those inside from those outside, and nothing that only passes through', () => {
  const ring = new Map([...places, ['n4', { x: 50, y: 300 }]])
  // Around n3, clockwise; the links from n1 and n2 to n4 pass through it, that from n1 to n3 through its gap.
  const loop = [
    { x: 45, y: 60 },
    { x: 80, y: 70 },
    { x: 100, y: 140 },
    { x: 0, y: 140 },
    { x: 10, y: 70 },
    { x: 25, y: 62 },
  ]
  const found = crossings(loop, ['n1', 'n2', 'n3', 'n4'], ring)
  expect(found).toEqual(['n1', 'n2', 'n4'].map((left) => ({ left, right: 'n3' })))
  expect(crossings(loop.toReversed(), ['n1', 'n2', 'n3', 'n4'], ring)).toContainEqual({ left: 'n3', right: 'n1' })
})

test('what lies to the left of a stroke that is drawn downwards lies to the east', () => {
  const down = [
    { x: 50, y: -20 },
    { x: 50, y: 20 },
  ]
  expect(crossings(down, servers, places)).toEqual([{ left: 'n2', right: 'n1' }])
})

test('a client is cut from the servers that its own server is cut from', () => {
  const links = linksOfCut([{ left: 'n1', right: 'n2' }], (server) => [server.replace('n', 'c')])
  const named = links.map(({ from, to }) => `${from}>${to}`)
  expect(named.toSorted()).toEqual(['c1>n2', 'c2>n1', 'n1>c2', 'n1>n2', 'n2>c1', 'n2>n1'])
})
