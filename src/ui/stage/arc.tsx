import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import { clamp } from './geometry.ts'
import { useStage } from './stage-context.ts'

export interface ArcProps {
  radius: number
  dueAt: Micros
  /** The time that a full circle stands for. */
  full: Micros
  color: string
}

/** The time that is left until a timer expires, as a ring that runs out, clockwise from the top. */
export function Arc({ radius, dueAt, full, color }: ArcProps) {
  const { cursor } = useStage()
  const circle = useRef<SVGCircleElement>(null)
  const draw = useEffectEvent((now: Micros) => {
    const share = clamp((dueAt - now) / full, 0, 1)
    circle.current?.setAttribute('stroke-dasharray', `${(share * 100).toFixed(2)} 100`)
    circle.current?.setAttribute('stroke-opacity', share > 0.004 ? '1' : '0')
  })
  // It shrinks with every painted frame, which is the animation loop's business and not React's.
  useEffect(() => cursor.subscribe((now) => draw(now)), [cursor])
  // A timer that was set anew is seen at rest, too.
  useLayoutEffect(() => draw(cursor.now()))
  return (
    <circle
      ref={circle}
      className="arc"
      r={radius}
      pathLength={100}
      strokeDasharray="0 100"
      transform="rotate(-90)"
      stroke={color}
    />
  )
}
