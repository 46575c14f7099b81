import type { AnyLab, LabLoaders } from '../definition.ts'
import { type FindScenario, readShared, type SharedRead } from './read.ts'
import { dataOf, type SharedRun } from './shared-run.ts'

/** Bytes that a file with a run may have. */
export const MAX_RUN_FILE = 20_000_000

/** A file that opens a run again: JSON, with all of the setup and the whole scenario in it. */
export const writeRunFile = (lab: AnyLab, shared: SharedRun): string =>
  `${JSON.stringify(dataOf(lab, shared, true), null, 1)}\n`

/**
 * The same for whoever verifies a challenge: its scenario is named and not brought along, so that the goal is the verifier's own.
 */
export const writeHandIn = (lab: AnyLab, shared: SharedRun): string =>
  `${JSON.stringify(dataOf(lab, shared), null, 1)}\n`

/** Whether JSON that was read is a run, or means to be one. */
export const isRunData = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && (data as { netsplit?: unknown }).netsplit === 'run'

/** Reads what such a file holds. */
export const readRunData = (labs: LabLoaders, data: unknown, find: FindScenario, name: string): Promise<SharedRead> =>
  readShared(labs, data, find, name)
