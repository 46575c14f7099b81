import { AssertionError } from '../base/assert.ts'
import { ASSERTION } from '../hunt/chase.ts'
import type { Quarry } from '../hunt/plan.ts'
import { type HuntAnswer, huntSteps, type HuntTask, type QuarryNames } from '../hunt/task.ts'
import type { AnyLab } from '../lab/definition.ts'
import { readScenarioOf } from '../lab/scenario.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import { runAtOnce } from './run-scenario.ts'

/** A task of a hunt through this lab, a run a step; what it comes to. */
export async function beginHunt(
  lab: AnyLab,
  { faults, mistake }: QuarryNames,
  task: HuntTask,
): Promise<Generator<void, HuntAnswer, void>> {
  const hints = (await lab.hunt?.()) ?? {}
  const quarry: Quarry = { lab, hints, faults, mistake }
  return huntSteps(quarry, task, (scenario, monitor) => endsAsItSays(quarry, scenario, monitor))
}

/** With the mistake the scenario passes, without one it fails. */
function endsAsItSays({ lab, mistake }: Quarry, file: ScenarioFile, monitor: string): boolean {
  const read = readScenarioOf(lab, file)
  if (!read.ok) return false
  try {
    const { violations, outcome } = runAtOnce(lab, read.value.scenario).result
    const broken = violations.some((violation) => violation.monitor === monitor)
    return outcome === (mistake === null || !broken ? 'failed' : 'passed')
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error
    return monitor === ASSERTION
  }
}
