import { existsSync, readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import type { AnyLab, LabLoaders } from '../lab/definition.ts'
import type { Experiment } from '../lab/figures.ts'
import { home } from './home.ts'

/** The labs as they lie on disk: a folder with a `lab.ts` is one. */
export function labsOnDisk(): LabLoaders {
  return Object.fromEntries(foldersWith('lab.ts').map(({ name, path }) => [name, () => load(path)]))
}

export interface LabExperiment {
  lab: string
  experiment: Experiment
}

/** The experiments of all labs that have a `figures.ts`. */
export async function experimentsOnDisk(): Promise<LabExperiment[]> {
  const found: LabExperiment[] = []
  for (const { name, path } of foldersWith('figures.ts')) {
    const module = (await import(pathToFileURL(path).href)) as { experiments: readonly Experiment[] }
    for (const experiment of module.experiments) found.push({ lab: name, experiment })
  }
  return found
}

function foldersWith(file: string): { name: string; path: string }[] {
  const names = readdirSync(home.labs).filter((name) => existsSync(join(home.labs, name, file)))
  return names.toSorted().map((name) => ({ name, path: join(home.labs, name, file) }))
}

async function load(path: string): Promise<AnyLab> {
  const module = (await import(pathToFileURL(path).href)) as { lab: AnyLab }
  return module.lab
}
