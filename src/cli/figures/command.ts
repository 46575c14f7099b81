import { judge, MOST_DEVIATION } from '../../lab/judge.ts'
import { BadInput } from '../bad-input.ts'
import { readJobs, readSeed } from '../files.ts'
import { home } from '../home.ts'
import { experimentsOnDisk, type LabExperiment } from '../loaders.ts'
import { Pool } from '../pool.ts'
import { asData, type Outcome, table } from './report.ts'
import { columnCount, type Task } from './trials.ts'

interface Options {
  lab?: string | undefined
  only?: string | undefined
  short?: boolean | undefined
  json?: boolean | undefined
  seed?: string | undefined
  jobs?: string | undefined
}

/**
 * `figures [--lab LAB] [--only ID] [--short] [--json] [--seed S] [--jobs N]`: runs the labs' experiments on all cores and
 * prints measured against published. 0 if all that are judged agree, 1 if not. The numbers do not depend on `--jobs`.
 */
export async function figuresCommand(rest: readonly string[], options: Options): Promise<number> {
  if (rest.length > 0) throw new BadInput(`figures: expected options alone, found “${rest[0]}”`)
  const seed = options.seed === undefined ? 1 : readSeed(options.seed, '--seed')
  const experiments = chosen(await experimentsOnDisk(), options)
  const pool: FigurePool = new Pool(home.programs.figures, readJobs(options.jobs))
  const outcomes: Outcome[] = []
  for (const each of experiments) {
    const outcome = await run(pool, each, seed, options.short === true)
    outcomes.push(outcome)
    if (options.json !== true) console.log(table(outcome))
  }
  pool.close()
  return tell(outcomes, seed, options)
}

function chosen(all: readonly LabExperiment[], { lab, only }: Options): readonly LabExperiment[] {
  const labs = [...new Set(all.map((each) => each.lab))]
  if (lab !== undefined && !labs.includes(lab)) {
    throw new BadInput(`--lab: expected one with figures (${labs.join(', ')}), found “${lab}”`)
  }
  const ofLab = all.filter((each) => lab === undefined || each.lab === lab)
  const found = ofLab.filter(({ experiment }) => only === undefined || experiment.id === only)
  if (found.length > 0) return found
  throw new BadInput(`--only: expected one of ${ofLab.map((e) => e.experiment.id).join(', ')}, found “${only}”`)
}

type FigurePool = Pool<Task, Float64Array[]>

async function run(
  pool: FigurePool,
  { lab, experiment }: LabExperiment,
  seed: number,
  short: boolean,
): Promise<Outcome> {
  const trials = short ? experiment.trials.short : experiment.trials.long
  const columns = Array.from({ length: columnCount(experiment) }, () => new Float64Array(trials))
  const size = Math.min(10_000, Math.max(1, Math.ceil(trials / 16)))
  const parts = Array.from({ length: Math.ceil(trials / size) }, (_, i) => i * size)
  await Promise.all(
    parts.map(async (from) => {
      const task = { lab, experiment: experiment.id, seed, from, to: Math.min(trials, from + size) }
      for (const [column, numbers] of (await pool.run(task)).entries()) columns[column]?.set(numbers, from)
    }),
  )
  const judgements = experiment.figures.map((figure) => judge(figure, columns[figure.column] as Float64Array))
  return { lab, experiment, trials, judgements }
}

function tell(outcomes: readonly Outcome[], seed: number, options: Options): number {
  const judged = outcomes.flatMap(({ judgements }) => judgements).filter((j) => j.judged !== 'report')
  const failed = judged.filter(({ ok }) => !ok).length
  const outcome = failed === 0 ? 'passed' : 'failed'
  if (options.json === true) {
    console.log(JSON.stringify({ seed, short: options.short === true, experiments: outcomes.map(asData), outcome }))
  } else {
    console.log(
      `${outcome}: ${judged.length - failed} of ${judged.length} figures within ${MOST_DEVIATION} standard errors, seed ${seed}`,
    )
  }
  return failed === 0 ? 0 : 1
}
