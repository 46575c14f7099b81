import { type Box, drawBox, radiusOf } from './box.ts'
import { paintOf } from './color.ts'
import { fontFaces } from './fonts.ts'
import { escaped, num, tag } from './markup.ts'
import { faded, Sheet } from './sheet.ts'
import { drawText, TABULAR } from './text.ts'
import { drawVector } from './vector.ts'

/** A picture that stands alone, and how large it is. */
export interface Picture {
  svg: string
  width: number
  height: number
}

/** Pixels around what is drawn. */
const MARGIN = 12

/**
 * Draws a part of the page as it stands on the screen, in the theme on show: boxes, letters and marks as plain SVG with no
 * style sheet behind it, and the fonts with it. So it looks alike in any program that reads SVG.
 */
export async function drawPicture(root: Element, title: string): Promise<Picture> {
  const { left, top, width: wide, height: high } = root.getBoundingClientRect()
  const sheet = new Sheet(left - MARGIN, top - MARGIN)
  const inside = drawElement(root, sheet)
  const [width, height] = [Math.ceil(wide + 2 * MARGIN), Math.ceil(high + 2 * MARGIN)]
  const ground = tag('rect', { width, height, fill: groundOf(root) })
  const fonts = await fontFaces(sheet.letters)
  const style = `<style>.${TABULAR}{font-variant-numeric:tabular-nums}${fonts}</style>`
  const defs = tag('defs', {}, style + sheet.defs.join(''))
  const head = {
    xmlns: 'http://www.w3.org/2000/svg',
    width: num(width),
    height: num(height),
    viewBox: `0 0 ${width} ${height}`,
  }
  return { svg: tag('svg', head, `<title>${escaped(title)}</title>${defs}${ground}${inside}`), width, height }
}

function drawElement(element: Element, sheet: Sheet): string {
  if (element instanceof SVGSVGElement) return drawVector(element, sheet)
  const style = getComputedStyle(element)
  if (isHidden(element, style)) return ''
  const box = boxOf(element.getBoundingClientRect(), sheet)
  const ground = style.visibility === 'visible' ? drawBox(style, box, sheet) : ''
  const inside = partsOf(element, style, box, sheet)
  const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible'
  const rx = radiusOf(style, box)
  return faded(ground + (clips ? sheet.clipped(inside, { ...box, ...(rx !== null && { rx }) }) : inside), style.opacity)
}

function partsOf(element: Element, style: CSSStyleDeclaration, box: Box, sheet: Sheet): string {
  const zoom = zoomOf(element)
  const children = [...element.childNodes].map((child) => {
    if (child instanceof Text)
      return { z: 0, drawn: style.visibility === 'visible' ? drawText(child, style, sheet, zoom) : '' }
    return child instanceof Element ? { z: levelOf(child), drawn: drawElement(child, sheet) } : { z: 0, drawn: '' }
  })
  const before = drawAdded(element, '::before', box, sheet)
  const after = drawAdded(element, '::after', box, sheet)
  return (
    before +
    children
      .toSorted((a, b) => a.z - b.z)
      .map(({ drawn }) => drawn)
      .join('') +
    after
  )
}

/** What a style adds, where it has a place of its own. */
function drawAdded(element: Element, which: '::before' | '::after', { x, y }: Box, sheet: Sheet): string {
  const style = getComputedStyle(element, which)
  if (style.content !== '""' || style.position !== 'absolute' || style.display === 'none') return ''
  const [width, height] = [Number.parseFloat(style.width), Number.parseFloat(style.height)]
  const own = getComputedStyle(element)
  const shift = new DOMMatrix(style.transform === 'none' ? '' : style.transform)
  const place = {
    x: x + Number.parseFloat(own.borderLeftWidth) + Number.parseFloat(style.left) + shift.e,
    y: y + Number.parseFloat(own.borderTopWidth) + Number.parseFloat(style.top) + shift.f,
  }
  if (![width, height, place.x, place.y].every(Number.isFinite)) return ''
  const edges = (['Left', 'Right', 'Top', 'Bottom'] as const).map((side) =>
    Number.parseFloat(style[`border${side}Width`]),
  )
  const isInner = style.boxSizing !== 'border-box'
  const [l = 0, r = 0, t = 0, b = 0] = isInner ? edges : []
  return faded(drawBox(style, { ...place, width: width + l + r, height: height + t + b }, sheet), style.opacity)
}

/** What one presses is of no use in a picture. */
const TOOLS = '[data-picture="none"], input, select, .button, .icon-button'

/** For assistive technology alone, or not there at all. */
function isHidden(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.display === 'none' || style.opacity === '0' || element.matches(TOOLS)) return true
  return style.clipPath.startsWith('inset(50%') || element.classList.contains('visually-hidden')
}

function levelOf(element: Element): number {
  const { position, zIndex } = getComputedStyle(element)
  const z = Number.parseInt(zIndex, 10)
  return position === 'static' || Number.isNaN(z) ? 0 : z
}

/** How much larger an element is on the screen than its own pixels say. */
function zoomOf(element: Element): number {
  if (!(element instanceof HTMLElement) || element.offsetHeight === 0) return 1
  const zoom = element.getBoundingClientRect().height / element.offsetHeight
  return Math.abs(zoom - 1) < 0.02 ? 1 : zoom
}

const boxOf = ({ left, top, width, height }: DOMRect, sheet: Sheet): Box => ({
  x: left - sheet.left,
  y: top - sheet.top,
  width,
  height,
})

/** What lies behind it on the page. */
function groundOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const paint = paintOf(getComputedStyle(at).backgroundColor)
    if (paint !== null && paint.opacity === 1) return paint.color
  }
  return '#ffffff'
}
