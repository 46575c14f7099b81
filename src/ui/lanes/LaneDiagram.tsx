import { type CSSProperties, memo, type Ref, useMemo, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { Hop } from '../../lab/explain.ts'
import type { LaneMessage, Lanes, Overview } from '../../lab/lanes.ts'
import type { Hidden } from './columns.ts'
import { LaneAxis } from './LaneAxis.tsx'
import { LaneNames } from './LaneNames.tsx'
import { LanePlot } from './LanePlot.tsx'
import { LaneTip } from './LaneTip.tsx'
import type { Rows } from './rows.ts'
import { ticksOf, type TimeScale, xOf } from './scale.ts'
import { segmentsOf } from './segments.ts'
import { useLook } from './use-look.ts'
import { type DiagramHandle, type Placed, useMovingParts } from './use-moving-parts.ts'
import type { Interval } from './window.ts'
import './lanes.css'

export interface LaneDiagramProps {
  ref: Ref<DiagramHandle>
  lanes: Lanes | null
  /** The run at a glance, where it is drawn; `dense`: in place of lines. */
  overview: Overview | null
  dense: boolean
  hidden: Hidden
  /** Messages that are under way at the instant on show, with the ends that they will have. */
  flying: readonly LaneMessage[]
  rows: Rows
  scale: TimeScale
  width: number
  /** How many times as large as usual letters are. */
  size: number
  /** The height that there is for the rows. */
  room: number
  selected: ProcessId | null
  /** The causal past that somebody asked about. */
  past: readonly Hop[]
  /** What is to be said of what a window shows, or null. */
  noteOf(window: Interval): string | null
  onSeek(at: Micros): void
  onSelect(id: ProcessId): void
  onHold(held: boolean): void
  onPan(by: Micros): void
  /** So many times as much time, an instant staying where it is. */
  onZoom(factor: number, at: Micros): void
  bodyRef: Ref<HTMLDivElement>
  plotRef: Ref<HTMLDivElement>
}

/** A lane for each process, time from left to right. React draws what is known; the playhead and the window only move it. */
export const LaneDiagram = memo(function LaneDiagram(props: LaneDiagramProps) {
  const { lanes, rows, scale, width, size, room, selected, past, noteOf, ref, bodyRef } = props
  const root = useRef<HTMLDivElement>(null)
  const ticks = useMemo(() => ticksOf(scale, scale.k), [scale])
  const { segments, live } = useSegments(props)
  const cuts = useMemo(() => (lanes?.spans ?? []).filter(({ process }) => process === null), [lanes])
  const placed = useRef<Placed | null>(null)
  const still = { scale, ticks, width, cuts, knownTo: lanes?.to ?? null, noteOf }
  const { note, keep, keepWord } = useMovingParts(ref, placed, still)
  const { area, look, pointer } = useLook(root, placed, { ...props, lines: [segments, live] })
  const names = Math.max(2, rows.rest?.id.length ?? 0, ...rows.list.map(({ id }) => id.length))
  return (
    <div
      ref={root}
      className="lane-diagram"
      data-past={past.length > 0 || undefined}
      style={{ '--names': names } as CSSProperties}
      {...pointer}
    >
      <div className="lane-axis">
        <svg ref={keep('axis')} className="lane-layer" width={xOf(scale, scale.to)} height="100%">
          <LaneAxis ticks={ticks} scale={scale} />
        </svg>
      </div>
      <div ref={bodyRef} className="lane-body" data-scrolls={rows.height > room + 1 || undefined}>
        <div className="lane-inner" style={{ height: rows.height }}>
          <LaneNames rows={rows} selected={selected} size={size} />
          <LanePlot {...props} ref={area} {...{ keep, keepWord, ticks, segments, live, cuts, look }} />
        </div>
      </div>
      <div className="lane-heads">
        <div ref={keep('head')} className="lane-head" />
      </div>
      <p ref={note} className="lane-note" />
      {look !== null && <LaneTip {...look} />}
    </div>
  )
})

/** The lines of messages that have ended, and of those under way, but for the kinds that are hidden. */
function useSegments({ lanes, flying, hidden, rows, scale }: LaneDiagramProps) {
  const segments = useMemo(() => {
    const ended = (lanes?.messages ?? []).filter(({ fate, type }) => fate !== 'flying' && !hidden.kinds.has(type))
    return segmentsOf(ended, rows, scale)
  }, [lanes, rows, scale, hidden])
  const live = useMemo(() => {
    const shown = flying.filter(({ type }) => !hidden.kinds.has(type))
    return segmentsOf(shown, rows, scale)
  }, [flying, rows, scale, hidden])
  return { segments, live }
}
