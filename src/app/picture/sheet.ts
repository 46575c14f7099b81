import { tag } from './markup.ts'

/** A picture while it is drawn: what it refers to, and which letters of which fonts are in it. */
export class Sheet {
  readonly defs: string[] = []
  /** Characters by the family that they are set in. */
  readonly letters = new Map<string, Set<string>>()
  /** Where the picture begins, in the coordinates of the screen. */
  readonly left: number
  readonly top: number
  #count = 0
  readonly #known = new Map<string, string>()

  constructor(left: number, top: number) {
    this.left = left
    this.top = top
  }

  /** Keeps something to be referred to, once; the name by which it is. */
  define(make: (id: string) => string, key: string | null = null): string {
    const known = key === null ? undefined : this.#known.get(key)
    if (known !== undefined) return known
    const id = `d${++this.#count}`
    if (key !== null) this.#known.set(key, id)
    this.defs.push(make(id))
    return id
  }

  /** What is inside is seen within this box alone. */
  clipped(inside: string, box: { x: number; y: number; width: number; height: number; rx?: number }): string {
    if (inside === '') return ''
    const rect = tag('rect', { ...box })
    const id = this.define((name) => tag('clipPath', { id: name }, rect), `clip ${rect}`)
    return tag('g', { 'clip-path': `url(#${id})` }, inside)
  }

  sets(family: string, text: string): void {
    const letters = this.letters.get(family) ?? new Set()
    for (const letter of text) letters.add(letter)
    this.letters.set(family, letters)
  }
}

/** What is inside, as opaque as this. */
export function faded(inside: string, opacity: string): string {
  return opacity === '1' || opacity === '' || inside === '' ? inside : tag('g', { opacity }, inside)
}
