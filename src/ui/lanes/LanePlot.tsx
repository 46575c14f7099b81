import type { Ref } from 'react'
import type { LaneSpan } from '../../lab/lanes.ts'
import { CausalPast } from './CausalPast.tsx'
import { LaneGrid } from './LaneAxis.tsx'
import { LaneColumns } from './LaneColumns.tsx'
import type { LaneDiagramProps } from './LaneDiagram.tsx'
import { LaneLines, Messages } from './LaneLines.tsx'
import { LaneMarks } from './LaneMarks.tsx'
import { type Ticks, xOf } from './scale.ts'
import type { Segment } from './segments.ts'
import type { Look } from './use-look.ts'
import type { MovingParts } from './use-moving-parts.ts'

interface LanePlotProps
  extends Pick<LaneDiagramProps, 'lanes' | 'overview' | 'dense' | 'hidden' | 'rows' | 'scale' | 'past' | 'plotRef'> {
  ref: Ref<HTMLDivElement>
  keep: MovingParts['keep']
  keepWord: MovingParts['keepWord']
  ticks: Ticks
  /** Messages that have ended, and those under way. */
  segments: readonly Segment[]
  live: readonly Segment[]
  cuts: readonly LaneSpan[]
  look: Look | null
}

/** What lies over each other in the plot: the grid, the lines as far as time has come, marks, and a veil over what comes. */
export function LanePlot(props: LanePlotProps) {
  const { lanes, overview, dense, hidden, rows, scale, past, segments, live, cuts, look, ticks } = props
  const { keep, keepWord, ref, plotRef } = props
  const layer = { className: 'lane-layer', width: xOf(scale, scale.to), height: rows.height }
  return (
    <div ref={ref} className="lane-plot">
      <div ref={plotRef} className="lane-measure" />
      <svg ref={keep('grid')} {...layer}>
        <LaneGrid ticks={ticks} scale={scale} height={rows.height} />
      </svg>
      <div ref={keep('clip')} className="lane-clip">
        <svg ref={keep('lines')} {...layer} data-diagram={lanes === null ? 'empty' : 'drawn'}>
          {overview !== null && lanes !== null && (dense || rows.rest !== null) && (
            <LaneColumns {...{ counts: overview.counts, lanes, rows, hidden, dense, scale }} />
          )}
          {lanes !== null && <LaneLines {...{ lanes, rows, scale, segments, dense }} />}
          <g className="lane-live">
            <Messages segments={live} others={segments.length} />
          </g>
          {past.length > 0 && <CausalPast hops={past} rows={rows} scale={scale} />}
        </svg>
      </div>
      <svg ref={keep('marks')} {...layer}>
        {cuts.map(({ from }, i) => (
          <text key={from} ref={keepWord(i)} className="lane-word" y={9}>
            cut
          </text>
        ))}
        {lanes !== null && <LaneMarks lanes={lanes} rows={rows} scale={scale} />}
        {look?.found?.type === 'message' && <Picked segment={look.found.segment} />}
      </svg>
      <div ref={keep('veil')} className="lane-veil" />
    </div>
  )
}

/** The message under the pointer. */
function Picked({ segment: { x1, y1, x2, y2 } }: { segment: Segment }) {
  return <path className="lane-picked" d={`M${x1} ${y1}L${x2} ${y2}`} />
}
