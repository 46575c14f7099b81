import { paintOf } from './color.ts'
import { gradientFill } from './gradient.ts'
import { tag } from './markup.ts'
import type { Sheet } from './sheet.ts'

/** A box in the coordinates of the picture. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const

/** The ground and the edges of a box. */
export function drawBox(style: CSSStyleDeclaration, box: Box, sheet: Sheet): string {
  if (box.width <= 0 || box.height <= 0) return ''
  const rx = radiusOf(style, box)
  const ground = paintOf(style.backgroundColor)
  const hatch = gradientFill(style.backgroundImage, box, sheet)
  const parts = [
    ground && tag('rect', { ...box, rx, fill: ground.color, 'fill-opacity': opaque(ground.opacity) }),
    hatch && tag('rect', { ...box, rx, fill: hatch }),
    drawEdges(style, box, rx),
  ]
  return parts.filter((part) => part !== null).join('')
}

export function radiusOf({ borderTopLeftRadius: radius }: CSSStyleDeclaration, { width, height }: Box): number | null {
  const most = Math.min(width, height) / 2
  const value = radius.includes('%')
    ? (Number.parseFloat(radius) / 100) * Math.min(width, height)
    : Number.parseFloat(radius)
  return value > 0 ? Math.min(value, most) : null
}

interface Edge {
  width: number
  color: string
  opacity: number
  dashes: string | null
}

function drawEdges(style: CSSStyleDeclaration, box: Box, rx: number | null): string | null {
  const edges = SIDES.map((side) => edgeOf(style, side))
  const [first] = edges
  if (first != null && edges.every((edge) => JSON.stringify(edge) === JSON.stringify(first))) {
    const half = first.width / 2
    const inner = { x: box.x + half, y: box.y + half, width: box.width - first.width, height: box.height - first.width }
    if (inner.width <= 0 || inner.height <= 0) return tag('rect', { ...box, fill: first.color })
    return tag('rect', { ...inner, rx: rx === null ? null : Math.max(0, rx - half), fill: 'none', ...strokeOf(first) })
  }
  const lines = edges.map(
    (edge, i) => edge && tag('path', { d: lineOf(i, box, edge.width / 2), fill: 'none', ...strokeOf(edge) }),
  )
  return lines.filter((line) => line !== null).join('') || null
}

function edgeOf(style: CSSStyleDeclaration, side: (typeof SIDES)[number]): Edge | null {
  const width = Number.parseFloat(style[`border${side}Width`])
  const kind = style[`border${side}Style`]
  const paint = paintOf(style[`border${side}Color`])
  if (width === 0 || kind === 'none' || kind === 'hidden' || paint === null) return null
  const dashes = kind === 'dashed' ? `${2 * width + 1} ${width + 2}` : kind === 'dotted' ? `${width} ${width}` : null
  return { width, ...paint, dashes }
}

const strokeOf = ({ width, color, opacity, dashes }: Edge) => ({
  stroke: color,
  'stroke-width': width,
  'stroke-opacity': opaque(opacity),
  'stroke-dasharray': dashes,
})

/** The middle of an edge: top, right, bottom, left. */
function lineOf(side: number, { x, y, width, height }: Box, half: number): string {
  const [right, bottom] = [x + width, y + height]
  if (side === 0) return `M${x} ${y + half}H${right}`
  if (side === 1) return `M${right - half} ${y}V${bottom}`
  if (side === 2) return `M${x} ${bottom - half}H${right}`
  return `M${x + half} ${y}V${bottom}`
}

const opaque = (opacity: number): number | null => (opacity === 1 ? null : opacity)
