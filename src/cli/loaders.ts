import { existsSync, readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import type { AnyLab, LabLoaders } from '../lab/definition.ts'

/** The labs as they lie on disk: a folder with a `lab.ts` is one. */
export function labsOnDisk(): LabLoaders {
  const folder = join(import.meta.dirname, '../labs')
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'lab.ts')))
  return Object.fromEntries(names.toSorted().map((name) => [name, () => load(join(folder, name, 'lab.ts'))]))
}

async function load(path: string): Promise<AnyLab> {
  const module = (await import(pathToFileURL(path).href)) as { lab: AnyLab }
  return module.lab
}
