import { type Document, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { fail, ok, type Result } from '../base/result.ts'

/** Where something stands inside a value: the keys and indices that lead to it. */
export type Path = readonly (string | number)[]

/** Where something stands in a text; both count from 1. */
export interface Place {
  line: number
  column: number
}

export interface ScenarioText {
  value: unknown
  /** Where the text speaks of this path, or of the nearest thing around it; null if nowhere. */
  where(path: Path): Place | null
}

/** No scenario that people write comes near it. */
export const MAX_BYTES = 1_000_000

/**
 * Reads the text of a scenario file, JSON if its name ends so and else YAML, of which JSON is a part. The error is one
 * sentence that begins with the name and, where there is one, the line and column.
 */
export function readScenarioText(text: string, name: string): Result<ScenarioText> {
  try {
    return read(text.replace(/^\uFEFF/, ''), name)
  } catch (error) {
    // The library's own words for what it did not foresee.
    return fail(`${name}: expected ${formOf(name)}; ${firstLine(error)}`)
  }
}

/** Of a file that is too big to be worth reading, in words; null if it is not. */
export function sizeProblem(bytes: number, name: string): string | null {
  if (bytes <= MAX_BYTES) return null
  return `${name}: expected a scenario of at most 1 MB, found ${(bytes / 1_000_000).toFixed(1)} MB`
}

function read(text: string, name: string): Result<ScenarioText> {
  const tooBig = sizeProblem(text.length, name)
  if (tooBig !== null) return fail(tooBig)
  const why = kindProblem(text)
  if (why !== null) return fail(`${name}: expected ${formOf(name)}, found ${why}`)
  if (/\.json$/i.test(name) && !isJson(text)) {
    const at = firstWrong(text)
    return fail(`${name}${placeText(placeOf(text, at))}: expected JSON, found ${quoted(text, at)}`)
  }
  const tangled = tangle(text)
  if (tangled !== null) {
    const { at, expected } = tangled
    return fail(`${name}${placeText(placeOf(text, at))}: expected ${expected}, found ${quoted(text, at)}`)
  }
  return readYaml(text, name)
}

/** The core schema alone: no tags of a file's own, no merging, and keys that are texts. */
function readYaml(text: string, name: string): Result<ScenarioText> {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The library compares every key with every other; `doubledKey` does it in one pass.
    uniqueKeys: false,
  })
  const at = (offset: number): string => placeText(place(lines, offset))
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem?.code === 'MULTIPLE_DOCS') {
    return fail(`${name}${at(problem.pos[0])}: expected one document, found a second`)
  }
  if (problem?.code === 'NON_STRING_KEY') {
    return fail(`${name}${at(problem.pos[0])}: expected the name of a field, found ${quoted(text, problem.pos[0])}`)
  }
  if (problem !== undefined) {
    const why = USUAL[problem.code] ?? `expected ${formOf(name)}; ${lowered(firstLine(problem))}`
    return fail(`${name}${at(problem.pos[0])}: ${why}`)
  }
  const unfit = unfitNode(document)
  if (unfit !== null) return fail(`${name}${at(unfit.offset)}: ${unfit.why}`)
  return ok({
    value: document.toJS() as unknown,
    where: (path) => place(lines, offsetOf(document.contents, path)),
  })
}

/** What people get wrong most often in YAML, in their words and not in the library's. */
const USUAL: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'expected spaces at the start of the line, found a tab',
  BLOCK_AS_IMPLICIT_KEY:
    'expected one value, found another field in it or further in below it; a text with a colon stands in quotes',
  MULTILINE_IMPLICIT_KEY: 'expected a field with a colon behind it, found a line without',
}

/** What kind of thing this is, if it is no text with a scenario in it. */
function kindProblem(text: string): string | null {
  if (/^\s*$/.test(text)) return 'an empty file'
  // oxlint-disable-next-line no-control-regex -- these are what tells noise from text
  return /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFD]/.test(text) ? 'something that is no text' : null
}

/**
 * What would take the YAML reader long or deep, found in one pass over its words. A scenario is five levels deep and has
 * some thousand words; these bounds are far from it.
 */
