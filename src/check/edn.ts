import { fail, ok, type Result } from '../base/result.ts'

/** What EDN says, as plain values: keywords and symbols as texts with their colon or as they are, lists and sets as arrays. */
export type Edn = null | boolean | number | string | Edn[] | EdnMap
/** By the text of the key: `:type`, `:f`. */
export interface EdnMap {
  readonly [key: string]: Edn
}

/** A value, and the line that it begins in. */
export interface EdnItem {
  value: Edn
  line: number
}

/** A text that stood in quotes differs from a keyword of the same letters; this tells a keyword. */
export const isKeyword = (value: Edn | undefined): value is string => typeof value === 'string' && value.startsWith(':')

/**
 * Reads all values of a text in EDN (the notation of Clojure). Tags are skipped, and what they stand before is kept. An
 * error begins with the line: `3: expected “}”, found the end`.
 */
export function readEdn(text: string): Result<EdnItem[]> {
  const reader = new Reader(text)
  try {
    return ok(reader.all())
  } catch (error) {
    if (error instanceof EdnError) return fail(error.message)
    throw error
  }
}

/** A value as EDN writes it, near enough for people. */
export function ednText(value: Edn): string {
  if (value === null) return 'nil'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return `[${value.map(ednText).join(' ')}]`
  return `{${Object.entries(value)
    .map(([key, item]) => `${key} ${ednText(item)}`)
    .join(', ')}}`
}

class EdnError extends Error {}

const CLOSES: Record<string, string> = { '[': ']', '(': ')', '{': '}' }
const WORD = /[^\s,;"()[\]{}]+/y
const NAMES: Record<string, Edn> = { nil: null, true: true, false: false }
const MAX_DEPTH = 100

class Reader {
  readonly #text: string
  #place = 0
  #line = 1
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  all(): EdnItem[] {
    const items: EdnItem[] = []
    for (;;) {
      this.#skip()
      if (this.#place >= this.#text.length) return items
      const line = this.#line
      const value = this.#value()
      items.push(...(Array.isArray(value) && items.length === 0 ? this.#spread : [{ value, line }]))
      this.#spread = []
    }
  }

  /** The items of the outermost list that was read last, with their lines. */
  #spread: EdnItem[] = []

  #value(): Edn {
    this.#skip()
    const char = this.#text[this.#place]
    if (char === undefined) return this.#fail('a value', 'the end')
    if (char === '"') return this.#string()
    if (char === '\\') return this.#word().slice(1)
    if (char === '#') return this.#tagged()
    if (char in CLOSES) return this.#inner(char)
    if (char === ']' || char === ')' || char === '}') return this.#fail('a value', `“${char}”`)
    return this.#atom(this.#word())
  }

  #inner(open: string): Edn {
    if (++this.#depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels`, 'more')
    const items = this.#sequence(CLOSES[open] as string)
    this.#depth--
    if (this.#depth === 0 && open !== '{') this.#spread = items
    const values = items.map(({ value }) => value)
    return open === '{' ? this.#map(values) : values
  }

  #sequence(close: string): EdnItem[] {
    this.#place++
    const items: EdnItem[] = []
    for (;;) {
      this.#skip()
      if (this.#place >= this.#text.length) this.#fail(`“${close}”`, 'the end')
      if (this.#text[this.#place] === close) break
      const line = this.#line
      items.push({ value: this.#value(), line })
    }
    this.#place++
    return items
  }

  #map(values: Edn[]): EdnMap {
    if (values.length % 2 === 1) this.#fail('a value for each key', 'a key alone')
    const pairs: [string, Edn][] = []
    for (let i = 0; i < values.length; i += 2) pairs.push([ednText(values[i] as Edn), values[i + 1] as Edn])
    return Object.fromEntries(pairs)
  }

  /** `#{1 2}`, `#_ left out`, `#jepsen.history.Op{…}`. */
  #tagged(): Edn {
    this.#place++
    const next = this.#text[this.#place]
    if (next === '{') {
      const items = this.#sequence('}')
      return items.map(({ value }) => value)
    }
    if (next === '_') {
      this.#place++
      this.#value()
      return this.#value()
    }
    this.#word()
    return this.#value()
  }

  #string(): string {
    let text = ''
    for (this.#place++; ; this.#place++) {
      const char = this.#text[this.#place]
      if (char === undefined) return this.#fail('“"”', 'the end')
      if (char === '\n') this.#line++
      if (char === '"') break
      if (char === '\\') {
        const escaped = this.#text[++this.#place] ?? ''
        text += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped
      } else text += char
    }
    this.#place++
    return text
  }

  #word(): string {
    WORD.lastIndex = this.#place
    const found = WORD.exec(this.#text)?.[0] ?? ''
    if (found === '') this.#fail('a value', `“${this.#text[this.#place] ?? ''}”`)
    this.#place += found.length
    return found
  }

  #atom(word: string): Edn {
    if (Object.hasOwn(NAMES, word)) return NAMES[word] as Edn
    if (/^[+-]?\d+N?$/.test(word) || /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?M?$/.test(word)) return Number.parseFloat(word)
    return word
  }

  /** Blanks, commas and comments. */
  #skip(): void {
    for (; this.#place < this.#text.length; this.#place++) {
      const char = this.#text[this.#place] as string
      if (char === ';')
        while (this.#place + 1 < this.#text.length && this.#text[this.#place + 1] !== '\n') this.#place++
      else if (char === '\n') this.#line++
      else if (char !== ',' && char.trim() !== '') return
    }
  }

  #fail(expected: string, found: string): never {
    throw new EdnError(`${this.#line}: expected ${expected}, found ${found}`)
  }
}
