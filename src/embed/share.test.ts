import { describe, expect, test } from 'vitest'
import { Share } from './share.ts'

const FRAME = 1000 / 60

/** A page on which each drawing of a lab takes so long, and everything else no time. */
function page(labs: number, costMs: number, looks: number): number[] {
  const share = new Share()
  return Array.from({ length: looks }, () => share.look(Math.max(FRAME, (labs / share.every) * costMs)))
}

describe('how often labs draw that play beside each other', () => {
  test('at every frame, while the page is smooth', () => {
    expect(new Set(page(10, 1.5, 200))).toEqual(new Set([1]))
  })

  test('in turn as soon as it is not, and only as rarely as it needs', () => {
    expect(page(10, 3, 3)).toEqual([2, 2, 2])
    expect(page(10, 5, 3)).toEqual([2, 3, 3])
  })

  test('not when that helps nobody, for the browser itself gives fewer frames', () => {
    const share = new Share()
    const seen = Array.from({ length: 400 }, () => share.look(33.3))
    expect(seen.filter((every) => every > 1).length).toBeLessThan(12)
  })

  test('again at every frame when there is time for it, and it tries that ever more rarely', () => {
    const share = new Share()
    share.look(30)
    expect(Array.from({ length: 5 }, () => share.look(FRAME)).at(-1)).toBe(1)
    const tries = page(10, 3, 1000).filter((every) => every === 1)
    expect(tries.length).toBeGreaterThan(0)
    expect(tries.length).toBeLessThan(30)
  })
})
