import type { Event } from '../../kernel/event.ts'
import type { LabTypes, ProcessId } from '../../kernel/types.ts'
import type { AnyLab } from '../definition.ts'
import type { Told } from './mermaid.ts'

/** The pattern that ShiViz reads such a log by: it stands in the first line, and the second (between executions) is empty. */
const SHIVIZ_PATTERN = '(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)'

type Clock = Map<ProcessId, number>

/**
 * A log for ShiViz: every event at a process with its vector clock, counted from the first of these events on. A clock grows
 * with each event of its process, and takes in the sender's where a message comes.
 */
export function shiviz(lab: AnyLab, events: readonly Event<LabTypes>[], told: Told): string {
  const clocks = new Map<ProcessId, Clock>()
  const sent = new Map<number, Clock>()
  const lines = [SHIVIZ_PATTERN, '']
  for (const event of events) {
    const text = textOf(lab, event, told)
    if (text === null || !('process' in event)) continue
    const clock = clocks.get(event.process) ?? new Map<ProcessId, number>()
    clocks.set(event.process, clock)
    clock.set(event.process, (clock.get(event.process) ?? 0) + 1)
    const message = event.type === 'delivered' ? event.causes.find(({ kind }) => kind === 'message') : undefined
    for (const [id, count] of sent.get(message?.seq ?? 0) ?? [])
      if (id !== event.process) clock.set(id, Math.max(count, clock.get(id) ?? 0))
    if (event.type === 'sent') sent.set(event.seq, new Map(clock))
    lines.push(`${event.process} ${JSON.stringify(Object.fromEntries(clock))}`, text)
  }
  return `${lines.join('\n')}\n`
}

/** What happened, in a line; null for what happens at no process, or only within one (the disk). */
function textOf(lab: AnyLab, event: Event<LabTypes>, told: Told): string | null {
  const story = told.get(event.seq)?.text
  switch (event.type) {
    case 'sent':
      return oneLine(`send ${lab.label(event.message)} to ${event.to}`)
    case 'delivered':
      return oneLine(`receive ${lab.label(event.message)} from ${event.from}`)
    case 'expired':
      return oneLine(`timer ${event.timer}`)
    case 'invoked':
      return oneLine(`asks ${lab.operationText(event.what)}`)
    case 'completed':
      return oneLine(`hears ${lab.outcomeText(event.outcome).text}`)
    case 'started':
    case 'crashed':
    case 'paused':
    case 'resumed':
    case 'stalled':
    case 'wiped':
      return event.type
    case 'noted':
      return story === undefined ? null : oneLine(story)
    default:
      return null
  }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')
