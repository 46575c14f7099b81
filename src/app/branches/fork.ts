import type { Micros } from '../../base/units.ts'
import type { AnyRun } from '../../engine/messages.ts'
import { sharedCommands } from '../../lab/branch.ts'

type Commands = AnyRun['commands']

export interface Fork {
  /** The instant from which on the two differ. */
  at: Micros
  /** What is done in the first one from there on. */
  own: Commands
}

/** Where a branch parts from the run on show, and what is done in it then. */
export function forkOf(branch: Commands, shown: Commands): Fork {
  const i = sharedCommands(branch, shown)
  return { at: Math.min(branch[i]?.at ?? Infinity, shown[i]?.at ?? Infinity), own: branch.slice(i) }
}
