import type { Micros } from '../base/units.ts'
import { same } from '../check/plain.ts'
import type { LabTypes, TimedCommand } from '../kernel/types.ts'
import type { Fired } from './script.ts'

/** A future that was left: how it went, as commands alone. */
export interface Branch {
  id: number
  name: string
  commands: readonly TimedCommand<LabTypes>[]
  fired: readonly Fired[]
  /** How far it was seen. */
  reached: Micros
}

/** What the future on show is called while nobody has named it. */
export const FIRST_BRANCH = 'Main'

/** Rails beyond this would hide each other; the oldest go. */
export const MOST_BRANCHES = 20

/** How many commands two futures begin with together. */
export function sharedCommands(a: Branch['commands'], b: Branch['commands']): number {
  let count = 0
  while (count < a.length && count < b.length && (a[count] === b[count] || same(a[count], b[count]))) count++
  return count
}
