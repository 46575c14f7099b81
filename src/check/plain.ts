/** One text for each plain value: equal values have equal texts, different ones different texts. Keys are put in order. */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return Object.is(value, -0) ? '0' : String(value)
    case 'bigint':
      return `${value}n`
    case 'object':
      return value === null ? 'null' : canonicalObject(value)
    default:
      return String(value)
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join()}]`
  if (value instanceof Map)
    return `Map${sorted([...value].map(([key, item]) => `${canonical(key)}=${canonical(item)}`))}`
  if (value instanceof Set) return `Set${sorted([...value].map(canonical))}`
  const record = value as Record<string, unknown>
  const fields = Object.keys(record).filter((key) => record[key] !== undefined)
  const texts = fields.toSorted().map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`)
  return `{${texts.join()}}`
}

const sorted = (items: string[]): string => `(${items.toSorted().join()})`

/** Whether two plain values are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Number.isNaN(a) && Number.isNaN(b)
  return canonical(a) === canonical(b)
}
