import { experimentsOnDisk } from '../loaders.ts'
import { runTrials, type Task } from './trials.ts'

/** A process of the pool: takes a task, answers with its numbers, and takes the next. */
const experiments = await experimentsOnDisk()

process.on('message', (task: Task) => {
  const found = experiments.find(({ lab, experiment }) => lab === task.lab && experiment.id === task.experiment)
  if (found === undefined) throw new Error(`there is no experiment ${task.experiment} in the lab ${task.lab}`)
  process.send?.(runTrials(found.experiment, task))
})
process.send?.('ready')
