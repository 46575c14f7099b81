import { KINDS } from '../../compare/kinds.ts'
import { Bars, type BarRow } from './Bars.tsx'
import type { Outcome } from './desk.ts'
import { percent } from './words.ts'

/** How many keys change their server when one joins and when one leaves, against the least possible. */
export function Movement({ outcome: { results } }: { outcome: Outcome }) {
  const rows = results.map(({ kind, joinMoves, leaveMoves }): BarRow => {
    const bars: BarRow['bars'][number][] = []
    if (joinMoves.ok) bars.push({ value: joinMoves.value, text: percent(joinMoves.value), look: 'full' })
    if (leaveMoves.ok) bars.push({ value: leaveMoves.value, text: percent(leaveMoves.value), look: 'light' })
    return { id: kind, label: KINDS[kind].label, bars }
  })
  const title = 'Keys that change their server'
  return (
    <figure className="compare-figure">
      <figcaption>{title}</figcaption>
      <Bars title={title} rows={rows} mark={results[0]?.leastAtJoin ?? 0} />
      <p className="dim compare-caption">
        Full: a server joins; light: {results[0]?.leaver} leaves, where the rule allows it. The line is the least that a
        join must move.
      </p>
    </figure>
  )
}
