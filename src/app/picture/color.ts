/** A colour that every program reads, and how opaque it is. */
export interface Paint {
  color: string
  opacity: number
}

/** What a computed style says as a colour; null for none at all, or for what is no plain colour. */
export function paintOf(css: string): Paint | null {
  if (css === 'none' || css === '' || css === 'transparent') return null
  const plain = /^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)(?:\s*[,/]\s*([\d.]+%?))?\s*\)$/.exec(css)
  if (plain !== null) return made([plain[1], plain[2], plain[3]].map(Number), opacityOf(plain[4]))
  // What is mixed comes as shares of one.
  const mixed = /^color\(srgb\s+([\d.e-]+)\s+([\d.e-]+)\s+([\d.e-]+)(?:\s*\/\s*([\d.]+%?))?\s*\)$/.exec(css)
  if (mixed !== null)
    return made(
      [mixed[1], mixed[2], mixed[3]].map((share) => Number(share) * 255),
      opacityOf(mixed[4]),
    )
  return null
}

function made(parts: readonly number[], opacity: number): Paint | null {
  if (opacity === 0) return null
  const hex = parts.map((part) =>
    Math.round(Math.min(255, Math.max(0, part)))
      .toString(16)
      .padStart(2, '0'),
  )
  return { color: `#${hex.join('')}`, opacity }
}

function opacityOf(text: string | undefined): number {
  if (text === undefined) return 1
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
}
