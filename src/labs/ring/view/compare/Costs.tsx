import { KINDS } from '../../compare/kinds.ts'
import { Bars, type BarRow } from './Bars.tsx'
import type { Outcome } from './desk.ts'
import { bytesText, nanoseconds } from './words.ts'

/** What a lookup costs, in time and in memory. */
export function Costs({ outcome: { results } }: { outcome: Outcome }) {
  const row = (kind: (typeof results)[number]['kind'], value: number, text: string): BarRow => ({
    id: kind,
    label: KINDS[kind].label,
    bars: [{ value, text, look: 'full' }],
  })
  const times = results.flatMap(({ kind, lookup }) => (lookup === null ? [] : [row(kind, lookup, nanoseconds(lookup))]))
  return (
    <>
      <figure className="compare-figure">
        <figcaption>Time of a lookup</figcaption>
        <Bars title="Time of a lookup" rows={times} />
        <p className="dim compare-caption">By this machine’s clock, the key’s hash included.</p>
      </figure>
      <figure className="compare-figure">
        <figcaption>Memory of the tables</figcaption>
        <Bars
          title="Memory of the tables"
          rows={results.map(({ kind, bytes }) => row(kind, bytes, bytesText(bytes)))}
        />
      </figure>
    </>
  )
}
