/** A number as short as a picture needs it. */
export const num = (x: number): string => String(Math.round(x * 100) / 100)

type Values = Readonly<Record<string, string | number | null | undefined>>

/** `<name a="1">inside</name>`, without the attributes that have no value. */
export function tag(name: string, values: Values, inside = ''): string {
  const said = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? num(value) : String(value))}"`)
  return inside === '' ? `<${name}${said.join('')}/>` : `<${name}${said.join('')}>${inside}</${name}>`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(NOT_IN_XML, '')
}

/** XML 1.0 has no place for them, not even by number. */
// oxlint-disable-next-line no-control-regex -- these are the ones
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
