import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { runToEnd, type ScenarioResult } from '../engine/run-scenario.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'
import { BadInput } from './bad-input.ts'
import { readSeeds, readText } from './files.ts'
import { labsOnDisk } from './loaders.ts'
import { commandFor, pageId } from './replay.ts'

/** What many runs of one file came to. */
interface Checked {
  file: string
  runs: number
  passed: number
  failed: Failure[]
}

interface Failure {
  seed: number
  /** What did not hold, in words. */
  why: string[]
  /** How to see it: on the command line, and in the page if it knows the scenario. */
  run: string
  page: string | null
}

interface Seeds {
  first: number
  last: number
}

/**
 * `check FOLDER [--seeds A..B] [--json]`: every scenario file below the folder, with its own seed or with each of a range.
 * 0 if all passed, 1 if one failed, 2 if one cannot be read.
 */
export async function checkCommand(
  folders: readonly string[],
  options: { json?: boolean | undefined; seeds?: string | undefined },
): Promise<number> {
  const [folder] = folders
  if (folder === undefined || folders.length > 1) throw new BadInput('check: expected one FOLDER')
  const seeds = options.seeds === undefined ? null : readSeeds(options.seeds)
  const files = await scenarioFiles(folder)
  if (files.length === 0) throw new BadInput(`${folder}: expected scenarios (.json, .yaml, .yml) below it, found none`)
  const checked: Checked[] = []
  let unreadable = 0
  for (const file of files) {
    try {
      checked.push(await checkFile(file, seeds))
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      unreadable++
      console.error(error.message)
    }
  }
  const failed = checked.some((each) => each.failed.length > 0)
  if (options.json === true) console.log(JSON.stringify({ scenarios: checked, outcome: failed ? 'failed' : 'passed' }))
  else tell(checked)
  return unreadable > 0 ? 2 : failed ? 1 : 0
}

async function scenarioFiles(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = found.filter((entry) => entry.isFile() && /\.(json|ya?ml)$/i.test(entry.name))
    const paths = files.map((entry) => join(entry.parentPath, entry.name))
    return paths.filter((path) => !HIDDEN.test(relative(folder, path))).toSorted()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const found = code === 'ENOTDIR' ? 'a file' : code === 'ENOENT' ? 'none' : `an error (${code})`
    throw new BadInput(`${folder}: expected a folder with scenarios, found ${found}`)
  }
}

const HIDDEN = /(^|[\\/])(\.|node_modules[\\/])/

async function checkFile(file: string, seeds: Seeds | null): Promise<Checked> {
  const text = await readText(file)
  const checked: Checked = { file, runs: 0, passed: 0, failed: [] }
  for (const change of changes(seeds)) {
    const read = await readScenarioFile(labsOnDisk(), text, file, change)
    if (!read.ok) throw new BadInput(read.error)
    const { result } = await runToEnd(read.value.lab, read.value.scenario, HOST)
    checked.runs++
    if (result.outcome === 'passed') checked.passed++
    else checked.failed.push(failure(file, result))
  }
  return checked
}

/** One run with the scenario's own seed, or one with each of the range. */
function* changes(seeds: Seeds | null): Generator<{ seed?: number }> {
  if (seeds === null) yield {}
  else for (let seed = seeds.first; seed <= seeds.last; seed++) yield { seed }
}

const HOST = { breathe: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)) }

function failure(file: string, { seed, expectations, violations }: ScenarioResult): Failure {
  const why = [
    ...expectations.filter(({ ok }) => !ok).map(({ text, atMs }) => `failed ${text}${atText(atMs)}`),
    ...violations.map(({ monitor, atMs, text }) => `violated ${monitor}${atText(atMs)}: ${text}`),
  ]
  const id = pageId(file)
  return {
    seed,
    why,
    run: commandFor(file, seed),
    page: id === null ? null : `?scenario=${id}&seed=${seed}`,
  }
}

const atText = (atMs: number | null): string => (atMs === null ? '' : ` (${atMs} ms)`)

function tell(checked: readonly Checked[]): void {
  const names = checked.map(({ file }) => pageId(file) ?? file)
  const width = Math.max('scenario'.length, ...names.map((name) => name.length))
  const row = (name: string, ...cells: (string | number)[]): string =>
    name.padEnd(width) + cells.map((cell) => String(cell).padStart(8)).join('')
  console.log(row('scenario', 'runs', 'passed', 'failed'))
  for (const [i, { runs, passed, failed }] of checked.entries()) {
    console.log(row(names[i] as string, runs, passed, failed.length))
  }
  for (const [i, { failed }] of checked.entries()) for (const each of failed) tellFailure(names[i] as string, each)
}

function tellFailure(name: string, { seed, why, run, page }: Failure): void {
  console.log(`\n${name}, seed ${seed}`)
  for (const line of why) console.log(`  ${line}`)
  console.log(`  ${run}`)
  if (page !== null) console.log(`  ${page}`)
}
