import type { LabTypes, MessageId, World } from '../kernel/types.ts'
import type { AnyLab } from './definition.ts'

/** One field of a message: its name, and its value in words; several lines for a list. */
export interface ContentsField {
  name: string
  value: string | readonly string[]
}

/** A message in flight, for whoever looks into it. */
export interface MessageContents {
  fields: readonly ContentsField[]
  /** Why it cannot be delivered now, or null. */
  undeliverable: string | null
}

/** What a message in flight says, and whether it could be delivered now; null if it is no longer in flight. */
export function readMessage(lab: AnyLab, world: World<LabTypes>, id: MessageId): MessageContents | null {
  const flight = world.flights().find((candidate) => candidate.id === id)
  if (flight === undefined) return null
  const status = world.status(flight.to)
  return {
    fields: lab.contents?.(flight.message) ?? plainContents(flight.message),
    undeliverable: status === 'up' ? null : `${flight.to} is ${status}`,
  }
}

/** Every field but the type, which is the message's name. */
export function plainContents(message: object): ContentsField[] {
  return Object.entries(message)
    .filter(([name]) => name !== 'type')
    .map(([name, value]: [string, unknown]) => ({
      name,
      value: Array.isArray(value) ? (value.length === 0 ? 'none' : value.map(inWords)) : inWords(value),
    }))
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(', ')
  return Object.entries(value)
    .map(([name, part]: [string, unknown]) => `${name} ${inWords(part)}`)
    .join(' · ')
}
