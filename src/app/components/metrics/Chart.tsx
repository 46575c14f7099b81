import { type ScaleLinear, scaleLinear } from 'd3'
import { type ReactNode, useRef } from 'react'
import { SECOND, type Micros } from '../../../base/units.ts'
import { useSize } from '../../../ui/use-size.ts'
import { useStore } from '../../store.ts'
import { threeDigits } from './format.ts'

interface ChartProps {
  /** What the picture says, in words. */
  label: string
  to: Micros
  height: number
  /** The greatest value and its name at the axis; left out, there is no axis. */
  most?: { value: number; text: string }
  children(scales: Scales): ReactNode
}

export interface Scales {
  x: ScaleLinear<number, number>
  y: ScaleLinear<number, number>
  width: number
}

const BELOW = 16
const ABOVE = 12

/** A small chart over the run's own time, with the instant on show as a line. */
export function Chart({ label, to, height, most, children }: ChartProps) {
  const ref = useRef<HTMLDivElement>(null)
  const width = useSize(ref)?.width ?? 0
  const above = most === undefined ? 0 : ABOVE
  const x = scaleLinear([0, Math.max(1, to)], [0, width])
  const y = scaleLinear([0, Math.max(most?.value ?? 1, Number.MIN_VALUE)], [above + height, above])
  return (
    <div ref={ref} className="chart">
      {width > 0 && (
        <svg width={width} height={above + height + BELOW} role="img" aria-label={label}>
          {most !== undefined && (
            <g className="chart-most">
              <line x1={0} x2={width} y1={above} y2={above} />
              <text x={0} y={above - 3}>
                {most.text}
              </text>
            </g>
          )}
          <line className="chart-base" x1={0} x2={width} y1={above + height} y2={above + height} />
          {children({ x, y, width })}
          <TimeAxis x={x} width={width} y={above + height} />
          <Now x={x} height={above + height} />
        </svg>
      )}
    </div>
  )
}

function TimeAxis({ x, y, width }: { x: Scales['x']; y: number; width: number }) {
  const inSeconds = scaleLinear([0, (x.domain()[1] as number) / SECOND], [0, width])
  return (
    <g className="chart-time" aria-hidden="true">
      {inSeconds.ticks(Math.max(2, Math.floor(width / 70))).map((second) => {
        const at = inSeconds(second)
        const anchor = at < 10 ? 'start' : at > width - 16 ? 'end' : 'middle'
        return (
          <g key={second}>
            <line x1={at} x2={at} y1={y} y2={y + 3} />
            <text x={at} y={y + 13} textAnchor={anchor}>
              {threeDigits(second)} s
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** The instant on show. */
function Now({ x, height }: { x: Scales['x']; height: number }) {
  const at = useStore((s) => s.frame?.moment.at ?? null)
  if (at === null || at > (x.domain()[1] as number)) return null
  return <line className="chart-now" x1={x(at)} x2={x(at)} y1={0} y2={height} />
}
