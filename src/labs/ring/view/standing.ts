import type { ProcessId } from '../../../kernel/types.ts'
import type { KeyView } from '../key-view.ts'
import { covers, type Versions } from '../store/versions.ts'

/** How a server's copy of a key stands to what the others hold. */
export type Standing = 'current' | 'behind' | 'missing'

export const copyOf = (key: KeyView, server: ProcessId): Versions | null =>
  key.copies.find((copy) => copy.server === server && copy.hintFor === null)?.versions ?? null

/**
 * A copy is behind when some other, hints included, has a version that it has never seen; where the last write wins, one with
 * a later stamp, since an earlier one would change nothing.
 */
export function standingOf(key: KeyView, server: ProcessId, lastWrite: boolean): Standing {
  const own = copyOf(key, server)
  if (own === null) return 'missing'
  const newest = lastWrite ? Math.max(0, ...own.siblings.map(({ stamp }) => stamp)) : -1
  const unseen = key.copies.some(({ versions }) =>
    versions.siblings.some(({ dot, stamp }) => stamp > newest && !covers(own.clock, dot)),
  )
  return unseen ? 'behind' : 'current'
}

/** `5`, or `5 | 6` for siblings; a deletion is `†`, and nothing at all `–`. */
export function valuesText(versions: Versions | null): string {
  if (versions === null || versions.siblings.length === 0) return '–'
  return versions.siblings.map(({ value }) => value ?? '†').join(' | ')
}

/** `n1:3 n2:1`, the version vector as people write it. */
export const clockText = ({ clock }: Versions): string =>
  Object.entries(clock)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([by, n]) => `${by}:${n}`)
    .join(' ')

/** `n3:2`, as people write a dot. */
export const dotText = ({ by, n }: { by: string; n: number }): string => `${by}:${n}`
