import { memo, useLayoutEffect, useRef } from 'react'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { CircleView } from '../circle-view.ts'
import { angleOf, CIRCLE, sampled } from './arcs.ts'
import { ownerColor } from './colours.ts'
import { spaceOf } from './space.ts'

/**
 * A circle with more stretches than there are pixels around it, on a canvas: every step of a third of a pixel in the colour
 * of the owner of its middle. The ranges of the server that is picked out stand full, the rest pale.
 */
export const DenseBand = memo(
  function DenseBand({ circle, count, picked }: { circle: CircleView; count: number; picked: number }) {
    const { layout, scale } = useStage()
    const { centre, outer, inner } = spaceOf(layout)
    const canvas = useRef<HTMLCanvasElement>(null)
    const side = 2 * Math.ceil(outer + 2)
    // A canvas is painted by hand, and again only when the circle, its size or what is picked out has changed.
    useLayoutEffect(() => {
      if (canvas.current !== null) paint(canvas.current, { circle, count, picked, inner, outer, side, scale })
    }, [circle, count, picked, inner, outer, side, scale])
    return (
      <>
        <foreignObject
          x={centre.x - side / 2}
          y={centre.y - side / 2}
          width={side}
          height={side}
          className="ring-dense"
        >
          <canvas ref={canvas} style={{ width: side, height: side }} aria-hidden="true" />
        </foreignObject>
        {picked >= 0 && (
          <path
            className="ring-ticks"
            transform={`translate(${centre.x} ${centre.y})`}
            d={ticks(circle, picked, outer)}
            style={{ stroke: ownerColor(picked) }}
          />
        )}
      </>
    )
  },
  (a, b) => a.circle.digest === b.circle.digest && a.picked === b.picked && a.count === b.count,
)

/** Outside of the band, a tick for each token of one server. */
function ticks({ at, owner }: CircleView, picked: number, outer: number): string {
  const lines: string[] = []
  for (let i = 0; i < at.length; i++) {
    if (owner[i] !== picked) continue
    const angle = angleOf(at[i] as number)
    const [x, y] = [Math.cos(angle), Math.sin(angle)]
    lines.push(
      `M${(x * (outer + 2)).toFixed(1)} ${(y * (outer + 2)).toFixed(1)}L${(x * (outer + 9)).toFixed(1)} ${(y * (outer + 9)).toFixed(1)}`,
    )
  }
  return lines.join('')
}

interface Job {
  circle: CircleView
  count: number
  picked: number
  inner: number
  outer: number
  side: number
  scale: number
}

function paint(canvas: HTMLCanvasElement, { circle, count, picked, inner, outer, side, scale }: Job): void {
  const density = window.devicePixelRatio * scale
  canvas.width = Math.round(side * density)
  canvas.height = canvas.width
  const context = canvas.getContext('2d')
  if (context === null) return
  const steps = Math.ceil(2 * Math.PI * outer * density * 3)
  const owners = sampled(circle, steps)
  const colours = resolve(canvas, count)
  context.setTransform(density, 0, 0, density, (side / 2) * density, (side / 2) * density)
  context.lineWidth = outer - inner
  const middle = (inner + outer) / 2
  for (let i = 0; i < steps; ) {
    let end = i + 1
    while (end < steps && owners[end] === owners[i]) end++
    context.globalAlpha = picked < 0 || owners[i] === picked ? 1 : 0.16
    context.strokeStyle = colours[owners[i] as number] ?? ''
    context.beginPath()
    context.arc(0, 0, middle, angleOf((i / steps) * CIRCLE), angleOf((end / steps) * CIRCLE))
    context.stroke()
    i = end
  }
}

/** The colours as the theme has them now: a canvas knows no custom properties. */
function resolve(canvas: HTMLCanvasElement, count: number): string[] {
  const before = canvas.style.color
  const colours = Array.from({ length: count }, (_, i) => {
    canvas.style.color = ownerColor(i)
    return getComputedStyle(canvas).color
  })
  canvas.style.color = before
  return colours
}
