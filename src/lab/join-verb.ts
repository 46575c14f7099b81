import type { LabTypes } from '../kernel/types.ts'
import type { Verb } from './definition.ts'

/** `join: n6`: how a scenario lets a server start beside the others; `says` is what becomes of it in this lab. */
export function joinVerb<T extends LabTypes>(says: string): Verb<T> {
  return {
    name: 'join',
    says,
    example: { join: 'n6' },
    options: [],
    read(value, _options, world) {
      if (!/^n\d+$/.test(value)) return { error: `expected a name such as “n6”, found “${value}”` }
      if (world.has(value)) return { error: `there is already a server called ${value}` }
      return { command: { type: 'join', process: { id: value, role: 'server' } } }
    },
  }
}
