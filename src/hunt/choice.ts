import type { Found, Kept } from './task.ts'

/** Of the runs that broke a property so many are shrunk; the smallest is kept. */
const SHRUNK_EACH = 3

/** The runs that are worth shrinking: of those that broke this property the ones with the fewest commands. */
export function fewestOf(found: readonly Found[], monitor: string): Found[] {
  return found
    .filter((each) => each.monitor === monitor)
    .toSorted((a, b) => a.commands - b.commands || a.seed - b.seed)
    .slice(0, SHRUNK_EACH)
}

/** The scenario that takes least to grasp. `kept` holds one at least. */
export function smallestOf(kept: readonly Kept[]): Kept {
  return kept.toSorted((a, b) => sizeOf(a) - sizeOf(b) || a.seed - b.seed)[0] as Kept
}

const sizeOf = ({ commands, servers, scenario }: Kept): number =>
  1_000 * commands.after + 10 * servers.after + (scenario.setup?.workload === undefined ? 0 : 5)
