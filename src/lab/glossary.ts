/** A term of art of a lab: what it means in a sentence or two, and who says so. */
export interface Term {
  term: string
  /** Other forms in which it comes, such as the plural. */
  forms?: readonly string[]
  says: string
  /** Paper and section, or the place in a program. */
  source: string
}

export type Glossary = readonly Term[]

/** A piece of a text: plain words, or words that a glossary explains. */
export interface Piece {
  text: string
  term: Term | null
}

/** Finds the terms of a glossary in a text. Longer terms win over those inside of them; whole words alone count. */
export function piecesOf(glossary: Glossary, text: string): Piece[] {
  if (glossary.length === 0) return [{ text, term: null }]
  const known = new Map(glossary.flatMap((term) => formsOf(term).map((form) => [form.toLowerCase(), term] as const)))
  const longest = [...known.keys()].toSorted((x, y) => y.length - x.length || (x < y ? -1 : 1))
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${longest.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: word, index } of text.matchAll(pattern)) {
    if (index > from) pieces.push({ text: text.slice(from, index), term: null })
    pieces.push({ text: word, term: known.get(word.toLowerCase()) ?? null })
    from = index + word.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), term: null })
  return pieces
}

const formsOf = ({ term, forms = [] }: Term): string[] => [term, ...forms]
const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
