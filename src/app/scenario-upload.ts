import { fail, ok, type Result } from '../base/result.ts'
import { readHistoryFile } from '../check/history-file.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'
import { sizeProblem } from '../lab/scenario-text.ts'
import type { ScenarioRead } from '../lab/scenario.ts'
import { isRunData, MAX_RUN_FILE, readRunData } from '../lab/shared/file.ts'
import { MAX_TRACE_FILE, readTrace, type TraceRead } from '../lab/trace/ndjson.ts'
import type { SharedRead } from '../lab/shared/read.ts'
import { engineLoaders } from './catalogue.ts'
import { findScenario } from './sharing/find-scenario.ts'
import type { PageState } from './state.ts'

type Foreign = NonNullable<PageState['foreign']>
type Opened = Extract<ScenarioRead, { ok: true }>['value']

/**
 * Reads the file that was dropped or chosen. The error is one sentence with the file, the line and column if there is one,
 * what was found and what was expected. This reaches the reader of YAML: import it when a file comes.
 */
export async function readUpload(
  files: readonly File[],
  isFolder: boolean,
): Promise<Result<Opened | Foreign | SharedRead | TraceRead>> {
  const [file] = files
  if (file === undefined || files.length > 1) return fail(`Expected one scenario file, found ${files.length} files`)
  if (isFolder) return fail(`${file.name}: expected a file with a scenario, found a folder`)
  if (HISTORY_FILE.test(file.name)) return await readHistory(file)
  if (TRACE_FILE.test(file.name)) return await readTraceFile(file)
  const tooBig = sizeProblem(file.size, file.name)
  if (file.size > MAX_RUN_FILE) return fail(tooBig ?? `${file.name}: too big`)
  const text = await textOf(file)
  if (!text.ok) return text
  const run = runIn(text.value)
  if (run !== null) return ok(await readRunData(engineLoaders, run, findScenario, file.name))
  return tooBig !== null ? fail(tooBig) : await readScenarioFile(engineLoaders, text.value, file.name)
}

const TRACE_FILE = /\.(ndjson|jsonl)$/i

async function readTraceFile(file: File): Promise<Result<TraceRead>> {
  if (file.size > MAX_TRACE_FILE)
    return fail(`${file.name}: expected a trace of at most 200 MB, found ${Math.round(file.size / 1e6)} MB`)
  const text = await textOf(file)
  return text.ok ? readTrace(text.value, file.name) : text
}

/** What a file with a run holds; null for any other file. */
function runIn(text: string): unknown {
  if (!text.startsWith('{') || !text.slice(0, 200).includes('"netsplit"')) return null
  try {
    const data: unknown = JSON.parse(text)
    return isRunData(data) ? data : null
  } catch {
    return null
  }
}

/** Jepsen's logs and EDN: by their names, as no scenario ends so. */
const HISTORY_FILE = /\.(log|edn|txt)$/i
const MAX_HISTORY = 20_000_000

async function readHistory(file: File): Promise<Result<Foreign>> {
  if (file.size > MAX_HISTORY)
    return fail(`${file.name}: expected a history of at most 20 MB, found ${Math.round(file.size / 1e6)} MB`)
  const text = await textOf(file)
  if (!text.ok) return text
  const history = readHistoryFile(text.value, file.name)
  return history.ok ? ok({ name: file.name, history: history.value }) : history
}

/** A file that went away since it was chosen cannot be read, nor can a folder where the browser hands it over as a file. */
async function textOf(file: File): Promise<Result<string>> {
  try {
    return ok(await file.text())
  } catch {
    return fail(`${file.name}: expected a file with a scenario or a history, found one that cannot be read`)
  }
}
