import { formatInstant } from '../../base/units.ts'
import type { Event } from '../../kernel/event.ts'
import type { LabTypes, ProcessId } from '../../kernel/types.ts'
import type { AnyLab } from '../definition.ts'

/** What was told of some events, by their numbers. */
export type Told = ReadonlyMap<number, { text: string; about: readonly ProcessId[] }>

/** A renderer takes 500 arrows and 50,000 characters by its own settings. */
export const MAX_ARROWS = 400
const MAX_CHARACTERS = 45_000

/**
 * A sequence diagram for Mermaid: an arrow for each message where it came, one that ends in a cross for each that was lost,
 * and what was told as notes. What is too much for one diagram is left out at the end, and the last note says so.
 */
export function mermaid(
  lab: AnyLab,
  processes: readonly ProcessId[],
  events: readonly Event<LabTypes>[],
  told: Told,
): string {
  const lines = ['sequenceDiagram', ...processes.map((id) => `  participant ${id}`)]
  const known = new Set(processes)
  let arrows = 0
  let characters = 0
  for (const event of events) {
    const next = linesOf(lab, event, told, known, processes)
    arrows += next.filter((line) => line.includes(ARROW) || line.includes(LOST)).length
    characters += next.join('\n').length
    if (arrows > MAX_ARROWS || characters > MAX_CHARACTERS) {
      lines.push(`  Note over ${over(processes)}: from ${formatInstant(event.at)} on, nothing more is drawn`)
      break
    }
    lines.push(...next)
  }
  return `${lines.join('\n')}\n`
}

const ARROW = '->>'
const LOST = '-x'

function linesOf(
  lab: AnyLab,
  event: Event<LabTypes>,
  told: Told,
  known: ReadonlySet<ProcessId>,
  processes: readonly ProcessId[],
): string[] {
  const lines: string[] = []
  if (event.type === 'delivered' && known.has(event.from) && known.has(event.process))
    lines.push(`  ${event.from}${ARROW}${event.process}: ${words(lab.label(event.message))}`)
  if (event.type === 'lost' && known.has(event.process) && known.has(event.to))
    lines.push(`  ${event.process}${LOST}${event.to}: ${words(lab.label(event.message))}`)
  const story = told.get(event.seq)
  if (story !== undefined) {
    const about = story.about.filter((id) => known.has(id))
    const place = about.length === 1 ? (about[0] as ProcessId) : over(about.length > 1 ? about : processes)
    lines.push(`  Note over ${place}: ${formatInstant(event.at)} ${words(story.text)}`)
  }
  return lines
}

const over = (ids: readonly ProcessId[]): string => (ids.length < 2 ? (ids[0] ?? '') : `${ids[0]},${ids.at(-1)}`)

/** These end a statement or begin an entity in Mermaid. */
const words = (text: string): string =>
  text
    .replaceAll('#', '#35;')
    .replaceAll(/(?<!#35);/g, '#59;')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('%%', '% %')
