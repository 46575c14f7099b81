import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import { runToEnd, type ScenarioResult } from '../../engine/run-scenario.ts'
import { readScenarioFile } from '../../lab/scenario-file.ts'
import { BadInput } from '../bad-input.ts'
import { type FailedWords, wordsOfFailed } from '../failed.ts'
import { fileOf, folderOf, makeFolder, readSeeds, readText } from '../files.ts'
import { labsOnDisk } from '../loaders.ts'
import { commandFor, pageId } from '../replay.ts'
import type { Checked, Failure, Unreadable } from './checked.ts'
import { annotations } from './github.ts'
import { junitXml } from './junit.ts'
import { tellChecked } from './table.ts'

interface Seeds {
  first: number
  last: number
}

interface Options {
  json?: boolean | undefined
  seeds?: string | undefined
  junit?: string | undefined
  github?: boolean | undefined
}

/**
 * `check FOLDER [--seeds A..B] [--json] [--junit FILE] [--github]`: every scenario file below the folder, or this one file,
 * with its own seed or with each of a range. 0 if all passed, 1 if one failed, 2 if one cannot be read.
 */
export async function checkCommand(folders: readonly string[], options: Options): Promise<number> {
  const [given] = folders
  if (given === undefined || folders.length > 1) throw new BadInput('check: expected one FOLDER or FILE')
  const folder = fileOf(folderOf(given))
  const seeds = options.seeds === undefined ? null : readSeeds(options.seeds)
  if (options.junit !== undefined) await makeFolder(dirname(options.junit), '--junit')
  const files = await scenarioFiles(folder)
  if (files.length === 0) throw new BadInput(`${folder}: expected scenarios (.json, .yaml, .yml) below it, found none`)
  const checked: Checked[] = []
  const unreadable: Unreadable[] = []
  for (const file of files) {
    try {
      checked.push(await checkFile(file, seeds))
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      unreadable.push({ file, problem: error.message })
      console.error(error.message)
    }
  }
  await tell(checked, unreadable, options)
  return unreadable.length > 0 ? 2 : failedIn(checked) ? 1 : 0
}

const failedIn = (checked: readonly Checked[]): boolean => checked.some(({ failed }) => failed.length > 0)

/** Annotations go where GitHub's runners look for them and a reader of the one JSON object does not. */
async function tell(
  checked: readonly Checked[],
  unreadable: readonly Unreadable[],
  { json, junit, github }: Options,
): Promise<void> {
  const outcome = failedIn(checked) ? 'failed' : 'passed'
  if (json === true) console.log(JSON.stringify({ scenarios: checked, outcome }))
  else tellChecked(checked)
  if (junit !== undefined) {
    await writeFile(junit, junitXml(checked, unreadable))
  }
  if (github !== true && process.env['GITHUB_ACTIONS'] !== 'true') return
  for (const line of annotations(checked, unreadable)) (json === true ? console.error : console.log)(line)
}

async function scenarioFiles(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = found.filter((entry) => entry.isFile() && /\.(json|ya?ml)$/i.test(entry.name))
    const paths = files.map((entry) => join(entry.parentPath, entry.name))
    return paths.filter((path) => !HIDDEN.test(relative(folder, path))).toSorted()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR') return [folder]
    const found = code === 'ENOENT' ? 'none' : `an error (${code})`
    throw new BadInput(
      `${folder}: expected a folder with scenarios, a file with one, or the name of a lab, found ${found}`,
    )
  }
}

const HIDDEN = /(^|[\\/])(\.|node_modules[\\/])/

async function checkFile(file: string, seeds: Seeds | null): Promise<Checked> {
  const text = await readText(file)
  const begun = performance.now()
  const checked: Checked = { file, name: pageId(file) ?? file, runs: 0, passed: 0, failed: [], seconds: 0 }
  const { scenario: own } = await scenarioOf(text, file)
  for (const change of changes(own.fixedSeed ? null : seeds)) {
    const { lab, scenario } = await scenarioOf(text, file, change)
    const done = await runToEnd(lab, scenario, HOST)
    checked.runs++
    if (done.result.outcome === 'passed') checked.passed++
    else checked.failed.push(failure(file, text, done.result, await wordsOfFailed(file, lab, scenario, done)))
  }
  return { ...checked, seconds: (performance.now() - begun) / 1000 }
}

async function scenarioOf(text: string, file: string, change: { seed?: number } = {}) {
  const read = await readScenarioFile(labsOnDisk(), text, file, change)
  if (!read.ok) throw new BadInput(read.error)
  return read.value
}

/** One run with the scenario's own seed, or one with each of the range. */
function* changes(seeds: Seeds | null): Generator<{ seed?: number }> {
  if (seeds === null) yield {}
  else for (let seed = seeds.first; seed <= seeds.last; seed++) yield { seed }
}

const HOST = { breathe: (): Promise<void> => new Promise((resolve) => setImmediate(resolve)) }

function failure(file: string, text: string, result: ScenarioResult, { lines, link }: FailedWords): Failure {
  const { seed, expectations, violations } = result
  const broken = expectations.filter(({ ok }) => !ok)
  const why = [
    ...broken.map((each) => `failed ${each.text}${atText(each.atMs)}`),
    ...violations.map((each) => `violated ${each.monitor}${atText(each.atMs)}: ${each.text}`),
  ]
  const id = pageId(file)
  return {
    seed,
    why,
    line: broken[0] === undefined ? 1 : lineOf(text, broken[0].text),
    run: commandFor(file, seed),
    page: id === null ? null : `?scenario=${id}&seed=${seed}`,
    link,
    told: lines,
  }
}

/** The first line of the file that holds what an expectation says; 1 if it is written in another way. */
function lineOf(text: string, expectation: string): number {
  const words = expectation.replace(/^(always|never|eventually)\s+/, '')
  return text.split('\n').findIndex((line) => line.includes(words)) + 1 || 1
}

const atText = (atMs: number | null): string => (atMs === null ? '' : ` (${atMs} ms)`)
