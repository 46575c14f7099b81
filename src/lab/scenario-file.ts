import { fail, type Result } from '../base/result.ts'
import type { AnyLab, LabLoaders } from './definition.ts'
import { readScenario, type Scenario } from './scenario.ts'
import { placeText, readScenarioText } from './scenario-text.ts'

/**
 * Reads a scenario from the text of a file. The error is one sentence with the file, the line and column, the field, what
 * was found and what was expected: `crash.yaml:12:5 script[2].at: expected …`.
 */
export async function readScenarioFile(
  labs: LabLoaders,
  text: string,
  name: string,
  change: { seed?: number } = {},
): Promise<Result<{ lab: AnyLab; scenario: Scenario }>> {
  const file = readScenarioText(text, name)
  if (!file.ok) return file
  const read = await readScenario(labs, file.value.value, change)
  return read.ok ? read : fail(`${name}${placeText(file.value.where(read.path))} ${read.error}`)
}
