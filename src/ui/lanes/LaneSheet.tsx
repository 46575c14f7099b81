import { memo, useId, useMemo } from 'react'
import type { LaneCounts, Lanes } from '../../lab/lanes.ts'
import { NOTHING_HIDDEN } from './columns.ts'
import { LaneAxis, LaneGrid } from './LaneAxis.tsx'
import { LaneColumns } from './LaneColumns.tsx'
import { LaneLines } from './LaneLines.tsx'
import { LaneMarks } from './LaneMarks.tsx'
import type { Rows } from './rows.ts'
import { ticksOf, type TimeScale } from './scale.ts'
import { segmentsOf } from './segments.ts'
import type { Interval } from './window.ts'
import './lanes.css'
import './lane-sheet.css'

interface LaneSheetProps {
  lanes: Lanes | null
  /** Messages added up, in the place of lines; null for lines. */
  counts: LaneCounts | null
  rows: Rows
  window: Interval
  /** Of all of it, names included. */
  width: number
  /** Where the first instant stands: names have the room before it. */
  left: number
  /** The height of the axis above the lanes; 0 for none. */
  axis: number
}

/** One stretch of time, drawn once: names, axis, lanes, messages and marks, in one picture that holds nothing else. */
export const LaneSheet = memo(function LaneSheet({ lanes, counts, rows, window, width, left, axis }: LaneSheetProps) {
  const clip = useId()
  const scale: TimeScale = useMemo(
    () => ({ ...window, k: Math.max(1, width - left) / (window.to - window.from) }),
    [window, width, left],
  )
  const ticks = useMemo(() => ticksOf(scale, scale.k), [scale])
  const segments = useMemo(() => segmentsOf(lanes?.messages ?? [], rows, scale), [lanes, rows, scale])
  return (
    <svg
      className="lane-sheet"
      width={width}
      height={axis + rows.height}
      data-diagram={lanes === null ? 'empty' : 'drawn'}
    >
      <defs>
        <clipPath id={clip}>
          <rect x={0} y={0} width={Math.max(1, width - left)} height={rows.height} />
        </clipPath>
      </defs>
      {axis > 0 && (
        <g className="lane-sheet-axis" transform={`translate(${left} 0)`}>
          <LaneAxis ticks={ticks} scale={scale} />
        </g>
      )}
      {rows.list.map(({ id, y, client }) => (
        <text key={id} className="lane-sheet-name" data-client={client || undefined} x={0} y={axis + y}>
          {id}
        </text>
      ))}
      {rows.rest !== null && (
        <text className="lane-sheet-name" x={0} y={axis + rows.rest.y}>
          {rows.rest.id}
        </text>
      )}
      <g transform={`translate(${left} ${axis})`}>
        <g clipPath={`url(#${clip})`}>
          <LaneGrid ticks={ticks} scale={scale} height={rows.height} />
          {lanes !== null && counts !== null && (
            <LaneColumns {...{ counts, lanes, rows, scale }} hidden={NOTHING_HIDDEN} dense />
          )}
          {lanes !== null && <LaneLines {...{ lanes, rows, scale, segments }} dense={counts !== null} />}
          {lanes !== null && <LaneMarks lanes={lanes} rows={rows} scale={scale} />}
        </g>
      </g>
    </svg>
  )
})
