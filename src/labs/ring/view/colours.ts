import { hueColor, hueInk } from '../../../ui/hue.ts'
import { ownerHue } from '../owner-hue.ts'

/** After seven the same hues come paler, then darker; what is beyond is told apart by its name. */
const HUES = 7

/** The colour of the server that stands at this place in the picture. */
export function ownerColor(index: number): string {
  const hue = hueColor(ownerHue(index))
  const round = Math.floor(index / HUES) % 3
  if (round === 0) return hue
  return `color-mix(in srgb, ${hue} 62%, ${round === 1 ? 'var(--panel)' : 'var(--ink)'})`
}

/** What is legible on a mark that is filled with that colour. */
export const ownerInk = (index: number): string =>
  Math.floor(index / HUES) % 3 === 1 ? 'var(--ink)' : hueInk(ownerHue(index))
