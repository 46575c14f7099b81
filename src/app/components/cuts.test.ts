import { expect, test } from 'vitest'
import type { ProcessView } from '../../lab/world-view.ts'
import { linksOfSide, readSide } from './cut-side.ts'
import { linkKey, linksAcross, linksAround, linksBetween, serversOf } from './cuts.ts'

const process = (id: string, beside: string | null): ProcessView => ({
  id,
  role: beside === null ? 'server' : 'client',
  beside,
  status: 'up',
  timers: [],
  unsynced: 0,
})
const cluster = [
  ...['n1', 'n2', 'n3'].map((id) => process(id, null)),
  ...[1, 2, 3].map((i) => process(`c${i}`, `n${i}`)),
]
const keys = (links: Parameters<typeof linkKey>[0][]) => links.map(linkKey).toSorted()

test('clients are not servers', () => {
  expect(serversOf(cluster)).toEqual(['n1', 'n2', 'n3'])
})

test('a cut one way takes the requests and the answers of clients that go the same way', () => {
  expect(keys(linksBetween(cluster, [{ from: 'n1', to: 'n2' }]))).toEqual(['c1>n2', 'n1>c2', 'n1>n2'])
})

test('a client keeps its own server when that one is isolated', () => {
  const around = keys(linksAround(cluster, 'n1'))
  expect(around).not.toContain('c1>n1')
  expect(around).not.toContain('n1>c1')
  expect(around).toContain('c1>n2')
  expect(around).toContain('c3>n1')
})

test('a client that is isolated loses every server', () => {
  expect(keys(linksAround(cluster, 'c1'))).toEqual(['c1>n1', 'c1>n2', 'c1>n3', 'n1>c1', 'n2>c1', 'n3>c1'])
})

test('groups are cut from each other and whole inside', () => {
  const across = keys(linksAcross(cluster, [['n1', 'n2'], ['n3']]))
  expect(across.filter((key) => /^n\d>n\d$/.test(key))).toEqual(['n1>n3', 'n2>n3', 'n3>n1', 'n3>n2'])
})

test('one side of a crowd is read from names and ranges, and what is wrong is said in a sentence that names the field', () => {
  const servers = Array.from({ length: 1000 }, (_, i) => `g${i + 1}`)
  const said = (text: string): string => {
    const side = readSide(text, servers)
    const links = side.ok ? linksOfSide(side.value, servers, 'both') : side
    return links.ok ? `${side.ok && side.value.join(' ')}: ${links.value.length}` : links.error
  }
  expect(said('g9, g1-g3')).toBe('g1 g2 g3 g9: 7968')
  expect(said('g1–g2')).toBe('g1 g2: 3992')
  expect(said('g1 h2')).toBe('One side: expected servers, such as g1 or g1-g3, found “h2”.')
  expect(said('g5-g2')).toMatch(/^One side: .*“g5-g2”/)
  expect(said(' ')).toBe('One side: expected the names of servers, such as g1-g3.')
  expect(said('g1-g1000')).toBe('One side: all servers are named, and nobody is left on the other.')
  expect(said('g1-g500')).toBe('One side: 500,000 links would be cut, and 20,000 can be. Name fewer servers.')
})
