import { fail, ok, type Result } from '../base/result.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'
import { sizeProblem } from '../lab/scenario-text.ts'
import type { ScenarioRead } from '../lab/scenario.ts'
import { engineLoaders } from './catalogue.ts'

type Opened = Extract<ScenarioRead, { ok: true }>['value']

/**
 * Reads a file that was dropped or chosen. The error is one sentence with the file, the line and column if there is one,
 * what was found and what was expected. This reaches the reader of YAML: import it when a file comes.
 */
export async function readUpload(file: File): Promise<Result<Opened>> {
  const tooBig = sizeProblem(file.size, file.name)
  if (tooBig !== null) return fail(tooBig)
  const text = await textOf(file)
  return text.ok ? await readScenarioFile(engineLoaders, text.value, file.name) : text
}

/** A file that went away since it was chosen cannot be read, nor can a folder where the browser hands it over as a file. */
async function textOf(file: File): Promise<Result<string>> {
  try {
    return ok(await file.text())
  } catch {
    return fail(`${file.name}: expected a file with a scenario, found one that cannot be read`)
  }
}
