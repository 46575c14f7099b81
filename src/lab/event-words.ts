import type { Command } from '../kernel/command.ts'
import type { Event } from '../kernel/event.ts'
import type { LabTypes, Link, ProcessId, ProcessSetup } from '../kernel/types.ts'
import type { AnyLab, Sentence } from './definition.ts'
import type { Past } from './explain.ts'
import { commandText } from './house-story.ts'
import { reasonText } from './why-words.ts'

/** Any event in a sentence, those too that are worth no telling and explain nothing. */
export function eventText(
  lab: AnyLab,
  event: Event<LabTypes>,
  past: Past<LabTypes>,
  processes: readonly ProcessSetup[],
): Sentence {
  if (event.type === 'commanded' && past.told(event.seq) === null) {
    const text = `${event.scripted ? 'The scenario' : 'You'} ${commandText(lab, event.command, processes)}`
    return { text, about: aboutCommand(event.command), tone: event.scripted ? 'plain' : 'user' }
  }
  return reasonText(lab, event, past) ?? { text: plainText(lab, event), about: aboutEvent(event), tone: 'plain' }
}

function plainText(lab: AnyLab, event: Event<LabTypes>): string {
  switch (event.type) {
    case 'crashed':
    case 'paused':
    case 'resumed':
    case 'stalled':
      return `${event.process} ${event.type}`
    case 'wiped':
      return `The disk of ${event.process} was emptied`
    case 'adjusted':
      return `The pace of ${event.process} changed`
    case 'cut':
      return `${linksText(event.links)} cut`
    case 'mended':
      return `${linksText(event.links)} healed`
    case 'changed':
      return `The ${SETTING[event.what]} changed`
    case 'doubled':
      return `${lab.label(event.message)} from ${event.process} to ${event.to} was doubled`
    case 'delayed':
      return `${lab.label(event.message)} from ${event.process} to ${event.to} was delayed`
    case 'replaced':
      return `${lab.label(event.message)} from ${event.process} to ${event.to} was replaced`
    case 'wrote':
      return `${event.process} began a write to its disk`
    case 'synced':
      return `The disk of ${event.process} synced a write`
    case 'acted':
      return lab.actionText?.(event.action, event.process) ?? `${event.process} was told: ${inWords(event.action.type)}`
    case 'noted':
      return `${event.process}: ${inWords(event.note.type)}`
    default:
      return inWords(event.type)
  }
}

const SETTING = {
  network: 'settings of the network',
  disk: 'settings of the disks',
  config: 'configuration',
  workload: 'workload',
} as const

const linksText = (links: readonly Link[]): string =>
  links.length === 1 ? `The way from ${links[0]?.from} to ${links[0]?.to} was` : `${links.length} links were`

function aboutEvent(event: Event<LabTypes>): readonly ProcessId[] {
  if ('links' in event) return [...new Set(event.links.flatMap(({ from, to }) => [from, to]))]
  const ends = 'to' in event ? [event.to] : []
  return 'process' in event ? [event.process, ...ends] : ends
}

const aboutCommand = (command: Command<LabTypes>): readonly ProcessId[] =>
  command.type === 'invoke' ? [command.client] : []

/** `voteGranted` as `vote granted`. */
const inWords = (name: string): string =>
  name
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()

/** The first place at which two values of plain data differ, and what stands there; null if they say the same. */
export function firstDifference(a: unknown, b: unknown): { field: string; values: [string, string] } | null {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? null : { field: '', values: [valueText(a), valueText(b)] }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key])
    if (found !== null) return { ...found, field: found.field === '' ? key : `${key}.${found.field}` }
  }
  return null
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const valueText = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing').slice(0, 60)
