import fc from 'fast-check'
import { expect, test } from 'vitest'
import { share } from './share.ts'

const plain = () => fc.jsonValue({ maxDepth: 3 })

test('what comes out equals the newer value, and neither is changed', () => {
  fc.assert(
    fc.property(plain(), plain(), (before, now) => {
      const kept = JSON.stringify([before, now])
      expect(share(before, now)).toEqual(now)
      expect(JSON.stringify([before, now])).toBe(kept)
    }),
  )
})

test('a value that says the same is the older one', () => {
  fc.assert(fc.property(plain(), (value) => Object.is(share(value, structuredClone(value)), value)))
})

test('a part that says the same is the older part', () => {
  const before = {
    servers: [
      { id: 'n1', term: 1 },
      { id: 'n2', term: 1 },
    ],
    cuts: [],
  }
  const now = {
    servers: [
      { id: 'n1', term: 2 },
      { id: 'n2', term: 1 },
    ],
    cuts: [],
  }
  const shared = share(before, now)
  expect(shared.servers[1]).toBe(before.servers[1])
  expect(shared.cuts).toBe(before.cuts)
  expect(shared.servers[0]).toEqual({ id: 'n1', term: 2 })
})
