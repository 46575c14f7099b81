import { useLayoutEffect, useRef } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { Found, Point } from './hit.ts'
import { tell } from './words.ts'

interface LaneTipProps {
  /** In the window of the browser. */
  point: Point
  at: Micros
  found: Found | null
}

/** Says what is under the pointer, above it and inside the page. */
export function LaneTip({ point, at, found }: LaneTipProps) {
  const tip = useRef<HTMLDivElement>(null)
  const told = found === null ? null : tell(found)
  // Its width is known when it is laid out, and not before.
  useLayoutEffect(() => {
    const element = tip.current
    if (element === null) return
    const { width, height } = element.getBoundingClientRect()
    const x = Math.min(Math.max(8, point.x - width / 2), innerWidth - width - 8)
    element.style.transform = `translate(${Math.round(x)}px, ${Math.round(point.y - height - 14)}px)`
  })
  return (
    <div ref={tip} className="lane-tip">
      {told === null ? (
        <span className="mono">{formatInstant(at)}</span>
      ) : (
        <>
          <strong>{told.title}</strong>
          {told.effects?.map((effect) => (
            <span key={effect}>{effect}</span>
          ))}
          <small>
            {told.detail}
            {(found?.type === 'mark' || found?.type === 'message') && ' · double-click: why?'}
            {found?.type !== 'mark' && <span className="mono"> · {formatInstant(at)}</span>}
          </small>
        </>
      )}
    </div>
  )
}
