import { paintOf } from './color.ts'
import { escaped, tag } from './markup.ts'
import type { Sheet } from './sheet.ts'

/** Digits that are all equally wide. */
export const TABULAR = 'tabular'

/** How letters look, as attributes that any program reads. */
export function letterStyle(style: CSSStyleDeclaration, zoom = 1): Record<string, string | number | null> {
  const { fontFamily, fontSize, fontWeight, fontStyle, letterSpacing, fontVariantNumeric } = style
  return {
    'font-family': fontFamily.replaceAll('"', "'"),
    'font-size': Number.parseFloat(fontSize) * zoom,
    'font-weight': fontWeight === '400' ? null : fontWeight,
    'font-style': fontStyle === 'normal' ? null : fontStyle,
    'letter-spacing': letterSpacing === 'normal' ? null : Number.parseFloat(letterSpacing) * zoom,
    // There is no attribute for it: the picture's one style sheet has a rule.
    class: fontVariantNumeric.includes('tabular-nums') ? TABULAR : null,
  }
}

/** The family that a style asks for first. */
export const familyOf = ({ fontFamily }: CSSStyleDeclaration): string =>
  (fontFamily.split(',')[0] ?? '').trim().replaceAll(/^["']|["']$/g, '')

/** A text as it is broken into lines on the screen, each set where it stands there. */
export function drawText(node: Text, style: CSSStyleDeclaration, sheet: Sheet, zoom: number): string {
  const paint = paintOf(style.color)
  if (paint === null || node.data.trim() === '') return ''
  const look = {
    ...letterStyle(style, zoom),
    fill: paint.color,
    'fill-opacity': paint.opacity === 1 ? null : paint.opacity,
  }
  return linesOf(node)
    .map(({ text, left, top, height }) => {
      const said = style.textTransform === 'uppercase' ? text.toUpperCase() : text
      sheet.sets(familyOf(style), said)
      return tag(
        'text',
        { x: left - sheet.left, y: top - sheet.top + height * ascentOf(style), ...look, 'xml:space': 'preserve' },
        escaped(said),
      )
    })
    .join('')
}

interface TextLine {
  text: string
  left: number
  top: number
  height: number
}

function linesOf(node: Text): TextLine[] {
  const range = document.createRange()
  const lines: TextLine[] = []
  let at = 0
  for (const letter of node.data) {
    range.setStart(node, at)
    range.setEnd(node, at + letter.length)
    at += letter.length
    const box = range.getClientRects()[0]
    // Spaces that the browser has folded have no place.
    if (box === undefined || box.width === 0) continue
    const last = lines.at(-1)
    if (last !== undefined && Math.abs(last.top - box.top) < 2) last.text += /\s/.test(letter) ? ' ' : letter
    else if (letter.trim() !== '') lines.push({ text: letter, left: box.left, top: box.top, height: box.height })
  }
  return lines.filter(({ text }) => text.trim() !== '')
}

const ascents = new Map<string, number>()

/** How much of the height of a line of letters is above their foot. */
function ascentOf({ fontFamily, fontWeight }: CSSStyleDeclaration): number {
  const known = ascents.get(fontFamily)
  if (known !== undefined) return known
  const pen = document.createElement('canvas').getContext('2d')
  if (pen === null) return 0.8
  pen.font = `${fontWeight} 100px ${fontFamily}`
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText('x')
  const share = up / (up + down)
  ascents.set(fontFamily, share)
  return share
}
