import type { ProcessId } from '../../kernel/types.ts'
import type { Lanes, Overview } from '../../lab/lanes.ts'

/** Messages added up stand over what the run is at a glance, single ones over the details, once these are there. */
export function lanesOf(detail: Lanes | null, overview: Overview | null, dense: boolean): Lanes | null {
  return dense || detail === null ? (overview?.lanes ?? null) : detail
}

/** Names that are one string, which is the same as long as the processes are. */
export const split = (names: string): ProcessId[] => (names === '' ? [] : names.split(' '))
