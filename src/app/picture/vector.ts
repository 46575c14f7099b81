import { paintOf } from './color.ts'
import { escaped, tag } from './markup.ts'
import { faded, type Sheet } from './sheet.ts'
import { familyOf, letterStyle } from './text.ts'

/** What draws nothing by itself. */
const SILENT = new Set([
  'defs',
  'title',
  'desc',
  'style',
  'clippath',
  'pattern',
  'marker',
  'mask',
  'filter',
  'symbol',
  'lineargradient',
  'radialgradient',
  'foreignobject',
  'script',
])
const GROUPS = new Set(['svg', 'g', 'a'])
/** Where a mark stands; what is not in an attribute may come from the style. */
const PLACES = [
  'd',
  'points',
  'x',
  'y',
  'width',
  'height',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'x1',
  'y1',
  'x2',
  'y2',
  'pathLength',
] as const

/** A part of a drawing of the page, with all of its looks in itself and in the coordinates of the picture. */
export function drawVector(element: Element, sheet: Sheet): string {
  const name = element.tagName.toLowerCase()
  const style = getComputedStyle(element)
  if (SILENT.has(name) || style.display === 'none') return ''
  if (GROUPS.has(name)) {
    const inside = [...element.children].map((child) => drawVector(child, sheet)).join('')
    return faded(clippedBy(element, inside, sheet), style.opacity)
  }
  const matrix = matrixOf(element, sheet)
  if (matrix === null || style.visibility !== 'visible') return ''
  const drawn =
    name === 'text' ? drawLetters(element, style, matrix, sheet) : drawShape(name, element, style, matrix, sheet)
  return faded(clippedBy(element, drawn, sheet), style.opacity)
}

function drawShape(name: string, element: Element, style: CSSStyleDeclaration, matrix: string, sheet: Sheet): string {
  const places = Object.fromEntries(PLACES.map((place) => [place, placeOf(element, style, place)]))
  return tag(name, { ...places, transform: matrix, ...lookOf(element, style, sheet) })
}

function placeOf(element: Element, style: CSSStyleDeclaration, place: string): string | null {
  const said = element.getAttribute(place)
  if (said !== null || place === 'd') return said
  const value = style.getPropertyValue(place)
  return value === '' || value === 'auto' || value === '0px' ? null : value.replace(/px$/, '')
}

function drawLetters(element: Element, style: CSSStyleDeclaration, matrix: string, sheet: Sheet): string {
  return tag('text', { transform: matrix, ...spanOf(element, style, sheet) }, lettersIn(element, sheet))
}

function lettersIn(element: Element, sheet: Sheet): string {
  return [...element.childNodes]
    .map((child) => {
      if (child instanceof Text) {
        sheet.sets(familyOf(getComputedStyle(element)), child.data)
        return escaped(child.data)
      }
      if (!(child instanceof Element) || child.tagName === 'title') return ''
      return tag('tspan', spanOf(child, getComputedStyle(child), sheet), lettersIn(child, sheet))
    })
    .join('')
}

function spanOf(element: Element, style: CSSStyleDeclaration, sheet: Sheet) {
  const places = Object.fromEntries(['x', 'y', 'dx', 'dy'].map((place) => [place, element.getAttribute(place)]))
  return {
    ...places,
    ...letterStyle(style),
    'text-anchor': style.textAnchor === 'start' ? null : style.textAnchor,
    'dominant-baseline': style.dominantBaseline === 'auto' ? null : style.dominantBaseline,
    ...lookOf(element, style, sheet),
  }
}

/** Fill and stroke as attributes. */
function lookOf(element: Element, style: CSSStyleDeclaration, sheet: Sheet) {
  const fill = fillOf(element, style.fill, sheet)
  const stroke = fillOf(element, style.stroke, sheet)
  const unless = (value: string, usual: string): string | null => (value === usual ? null : value.replaceAll('px', ''))
  const opacity = (paint: { opacity: number } | null, own: string): number | null => {
    const all = (paint?.opacity ?? 1) * Number(own)
    return all === 1 ? null : all
  }
  return {
    fill: fill?.color ?? 'none',
    'fill-opacity': fill && opacity(fill, style.fillOpacity),
    'fill-rule': unless(style.fillRule, 'nonzero'),
    ...(stroke && {
      stroke: stroke.color,
      'stroke-width': Number.parseFloat(style.strokeWidth),
      'stroke-opacity': opacity(stroke, style.strokeOpacity),
      'stroke-dasharray': unless(style.strokeDasharray, 'none'),
      'stroke-dashoffset': unless(style.strokeDashoffset, '0px'),
      'stroke-linecap': unless(style.strokeLinecap, 'butt'),
      'stroke-linejoin': unless(style.strokeLinejoin, 'miter'),
      'paint-order': unless(style.paintOrder, 'normal'),
      'vector-effect': unless(style.vectorEffect, 'none'),
    }),
  }
}

function fillOf(element: Element, css: string, sheet: Sheet): { color: string; opacity: number } | null {
  const reference = /^url\("?#([^")]+)"?\)/.exec(css)
  if (reference === null) return paintOf(css)
  const target = element.ownerDocument.getElementById(reference[1] ?? '')
  return target?.tagName === 'pattern' ? { color: `url(#${patternOf(target, sheet)})`, opacity: 1 } : null
}

/** A pattern with its looks in itself. It lies in the coordinates of what is filled with it, which have its matrix. */
function patternOf(pattern: Element, sheet: Sheet): string {
  const own = ['x', 'y', 'width', 'height', 'patternUnits', 'patternTransform']
  const values = Object.fromEntries(own.map((name) => [name, pattern.getAttribute(name)]))
  const inside = [...pattern.children]
    .map((child) => {
      const style = getComputedStyle(child)
      const places = Object.fromEntries(PLACES.map((place) => [place, child.getAttribute(place)]))
      return tag(child.tagName, { ...places, ...lookOf(child, style, sheet) })
    })
    .join('')
  return sheet.define((id) => tag('pattern', { id, ...values }, inside), `pattern ${pattern.id}`)
}

/** Within its own clip, and, for a drawing that hides what leaves it, within its box. */
function clippedBy(element: Element, inside: string, sheet: Sheet): string {
  if (inside === '') return ''
  const style = getComputedStyle(element)
  const reference = /^url\("?#([^")]+)"?\)/.exec(style.clipPath)
  const path = reference === null ? null : element.ownerDocument.getElementById(reference[1] ?? '')
  const matrix = matrixOf(element, sheet)
  if (path !== null && matrix !== null) {
    const shapes = [...path.children].map((child) => {
      const places = Object.fromEntries(PLACES.map((place) => [place, child.getAttribute(place)]))
      return tag(child.tagName, { ...places, transform: matrix })
    })
    const id = sheet.define((name) => tag('clipPath', { id: name }, shapes.join('')))
    return tag('g', { 'clip-path': `url(#${id})` }, inside)
  }
  if (element.tagName !== 'svg' || style.overflow === 'visible') return inside
  const { left, top, width, height } = element.getBoundingClientRect()
  return sheet.clipped(inside, { x: left - sheet.left, y: top - sheet.top, width, height })
}

/** From a mark's own coordinates to those of the picture; null for what is not on the screen. */
function matrixOf(element: Element, sheet: Sheet): string | null {
  const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null
  if (matrix === null) return null
  const { a, b, c, d, e, f } = matrix
  const parts = [a, b, c, d].map((part) => Math.round(part * 1e5) / 1e5)
  return `matrix(${parts.join(' ')} ${Math.round((e - sheet.left) * 100) / 100} ${Math.round((f - sheet.top) * 100) / 100})`
}
