import type { AnyLab, LabLoaders } from '../lab/definition.ts'
import type { Experiment } from '../lab/figures.ts'
import type { LabExperiment } from './loaders.ts'

// In the package the labs are files of the bundle and no folders: what `loaders.ts` finds on disk is found when it is built.
const labs = import.meta.glob<{ lab: AnyLab }>('../labs/*/lab.ts')
const figures = import.meta.glob<{ experiments: readonly Experiment[] }>('../labs/*/figures.ts')

export function labsOnDisk(): LabLoaders {
  return Object.fromEntries(
    Object.entries(labs).map(([path, load]) => [nameIn(path), async () => (await load()).lab] as const),
  )
}

export async function experimentsOnDisk(): Promise<LabExperiment[]> {
  const found: LabExperiment[] = []
  for (const [path, load] of Object.entries(figures)) {
    for (const experiment of (await load()).experiments) found.push({ lab: nameIn(path), experiment })
  }
  return found
}

const nameIn = (path: string): string => path.split('/')[2] as string
