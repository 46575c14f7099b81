import type { SharedPlan } from '../../lab/shared/shared-run.ts'
import { readScenario } from '../../lab/scenario.ts'
import { engineLoaders, scenarioFile } from '../catalogue.ts'

/** The plan of a ready-made scenario, by its name; null if there is none that can be read. */
export async function findScenario(id: string): Promise<SharedPlan | null> {
  const file = await scenarioFile(id)
  if (file === null) return null
  const read = await readScenario(engineLoaders, file)
  if (!read.ok) return null
  const { title, about, until, script, steps, challenge, expectations } = read.value.scenario
  return { id, title, about, until, script, expectations, steps, challenge }
}
