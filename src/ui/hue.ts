/** The colours of terms, owners and groups: as many as the theme has, then from the first again. */
const HUES = 8

/** The colour that a number stands for; grey if it stands for none. */
export function hueColor(hue: number | null): string {
  return hue === null ? 'var(--dim)' : `var(--term-${index(hue)})`
}

/** What is legible on a mark that is filled with that colour. */
export function hueInk(hue: number | null): string {
  return hue === null ? 'var(--panel)' : `var(--term-${index(hue)}-ink)`
}

const index = (hue: number): number => ((hue % HUES) + HUES) % HUES
