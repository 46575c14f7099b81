/** What a step speaks of, made to stand out on the stage and in the panels by rules of its own sheet. */
const sheet = typeof CSSStyleSheet === 'undefined' ? null : new CSSStyleSheet()

/** Lets these things stand out, and nothing else. `leader` is whoever leads at the moment. */
export function highlight(things: readonly string[], leader: string | null): void {
  if (sheet === null) return
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
  sheet.replaceSync(things.map((thing) => rule(thing, leader)).join('\n'))
}

function rule(thing: string, leader: string | null): string {
  const [kind = '', name = ''] = thing.split(' ')
  if (kind === 'message') return `.flight[data-type="${name}"] { filter: drop-shadow(0 0 5px var(--accent)); }`
  if (kind === 'entry') return `[data-entry$=":${name}"] { ${OUTLINE} }`
  if (kind === 'panel') return ''
  const server = kind === 'leader' ? leader : kind
  if (server === null) return ''
  return `[data-server="${server}"] .server-focus { ${RING} }`
}

const OUTLINE = 'outline: 2px solid var(--accent); outline-offset: 1px;'
const RING = 'stroke: var(--accent); stroke-width: 2; stroke-dasharray: 3 5; stroke-linecap: round;'

/** The panel that a step wants beside the stage. */
export const panelOf = (things: readonly string[]): string | null =>
  things.find((thing) => thing.startsWith('panel '))?.slice('panel '.length) ?? null
