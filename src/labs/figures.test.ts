import { describe, expect, it } from 'vitest'
import { runTrials } from '../cli/figures/trials.ts'
import { experimentsOnDisk } from '../cli/loaders.ts'
import { judge } from '../lab/judge.ts'

const experiments = await experimentsOnDisk()

/** A short run of `npm run figures`, with a fixed seed. */
describe('the published figures', () => {
  it('are there, and each experiment has an id of its own', () => {
    const ids = experiments.map(({ lab, experiment }) => `${lab}/${experiment.id}`)
    expect(ids.length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(experiments)('of $lab are within 3 standard errors: $experiment.title', ({ experiment }) => {
    const columns = runTrials(experiment, { seed: 1, from: 0, to: experiment.trials.short })
    const judged = experiment.figures.map((figure) => judge(figure, columns[figure.column] as Float64Array))
    expect(judged.filter(({ ok }) => !ok)).toEqual([])
  })

  it('are made of the same trials, however these are shared out', () => {
    const { experiment } = experiments[0] as (typeof experiments)[number]
    const whole = runTrials(experiment, { seed: 7, from: 0, to: 40 })
    const parts = [0, 25].map((from) => runTrials(experiment, { seed: 7, from, to: from === 0 ? 25 : 40 }))
    for (const [column, numbers] of whole.entries()) {
      expect(parts.flatMap((part) => [...(part[column] as Float64Array)])).toEqual([...numbers])
    }
  })
})
