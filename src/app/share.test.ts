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

test('packed numbers stay what they are: the older ones if they are equal, the newer if not', () => {
  const before = { at: Uint32Array.of(1, 2, 3), owner: Uint16Array.of(0, 1, 0) }
  const now = { at: Uint32Array.of(1, 2, 4), owner: Uint16Array.of(0, 1, 0) }
  const shared = share(before, now)
  expect(shared.at).toBe(now.at)
  expect(shared.owner).toBe(before.owner)
  expect(share({ at: Uint16Array.of(1) }, { at: Uint32Array.of(1) }).at).toBeInstanceOf(Uint32Array)
})
