import { memo, type ReactNode } from 'react'
import type { LaneMark, Lanes } from '../../lab/lanes.ts'
import { apart, isOfClient, operationsPath, ticksPath, togetherBy } from './marks.ts'
import { GUTTER, type Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'

interface LaneMarksProps {
  lanes: Lanes
  rows: Rows
  scale: TimeScale
}

/** What befell a process, each kind in a form of its own; and what clients asked and heard. */
export const LaneMarks = memo(function LaneMarks({ lanes, rows, scale }: LaneMarksProps) {
  const place = ({ process, at }: LaneMark) => ({ x: xOf(scale, at), y: rows.byId.get(process)?.y })
  return (
    <>
      <path className="lane-operation" d={operationsPath(lanes.marks, rows, scale)} />
      <path className="lane-asked" data-mark="invoked" d={ticksPath(lanes.marks, 'invoked', rows, scale)} />
      <path className="lane-heard" data-mark="completed" d={ticksPath(lanes.marks, 'completed', rows, scale)} />
      {apart(
        lanes.marks.filter((mark) => !isOfClient(mark) && mark.type !== 'violation'),
        NEAR / scale.k,
      ).map(({ mark, more }) => (
        <Mark key={`${mark.at} ${mark.process} ${mark.type} ${mark.text}`} {...{ mark, more }} {...place(mark)} />
      ))}
      {togetherBy(
        lanes.marks.filter(({ type }) => type === 'violation'),
        FLAG / scale.k,
      ).map((marks) => (
        <Violations key={marks[0]?.at} marks={marks} x={xOf(scale, marks[0]?.at ?? 0)} rows={rows} />
      ))}
    </>
  )
})

/** As wide as a flag, and so near to each other that marks would hide each other. */
const FLAG = 12
const NEAR = 4

function Mark({ mark, more, x, y }: { mark: LaneMark; more: number; x: number; y: number | undefined }) {
  if (y === undefined) return null
  return (
    <g
      className="lane-mark"
      data-mark={mark.type}
      data-lane={mark.process}
      transform={`translate(${x.toFixed(1)} ${y})`}
    >
      <title>{more === 0 ? mark.text : `${mark.text}, and ${more} more like it close by`}</title>
      <circle r={6.5} className="lane-mark-ground" />
      {FORMS[mark.type]}
    </g>
  )
}

/** Violations so close together that their flags would cover each other have one flag, and a ring on each lane. */
function Violations({ marks, x, rows }: { marks: readonly LaneMark[]; x: number; rows: Rows }) {
  const at = x.toFixed(1)
  const lanes = [...new Set(marks.map(({ process }) => process))]
  return (
    <g className="lane-violation" data-mark="violation" data-lane={lanes.join(' ')}>
      <title>{[...new Set(marks.map(({ text }) => text))].join('\n')}</title>
      <path d={`M${at} ${GUTTER}V${rows.height}`} />
      {lanes.map((id) => {
        const y = rows.byId.get(id)?.y
        return y === undefined ? null : <circle key={id} cx={at} cy={y} r={5} />
      })}
      <g transform={`translate(${at} ${GUTTER - 5})`}>
        <path className="lane-violation-flag" d="M0 -7L7.5 6H-7.5Z" />
        <path className="lane-violation-sign" d="M0 -2.5V1.5M0 4V4.2" />
      </g>
    </g>
  )
}

const FORMS: Partial<Record<LaneMark['type'], ReactNode>> = {
  crashed: <path className="bad" d="M-3.2 -3.2L3.2 3.2M-3.2 3.2L3.2 -3.2" />,
  started: <path className="ok solid" d="M-2.6 -4L4 0L-2.6 4Z" />,
  paused: <path className="plain" d="M-1.9 -3.2V3.2M1.9 -3.2V3.2" />,
  resumed: <path className="plain hollow" d="M-2.4 -3.4L3.4 0L-2.4 3.4Z" />,
  stalled: <path className="plain" d="M-3 -3.4H3L-3 3.4H3Z" />,
}
