import { expect, it } from 'vitest'
import { type Mark, Marks } from './marks.ts'

const markAt = (steps: number) => ({ checkpoint: { at: steps, steps, core: { seq: steps } } }) as Mark

/** The checkpoints of a run of so many steps, by the step that they lie at. */
function stepsOf(marks: Marks, end: number): number[] {
  const steps = [
    ...new Set(Array.from({ length: end / 100 + 1 }, (_, i) => marks.beforeStep(i * 100).checkpoint.steps)),
  ]
  return steps.toSorted((a, b) => a - b)
}

it.each([100_000, 500_000, 2_000_000])(
  'in a run of %i steps no way from a checkpoint is much longer than others',
  (end) => {
    const marks = new Marks(1_000)
    for (let steps = 0; steps <= end; steps += 100) if (steps === 0 || marks.isDue(steps)) marks.add(markAt(steps))
    const kept = stepsOf(marks, end)
    expect(kept).toHaveLength(marks.size)
    expect([kept[0], kept.at(-1)]).toEqual([0, end])
    const ways = kept.slice(1).map((steps, i) => steps - (kept[i] as number))
    const even = Math.max(1_000, end / marks.size)
    expect(Math.max(...ways)).toBeLessThanOrEqual(2 * even)
    expect(ways.slice(-10)).toEqual(Array.from({ length: 10 }, () => 1_000))
  },
)
