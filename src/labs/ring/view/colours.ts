import { hueColor, hueInk } from '../../../ui/hue.ts'

/** Seven hues, then the same in a paler and in a darker round; what is beyond is told apart by its name. */
const HUES = 7

/** The colour of the server that stands at this place in the picture. */
export function ownerColor(index: number): string {
  const hue = hueColor((index % HUES) + 1)
  const round = Math.floor(index / HUES) % 3
  if (round === 0) return hue
  return `color-mix(in srgb, ${hue} 62%, ${round === 1 ? 'var(--panel)' : 'var(--ink)'})`
}

/** What is legible on a mark that is filled with that colour. */
export const ownerInk = (index: number): string =>
  Math.floor(index / HUES) % 3 === 1 ? 'var(--ink)' : hueInk((index % HUES) + 1)
