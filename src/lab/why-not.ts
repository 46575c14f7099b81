import type { LabTypes, ProcessId, World } from '../kernel/types.ts'
import type { Reason } from './explain.ts'

/** What stands between two processes, now: one that does not run, a link that is cut. Null if nothing does. */
export function between<T extends LabTypes>(world: World<T>, a: ProcessId, b: ProcessId): Reason | null {
  for (const id of [b, a]) {
    const stop = world.stopOf(id)
    if (stop !== 0) return { text: `${id} is ${world.status(id)}.`, about: [id], because: [stop] }
  }
  const cuts = [world.cutOf(a, b), world.cutOf(b, a)].filter((seq) => seq !== 0)
  if (cuts.length === 0) return null
  const way = cuts.length === 2 ? 'the link is cut' : 'the link is cut one way'
  return { text: `${b} and ${a} do not reach each other: ${way}.`, about: [a, b], because: cuts }
}

/** What keeps each of these from `id`, those for whom it is the same event in one sentence; and those whom nothing keeps. */
export function blocked<T extends LabTypes>(
  world: World<T>,
  id: ProcessId,
  others: readonly ProcessId[],
): { reasons: Reason[]; free: ProcessId[] } {
  const free: ProcessId[] = []
  const cut = new Map<string, { ids: ProcessId[]; because: readonly number[] }>()
  const reasons: Reason[] = []
  for (const other of others) {
    const reason = other === id ? null : between(world, id, other)
    if (reason === null) free.push(other)
    else if (world.stopOf(id) !== 0 || world.stopOf(other) !== 0) reasons.push(reason)
    else {
      const because = reason.because ?? []
      const group = cut.get(because.join(' ')) ?? { ids: [], because }
      group.ids.push(other)
      cut.set(because.join(' '), group)
    }
  }
  for (const { ids, because } of cut.values())
    reasons.push({ text: `${verb(ids, 'is', 'are')} cut off from ${id}.`, about: [...ids, id], because })
  return { reasons, free }
}

/** `n1, n2 and n3`. */
export function names(ids: readonly string[]): string {
  return ids.length < 2 ? (ids[0] ?? 'nobody') : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`
}

/** `n1 is`, `n1 and n2 are`. */
export const verb = (ids: readonly string[], one: string, many: string): string =>
  `${names(ids)} ${ids.length === 1 ? one : many}`
