import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewCircle } from '../circle-view.ts'
import { clockwise, type Member, presentCircle, type RingView } from '../store/view.ts'
import { angleOf, bandPixels, CIRCLE, NOBODY, ownerAt, placeAt, stretches, tokenAt } from './arcs.ts'

const place = fc.integer({ min: 0, max: CIRCLE - 1 })
/** Few bits of difference as well, so that tokens lie at one place and beside each other. */
const token = fc.oneof(place, fc.integer({ min: 0, max: 12 }), fc.integer({ min: CIRCLE - 12, max: CIRCLE - 1 }))
const status = fc.constantFrom<Member['status']>('normal', 'normal', 'leaving', 'joining', 'left')
const member = fc.record({
  tokens: fc.uniqueArray(token, { minLength: 1, maxLength: 12 }),
  status,
  rack: fc.constantFrom(null, 'rack 1', 'rack 2'),
  version: fc.constant(1),
})
const view = fc
  .array(member, { minLength: 1, maxLength: 12 })
  .map((members): RingView => Object.fromEntries(members.map((m, i) => [`n${i + 1}`, m])))
  .filter((ring) => Object.values(ring).some((m) => m.status === 'normal' || m.status === 'leaving'))

/** What the picture is drawn from, and what the lookup says. */
function both(ring: RingView) {
  const ids = Object.keys(ring)
  const circle = presentCircle(ring)
  return { picture: viewCircle(circle, ids), lookup: (at: number) => ids.indexOf(clockwise(circle, at, 1)[0] ?? '') }
}

describe('the circle as it is drawn', () => {
  it('gives every pixel of the band to the server that the lookup gives its place to', () => {
    fc.assert(
      fc.property(view, fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 40 }), (ring, angles) => {
        const { picture, lookup } = both(ring)
        for (const angle of angles) expect(ownerAt(picture, placeAt(angle))).toBe(lookup(placeAt(angle)))
      }),
    )
  })

  it('draws stretches that cover the circle once, each of the owner that the lookup gives all of it to', () => {
    fc.assert(
      fc.property(view, fc.array(place, { maxLength: 20 }), (ring, places) => {
        const { picture, lookup } = both(ring)
        const drawn = stretches(picture)
        const length = drawn.reduce((sum, { from, to }) => sum + ((to - from + CIRCLE) % CIRCLE || CIRCLE), 0)
        expect(length).toBe(CIRCLE)
        for (const { from, to, owner } of drawn) {
          expect(lookup(to)).toBe(owner)
          expect(lookup((from + 1) % CIRCLE)).toBe(owner)
        }
        for (const at of places) {
          const token = picture.at[tokenAt(picture, at)]
          expect(drawn.find(({ to }) => to === token)?.owner).toBe(lookup(at))
        }
      }),
    )
  })

  it('paints each pixel of a dense circle for the server that the lookup gives its own place to', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 12, max: 40 }), (ring, side) => {
        const { picture, lookup } = both(ring)
        const pixels = bandPixels(picture, side, side / 4, side / 2)
        expect(pixels.filter((owner) => owner !== NOBODY).length).toBeGreaterThan(side)
        for (const [i, owner] of pixels.entries()) {
          const [x, y] = [(i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2]
          if (owner !== NOBODY) expect(owner).toBe(lookup(placeAt(Math.atan2(y, x))))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('turns places into angles and back', () => {
    fc.assert(
      fc.property(place, (at) => {
        const off = Math.abs(placeAt(angleOf(at)) - at)
        expect(Math.min(off, CIRCLE - off)).toBeLessThanOrEqual(2)
      }),
    )
  })
})
