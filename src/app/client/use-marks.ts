import { useMemo } from 'react'
import type { Micros } from '../../base/units.ts'
import { linearizationPoints } from '../../check/points.ts'
import type { Mark } from './HistoryBar.tsx'
import type { Judged } from './judge-client.ts'
import type { Told } from './track.ts'

/** Where each operation takes effect, and who cannot. */
export function useMarks(told: Told, judged: Judged | null, ordered: boolean, end: Micros): Map<number, Mark> {
  return useMemo(() => {
    const marks = new Map<number, Mark>()
    if (judged === null) return marks
    const times = told.bars.flatMap((bar) => (bar.place === null ? [] : [{ place: bar.place, bar }]))
    const drawn = judged.operations.map((operation) => ({ ...operation }))
    for (const { place, bar } of times) {
      const operation = drawn[place]
      if (operation === undefined) continue
      operation.call = bar.call
      operation.return = operation.return === null ? null : (bar.end ?? operation.return)
    }
    for (const part of judged.found.partitions) {
      const order = part.verdict === 'ok' ? part.order : part.longest
      if (part.verdict === 'illegal') marks.set(part.stuck, { point: null, rank: null, stuck: true })
      if (!ordered) continue
      const points = linearizationPoints(drawn, order, end)
      for (const [rank, place] of order.entries())
        marks.set(place, { point: points.get(place) ?? null, rank: rank + 1, stuck: false })
    }
    return marks
  }, [told.bars, judged, ordered, end])
}
