import { draw, stream } from '../../base/random.ts'
import type { Experiment } from '../../lab/figures.ts'

/** Some trials of an experiment, numbered from `from` up to and without `to`. */
export interface Task {
  lab: string
  experiment: string
  seed: number
  from: number
  to: number
}

/** Runs them; for each column the numbers in the order of the trials. The n-th trial is the same whoever runs it. */
export function runTrials(
  experiment: Experiment,
  { seed, from, to }: Omit<Task, 'lab' | 'experiment'>,
): Float64Array[] {
  const seeds = stream(seed, experiment.id)
  const trial = experiment.prepare()
  const columns = Array.from({ length: columnCount(experiment) }, () => new Float64Array(to - from))
  for (let i = from; i < to; i++) {
    const numbers = trial(draw(seeds, i))
    for (const [column, list] of columns.entries()) list[i - from] = numbers[column] as number
  }
  return columns
}

export const columnCount = (experiment: Experiment): number =>
  1 + Math.max(...experiment.figures.map(({ column }) => column))
