import type { CircleView } from '../circle-view.ts'
import { ownerAt, type Stretch } from './arcs.ts'

/** The stretches whose owner differs between two circles, with the owner to come; neighbours of one owner are joined. */
export function changes(now: CircleView, then: CircleView): Stretch[] {
  const ends = [...new Set([...now.at, ...then.at])].toSorted((a, b) => a - b)
  const changed: Stretch[] = []
  for (const [i, to] of ends.entries()) {
    const from = ends[i === 0 ? ends.length - 1 : i - 1] as number
    const owner = ownerAt(then, to)
    if (ownerAt(now, to) === owner) continue
    const last = changed.at(-1)
    if (last !== undefined && last.to === from && last.owner === owner && i > 0) last.to = to
    else changed.push({ from, to, owner })
  }
  return changed
}
