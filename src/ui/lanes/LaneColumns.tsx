import { memo } from 'react'
import type { LaneCounts, Lanes } from '../../lab/lanes.ts'
import { barsPath, coloursOf, columnsOf, type Hidden, largest, wavePath } from './columns.ts'
import type { Row, Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'

interface LaneColumnsProps {
  counts: LaneCounts
  lanes: Lanes
  rows: Rows
  hidden: Hidden
  /** In place of lines; or only on the lane of those that have none of their own. */
  dense: boolean
  scale: TimeScale
}

/** How many messages each process sent, in columns of time. They are drawn once; a change of scale only stretches them. */
export const LaneColumns = memo(function LaneColumns({ scale, ...drawn }: LaneColumnsProps) {
  const { from, column } = drawn.counts
  return (
    <g transform={`translate(${xOf(scale, from).toFixed(2)} 0) scale(${(column * scale.k).toFixed(6)} 1)`}>
      <Columns {...drawn} />
    </g>
  )
})

const Columns = memo(function Columns({ counts, lanes, rows, hidden, dense }: Omit<LaneColumnsProps, 'scale'>) {
  const list = (dense ? rows.list : []).map((row) => ({
    row,
    sent: columnsOf(counts, row.id, 'sent', hidden),
    lost: columnsOf(counts, row.id, 'lost', hidden),
  }))
  const most = list.reduce((max, { sent }) => Math.max(max, largest(sent)), 1)
  return (
    <>
      {list.map(({ row, sent, lost }) => (
        <Wave key={row.id} {...{ row, sent, lost, most, counts, lanes }} />
      ))}
      {rows.rest !== null && <Rest counts={counts} row={rows.rest} hidden={hidden} />}
    </>
  )
})

/** A share of the lane that columns take, to either side of its line. */
const TALL = 0.44

function Wave(props: {
  row: Row
  sent: Uint32Array
  lost: Uint32Array
  most: number
  counts: LaneCounts
  lanes: Lanes
}) {
  const { row, sent, lost, most, counts, lanes } = props
  const tall = row.height * TALL
  const pieces = lanes.pieces.filter(({ process }) => process === row.id)
  return (
    <g data-columns={row.id}>
      {[...coloursOf(counts, pieces)].map(([colour, stretches]) => (
        <path key={colour} className="lane-wave" fill={colour} d={wavePath(sent, most, row.y, tall, stretches)} />
      ))}
      <path className="lane-wave-lost" d={wavePath(lost, most, row.y, tall)} />
    </g>
  )
}

/** All together, on the lane of those that have none of their own. */
function Rest({ counts, row, hidden }: { counts: LaneCounts; row: Row; hidden: Hidden }) {
  const sent = columnsOf(counts, null, 'sent', hidden)
  const most = Math.max(1, largest(sent))
  const floor = row.y + row.height / 2 - 2
  return <path className="lane-counts" data-most={most} d={barsPath(sent, most, floor, Math.max(8, row.height - 18))} />
}
