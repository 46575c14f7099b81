import { type Ref, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { clamp } from './geometry.ts'
import { useStage } from './stage-context.ts'
import type { Timers } from './timers.ts'

interface ArcLook {
  radius: number
  /** The time that a full circle stands for. */
  full: Micros
  color: string
}

/** The time that is left until an instant, as a ring that runs out, clockwise from the top. */
export function Arc({ dueAt, ...look }: ArcLook & { dueAt: Micros }) {
  const circle = useRef<SVGCircleElement>(null)
  useRunning(circle, look.full, () => dueAt, null)
  return <Ring ref={circle} {...look} />
}

/** The same until a timer of a process expires: when it is set anew, the arc alone is drawn. */
export function TimerArc({ process, timer, ...look }: ArcLook & { process: ProcessId; timer: string }) {
  const { timers } = useStage()
  const circle = useRef<SVGCircleElement>(null)
  useRunning(circle, look.full, () => timers.dueAt(process, timer), timers)
  return <Ring ref={circle} {...look} />
}

function Ring({ ref, radius, color }: ArcLook & { ref: Ref<SVGCircleElement> }) {
  return (
    <circle
      ref={ref}
      className="arc"
      r={radius}
      pathLength={100}
      strokeDasharray="0 100"
      transform="rotate(-90)"
      stroke={color}
    />
  )
}

/** Lets the ring run out; `timers` say when another instant may be due. */
function useRunning(
  circle: RefObject<SVGCircleElement | null>,
  full: Micros,
  dueAt: () => Micros | null,
  timers: Timers | null,
): void {
  const { cursor } = useStage()
  const isSeen = useRef<boolean>(null)
  const draw = useEffectEvent((now: Micros) => {
    const share = clamp(((dueAt() ?? now) - now) / full, 0, 1)
    circle.current?.setAttribute('stroke-dasharray', `${(share * 100).toFixed(2)} 100`)
    const seen = share > 0.004
    if (seen === isSeen.current) return
    isSeen.current = seen
    circle.current?.setAttribute('stroke-opacity', seen ? '1' : '0')
  })
  // It shrinks with every painted frame, which is the animation loop's business and not React's.
  useEffect(() => cursor.subscribe((now) => draw(now)), [cursor])
  // A timer that was set anew is seen at rest, too.
  useLayoutEffect(() => draw(cursor.now()))
  useEffect(() => timers?.subscribe(() => draw(cursor.now())), [timers, cursor])
}
