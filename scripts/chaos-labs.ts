import { existsSync, readdirSync } from 'node:fs'
import { labsOnDisk } from '../src/cli/loaders.ts'
import type { AnyLab } from '../src/lab/definition.ts'

/** A lab whose runs under seeded faults can be checked: what its `chaos.testing.ts` exports, and the lab itself. */
export interface ChaosLab {
  lab: AnyLab
  chaosRun(seed: number, mistake?: object, plan?: object): ChaosRun
  /** What is wrong with a run, in words; null if nothing is. */
  faultOf(run: ChaosRun): string | null
  replayHint(seed: number): string
  /** What must have happened in at least so large a share of the runs. */
  WORTH: Readonly<Record<string, { of(run: ChaosRun): boolean; least: number }>>
  /** What some mistakes need to do harm, by their names. */
  PLANS?: Readonly<Record<string, object>>
}

export interface ChaosRun {
  seed: number
  violations: readonly { monitor: string }[]
  /** Whether what clients were told was judged, and came out well. */
  history?: unknown
}

const folder = new URL('../src/labs/', import.meta.url)
const hasChaos = (name: string): boolean => existsSync(new URL(`${name}/chaos.testing.ts`, folder))

export const chaosLabNames: readonly string[] = readdirSync(folder).filter(hasChaos).toSorted()

export async function chaosLab(name: string): Promise<ChaosLab> {
  const load = labsOnDisk()[name]
  if (load === undefined || !hasChaos(name)) {
    throw new Error(`expected a lab with runs under faults (${chaosLabNames.join(', ')}), found “${name}”`)
  }
  const runs = (await import(new URL(`${name}/chaos.testing.ts`, folder).href)) as Omit<ChaosLab, 'lab'>
  return { ...runs, lab: await load() }
}
