/** The page's own fonts as far as these letters need them, as rules with the fonts in them. */
export async function fontFaces(letters: ReadonlyMap<string, ReadonlySet<string>>): Promise<string> {
  const rules = [...document.styleSheets].flatMap(facesIn)
  const wanted = rules.filter((rule) => {
    const used = letters.get(familyIn(rule))
    return (
      used !== undefined && [...used].some((letter) => covers(rule.style.getPropertyValue('unicode-range'), letter))
    )
  })
  const texts = await Promise.all(wanted.map(async (rule) => faceText(rule, await fontData(rule))))
  return texts.filter((text) => text !== null).join('')
}

function facesIn(sheet: CSSStyleSheet): CSSFontFaceRule[] {
  return [...sheet.cssRules].filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule)
}

const familyIn = ({ style }: CSSFontFaceRule): string =>
  style
    .getPropertyValue('font-family')
    .trim()
    .replaceAll(/^["']|["']$/g, '')

/** Whether a letter is in a range such as `U+0000-00FF, U+0131`; one that is not said covers all. */
export function covers(range: string, letter: string): boolean {
  if (range === '') return true
  const code = letter.codePointAt(0) ?? 0
  return range.split(',').some((part) => {
    const found = /^\s*U\+([\da-f]+)(?:-([\da-f]+))?\s*$/i.exec(part)
    if (found === null) return /\?/.test(part)
    const from = Number.parseInt(found[1] ?? '', 16)
    return code >= from && code <= (found[2] === undefined ? from : Number.parseInt(found[2], 16))
  })
}

const kept = new Map<string, Promise<string | null>>()

/** The font of a rule as an address that holds it; null if it cannot be had. */
function fontData(rule: CSSFontFaceRule): Promise<string | null> {
  const said = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1]
  if (said === undefined || said.startsWith('data:')) return Promise.resolve(said ?? null)
  const address = new URL(said, rule.parentStyleSheet?.href ?? document.baseURI).href
  const known = kept.get(address) ?? load(address)
  kept.set(address, known)
  return known
}

async function load(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address)
    return answer.ok ? await asAddress(await answer.blob()) : null
  } catch {
    // Without it the picture falls back to a font that the reader has.
    return null
  }
}

function asAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the font cannot be read')))
    reader.readAsDataURL(blob)
  })
}

function faceText({ style }: CSSFontFaceRule, data: string | null): string | null {
  if (data === null) return null
  const said = ['font-family', 'font-style', 'font-weight']
    .map((name) => [name, style.getPropertyValue(name)])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}:${value};`)
  return `@font-face{${said.join('')}src:url(${data});}`
}
