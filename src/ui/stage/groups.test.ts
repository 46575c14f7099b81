import { expect, test } from 'vitest'
import { divide, linksToMend } from './groups.ts'

const both = (a: string, b: string) => [
  { from: a, to: b },
  { from: b, to: a },
]

test('one cut link among three servers leaves them in one group', () => {
  const { groups, within, between } = divide(['n1', 'n2', 'n3'], both('n1', 'n2'))
  expect(groups).toEqual([['n1', 'n2', 'n3']])
  expect(within).toEqual([{ a: 'n1', b: 'n2', ab: true, ba: true }])
  expect(between).toEqual([])
})

test('a server that cannot answer is not in the group of those that it hears', () => {
  const { groups, between } = divide(['n1', 'n2'], [{ from: 'n1', to: 'n2' }])
  expect(groups).toEqual([['n1'], ['n2']])
  expect(between).toEqual([{ a: 'n1', b: 'n2', ab: true, ba: false }])
})

test('a cut between servers is healed together with that of their clients', () => {
  const cuts = [...both('n1', 'n2'), ...both('c1', 'n2'), ...both('n1', 'n3')]
  const home = (id: string) => id.replace('c', 'n')
  expect(linksToMend([{ a: 'n1', b: 'n2', ab: true, ba: true }], cuts, home)).toEqual([
    ...both('n1', 'n2'),
    ...both('c1', 'n2'),
  ])
})