function tangle(text: string): { at: number; expected: string } | null {
  let at = 0
  let words = 0
  let depth = 0
  let onLine = 0
  for (const word of new Lexer().lex(text)) {
    if (++words > 100_000) return { at, expected: 'at most 100,000 words' }
    if (word === '[' || word === '{') depth++
    else if (word === ']' || word === '}') depth = Math.max(0, depth - 1)
    else if (word === '?') return { at, expected: 'a plain key' }
    else if (word.startsWith('\n') || word.startsWith('\r')) onLine = 0
    else if (word === '-' || word.startsWith('&') || word.startsWith('!')) onLine++
    if (depth > 50 || onLine > 50 || (word.length > 500 && /^ +$/.test(word))) {
      return { at, expected: 'at most 50 levels, one in the other' }
    }
    // Marks of the lexer's own take no room in the text.
    if (!MARKS.has(word)) at += word.length
  }
  return null
}

const MARKS = new Set(['\u0002', '\u0018', '\u001F'])

/** A key that comes twice would hide a value, and a few aliases of aliases unfold to more than a memory holds. */
function unfitNode(document: Document): { why: string; offset: number } | null {
  let found: { why: string; offset: number } | null = null
  visit(document, {
    Alias(_key, alias) {
      found = { why: `expected every value written out, found the alias “*${alias.source}”`, offset: startOf(alias) }
      return visit.BREAK
    },
    Map(_key, map) {
      const keys = new Set<unknown>()
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key
        if (keys.has(name)) {
          found = { why: `expected each field once, found “${String(name)}” a second time`, offset: startOf(key) }
          return visit.BREAK
        }
        keys.add(name)
      }
      return undefined
    },
  })
  return found
}

/** A field is found by its key, an item by itself. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents
  let offset = startOf(node)
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (pair === undefined) break
      offset = startOf(pair.key)
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step]
      offset = startOf(node)
    } else break
  }
  return offset
}

const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0

function place(lines: LineCounter, offset: number): Place | null {
  const { line, col } = lines.linePos(offset)
  return line === 0 ? null : { line, column: col }
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

export const placeText = (at: Place | null): string => (at === null ? '' : `:${at.line}:${at.column}`)

const formOf = (name: string): string => (/\.json$/i.test(name) ? 'JSON' : 'YAML or JSON')

function quoted(text: string, at: number): string {
  if (/^[\r\n]/.test(text.slice(at, at + 1))) return 'a new line'
  const word = /^[^\s,:{}[\]"]{1,30}|^[^]/u.exec(text.slice(at, at + 40))?.[0]
  return word === undefined ? 'the end of the file' : `“${word}”`
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200) ?? ''

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Where a text that is no JSON stops being it. Engines do not agree on how to say so. */
function firstWrong(text: string): number {
  const open: string[] = []
  let expected: Token[] = VALUE
  for (let at = 0; ; ) {
    at += /^\s*/.exec(text.slice(at, at + 1_000))?.[0].length ?? 0
    if (/\s/.test(text[at] ?? '')) continue
    const token = tokenAt(text, at)
    if (token === null || !expected.includes(token.type)) return at
    at += token.length
    if (token.type === '{' || token.type === '[') open.push(token.type)
    if (token.type === '}' || token.type === ']') open.pop()
    expected = after(token.type, open.at(-1), expected)
  }
}

type Token = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'other'
const VALUE: Token[] = ['{', '[', 'string', 'other']

function tokenAt(text: string, at: number): { type: Token; length: number } | null {
  const sign = text[at] ?? ''
  if (sign !== '' && '{}[]:,'.includes(sign)) return { type: sign as Token, length: 1 }
  STRING.lastIndex = at
  OTHER.lastIndex = at
  const string = STRING.exec(text)
  if (string !== null) return { type: 'string', length: string[0].length }
  const other = OTHER.exec(text)
  return other === null ? null : { type: 'other', length: other[0].length }
}

// oxlint-disable-next-line no-control-regex -- JSON forbids them in its strings
const STRING = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const OTHER = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y

/** What may come after a token, in an object or an array or outside of both. */
function after(token: Token, inside: string | undefined, expected: readonly Token[]): Token[] {
  const isKey = inside === '{' && token === 'string' && !expected.includes('other')
  if (token === '{') return ['string', '}']
  if (token === '[') return [...VALUE, ']']
  if (isKey) return [':']
  if (token === ':') return VALUE
  if (token === ',') return inside === '{' ? ['string'] : VALUE
  if (inside === undefined) return []
  return inside === '{' ? [',', '}'] : [',', ']']
}
