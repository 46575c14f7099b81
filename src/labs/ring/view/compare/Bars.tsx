import { scaleLinear } from 'd3'
import { useRef } from 'react'
import { useSize } from '../../../../ui/use-size.ts'

/** A row of a bar chart: a name, and a bar or two with their values in words. */
export interface BarRow {
  id: string
  label: string
  bars: readonly { value: number; text: string; look: 'full' | 'light' }[]
}

const BAR = 11
const LABEL = 132
const VALUE = 74

/** Horizontal bars from 0, with their values beside them; `mark` is a line across all rows. */
export function Bars({ title, rows, mark }: { title: string; rows: readonly BarRow[]; mark?: number }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useSize(box)?.width ?? 0
  const most = Math.max(1e-9, mark ?? 0, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value)))
  const x = scaleLinear([0, most], [LABEL, Math.max(LABEL + 1, width - VALUE)])
  const tops: number[] = []
  let height = 2
  for (const { bars } of rows) {
    tops.push(height)
    height += bars.length * (BAR + 2) + 9
  }
  const spoken = rows.map(({ label, bars }) => `${label}: ${bars.map(({ text }) => text).join(', ')}`).join('; ')
  return (
    <div ref={box}>
      <svg width={width} height={height} role="img" aria-label={`${title}. ${spoken}`}>
        {rows.map((row, i) => (
          <g key={row.id} transform={`translate(0 ${tops[i] as number})`}>
            <text className="compare-label" x={LABEL - 10} y={(row.bars.length * (BAR + 2)) / 2 + 4} textAnchor="end">
              {row.label}
            </text>
            {row.bars.map(({ value, text, look }, k) => (
              <g key={look} transform={`translate(0 ${k * (BAR + 2)})`}>
                <rect
                  className="compare-bar"
                  data-look={look}
                  x={LABEL}
                  width={Math.max(1, x(value) - LABEL)}
                  height={BAR}
                  rx={2}
                />
                <text x={x(value) + 6} y={BAR - 1}>
                  {text}
                </text>
              </g>
            ))}
          </g>
        ))}
        {mark !== undefined && <line className="compare-mark" x1={x(mark)} x2={x(mark)} y1={0} y2={height - 6} />}
      </svg>
    </div>
  )
}
