import { memo } from 'react'
import { type Ticks, type TimeScale, xOf } from './scale.ts'

interface LaneAxisProps {
  ticks: Ticks
  scale: TimeScale
}

export const LaneAxis = memo(function LaneAxis({ ticks, scale }: LaneAxisProps) {
  return ticks.list.map(({ at, text }) => (
    <text key={at} x={Math.round(xOf(scale, at))}>
      {text}
    </text>
  ))
})

export const LaneGrid = memo(function LaneGrid({ ticks, scale, height }: LaneAxisProps & { height: number }) {
  return (
    <path
      className="lane-grid"
      d={ticks.list.map(({ at }) => `M${Math.round(xOf(scale, at))}.5 0V${height}`).join('')}
    />
  )
})
