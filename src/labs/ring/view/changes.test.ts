import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CircleView } from '../circle-view.ts'
import { CIRCLE, ownerAt } from './arcs.ts'
import { changes } from './changes.ts'

const circle = fc.uniqueArray(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 12 }).chain((places) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: places.length, maxLength: places.length }).map(
    (owners): CircleView => ({
      at: Uint32Array.from(
        places.toSorted((a, b) => a - b),
        (place) => place * 1_000_000,
      ),
      owner: Uint16Array.from(owners),
      digest: 0,
    }),
  ),
)

test('what is marked as coming is just what changes its owner, with the owner to come', () => {
  fc.assert(
    fc.property(circle, circle, fc.array(fc.integer({ min: 0, max: CIRCLE - 1 })), (now, then, places) => {
      const marked = changes(now, then)
      for (const place of places) {
        const stretch = marked.find(({ from, to }) =>
          from < to ? place > from && place <= to : place > from || place <= to,
        )
        expect(stretch?.owner ?? ownerAt(now, place)).toBe(ownerAt(then, place))
        expect(stretch !== undefined).toBe(ownerAt(now, place) !== ownerAt(then, place))
      }
    }),
  )
})
