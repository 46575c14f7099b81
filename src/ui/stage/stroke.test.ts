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
