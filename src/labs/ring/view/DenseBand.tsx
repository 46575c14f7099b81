import { memo, useLayoutEffect, useRef } from 'react'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { CircleView } from '../circle-view.ts'
import { angleOf, bandPixels, NOBODY } from './arcs.ts'
import { ownerColor } from './colours.ts'
import { spaceOf } from './space.ts'

/**
 * A circle with more stretches than there are pixels around it, on a canvas: every pixel in the colour of the server
 * that owns the place it lies at. The ranges of the server that is picked out stand full, the rest pale.
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
  const wide = Math.round(side * density)
  canvas.width = wide
  canvas.height = wide
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return
  const colours = resolve(canvas, context, count)
  const image = context.createImageData(wide, wide)
  for (const [i, owner] of bandPixels(circle, wide, inner * density, outer * density).entries()) {
    if (owner === NOBODY) continue
    image.data.set(colours.subarray(4 * owner, 4 * owner + 3), 4 * i)
    image.data[4 * i + 3] = picked < 0 || owner === picked ? 255 : PALE
  }
  context.putImageData(image, 0, 0)
}

/** How opaque the ranges of the others are while one server is picked out, of 255. */
const PALE = 44

/** Red, green, blue and alpha of each owner, as the theme has them now: a canvas knows no custom properties. */
function resolve(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, count: number): Uint8ClampedArray {
  for (let i = 0; i < count; i++) {
    canvas.style.color = ownerColor(i)
    context.fillStyle = getComputedStyle(canvas).color
    context.fillRect(i, 0, 1, 1)
  }
  canvas.style.color = ''
  return context.getImageData(0, 0, count, 1).data
}
