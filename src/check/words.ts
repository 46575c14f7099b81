import { asked } from './input.ts'
import { canonical } from './plain.ts'
import { valuesRead } from './store-models.ts'

/** An operation in a few words, as a person would write it: `x ← 5`, `read x`, `x: 1 → 2`, `lock`. */
export function inputText(input: unknown): string {
  const what = asked(input)
  const key = 'key' in what && what.key !== undefined && what.key !== null ? valueText(what.key) : ''
  switch (what.type) {
    case 'read':
      return key === '' ? 'read' : `read ${key}`
    case 'write':
      return `${key === '' ? 'write' : `${key} ←`} ${valueText(what.value)}`
    case 'append':
      return `${key === '' ? 'append' : `${key} ⊕`} ${valueText(what.value)}`
    case 'delete':
      return `delete ${key}`.trim()
    case 'cas':
      return `${key === '' ? 'cas' : `${key}:`} ${valueText(what.expected)} → ${valueText(what.value)}`
    default:
      return what.owner === undefined ? what.type : `${what.type} by ${valueText(what.owner)}`
  }
}

/** What was told, in a word or two. */
export function outputText(input: unknown, output: unknown): string {
  const { type } = asked(input)
  if (output === undefined) return 'unknown'
  if (type === 'read') return valuesText(valuesRead(output))
  if (type === 'cas' && typeof output === 'boolean') return output ? 'swapped' : 'not swapped'
  return output === false ? 'refused' : 'ok'
}

/** Several that stand side by side are siblings. */
const valuesText = (values: readonly unknown[]): string =>
  values.length === 0 ? 'nothing' : values.map(valueText).join(' beside ')

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return value === '' ? '“”' : value
  return canonical(value)
}
