import { existsSync } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { AnyLab } from '../lab/definition.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'
import { sizeProblem } from '../lab/scenario-text.ts'
import type { Scenario } from '../lab/scenario.ts'
import { BadInput } from './bad-input.ts'
import { home } from './home.ts'
import { labsOnDisk } from './loaders.ts'
import { FOLDERS } from './replay.ts'

/** The scenario in a file; `BadInput` says in one sentence what is wrong with it. */
export async function readScenarioAt(
  file: string,
  change: { seed?: number } = {},
): Promise<{ lab: AnyLab; scenario: Scenario }> {
  const read = await readScenarioFile(labsOnDisk(), await readText(file), file, change)
  if (!read.ok) throw new BadInput(read.error)
  return read.value
}

/** The file that is meant: the one of this path, or, if there is none, the ready-made scenario of this name (`raft/leader-crash`). */
export function fileOf(given: string): string {
  const named = /^([\w-]+)\/([\w-]+)$/.exec(given)
  if (existsSync(given) || named === null) return given
  const [, lab = '', name = ''] = named
  const places = FOLDERS.flatMap((folder) => ENDINGS.map((ending) => join(home.labs, lab, folder, name + ending)))
  return places.find((path) => existsSync(path)) ?? given
}

const ENDINGS = ['.json', '.yaml', '.yml']

/** The folder of this path, or, if there is none, that of the lab of this name. */
export function folderOf(given: string): string {
  const own = join(home.labs, given)
  return existsSync(given) || !/^[\w-]+$/.test(given) || !existsSync(own) ? given : own
}

/** The text of a scenario file, unless it is too big to be one. */
export async function readText(file: string): Promise<string> {
  try {
    const problem = sizeProblem((await stat(file)).size, file)
    if (problem !== null) throw new BadInput(problem)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof BadInput) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new BadInput(`${file}: expected ${A_SCENARIO}, found ${FOUND[code ?? ''] ?? `an error (${code})`}`)
  }
}

const A_SCENARIO = 'a file with a scenario, or the name of a ready-made one such as raft/leader-crash'

/** Makes a folder to write into, and those around it; `BadInput` if that cannot be. */
export async function makeFolder(folder: string, option: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const found = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file' : `an error (${code})`
    throw new BadInput(`${option}: expected a folder to write into, found ${found} at “${folder}”`)
  }
}

const FOUND: Record<string, string> = { ENOENT: 'none', EISDIR: 'a folder', EACCES: 'one that may not be read' }

export function readSeed(text: string, option: string): number {
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text)
  throw new BadInput(`${option}: expected a whole number from 0 to 4294967295, found “${text}”`)
}

/** `--jobs`: how many processes; without it as many as there are cores. */
export function readJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism()
  if (/^\d{1,3}$/.test(text) && Number(text) > 0) return Number(text)
  throw new BadInput(`--jobs: expected a number of processes from 1 to 999, found “${text}”`)
}

/** `--seeds A..B` */
export function readSeeds(text: string): { first: number; last: number } {
  const [first, last, ...more] = text.split('..').map((word) => readSeed(word, '--seeds'))
  if (first === undefined || last === undefined || more.length > 0 || last < first) {
    throw new BadInput(`--seeds: expected two seeds, the smaller first, as in “1..200”, found “${text}”`)
  }
  return { first, last }
}
