import type { Box } from './box.ts'
import { paintOf } from './color.ts'
import { num, tag } from './markup.ts'
import type { Sheet } from './sheet.ts'

interface Stop {
  color: string
  /** Pixels or a share; null where the style leaves it to the browser. */
  at: { px: number } | { share: number } | null
}

/** What a background of stripes or of one colour that turns into another is filled with; null for anything else. */
export function gradientFill(image: string, box: Box, sheet: Sheet): string | null {
  const found = /^(repeating-)?linear-gradient\((.*)\)$/s.exec(image)
  if (found === null) return null
  const [, repeating, inside = ''] = found
  const parts = inside.split(/,(?![^(]*\))/).map((part) => part.trim())
  const angle = angleOf(parts[0] ?? '')
  const stops = (angle === null ? parts : parts.slice(1)).map(stopOf)
  const id = repeating === undefined ? ramp(angle ?? 180, stops, sheet) : stripes(angle ?? 180, stops, box, sheet)
  return id === null ? null : `url(#${id})`
}

/** Degrees, clockwise from upwards. */
function angleOf(text: string): number | null {
  const degrees = /^(-?[\d.]+)deg$/.exec(text)
  if (degrees !== null) return Number(degrees[1])
  return { 'to top': 0, 'to right': 90, 'to bottom': 180, 'to left': 270 }[text] ?? null
}

function stopOf(text: string): Stop {
  const found = /^(.*?)(?:\s+(-?[\d.]+)(px|%))?$/.exec(text)
  const [, color = '', value, unit] = found ?? []
  if (value === undefined) return { color, at: null }
  return { color, at: unit === '%' ? { share: Number(value) / 100 } : { px: Number(value) } }
}

function ramp(angle: number, stops: readonly Stop[], sheet: Sheet): string {
  const [x, y] = [Math.sin((angle * Math.PI) / 180) / 2, -Math.cos((angle * Math.PI) / 180) / 2]
  const ends = { x1: num(0.5 - x), y1: num(0.5 - y), x2: num(0.5 + x), y2: num(0.5 + y) }
  const inside = stops
    .map(({ color, at }, i) => {
      const paint = paintOf(color)
      const offset = at !== null && 'share' in at ? at.share : i / Math.max(1, stops.length - 1)
      return tag('stop', {
        offset: num(offset),
        'stop-color': paint?.color ?? '#000000',
        'stop-opacity': paint?.opacity ?? 0,
      })
    })
    .join('')
  return sheet.define((id) => tag('linearGradient', { id, ...ends }, inside), `ramp ${angle} ${inside}`)
}

/** Bands from each stop to the next, over and over. */
function stripes(angle: number, stops: readonly Stop[], { x, y }: Box, sheet: Sheet): string | null {
  const places = stops.map(({ at }) => (at !== null && 'px' in at ? at.px : null))
  const period = places.at(-1)
  if (period == null || period <= 0 || places.includes(null)) return null
  const bands = stops
    .map(({ color }, i) => {
      const [from, to] = [places[i] ?? 0, places[i + 1] ?? 0]
      const paint = paintOf(color)
      if (paint === null || to <= from) return ''
      return tag('rect', {
        x: from,
        width: to - from,
        height: period,
        fill: paint.color,
        'fill-opacity': paint.opacity,
      })
    })
    .join('')
  const turn = `translate(${num(x)} ${num(y)}) rotate(${angle - 90})`
  const size = { width: period, height: period, patternUnits: 'userSpaceOnUse', patternTransform: turn }
  return sheet.define((id) => tag('pattern', { id, ...size }, bands), `stripes ${turn} ${bands}`)
}
