import { useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { mermaid } from '../../lab/trace/mermaid.ts'
import { traceHead, traceLine } from '../../lab/trace/ndjson.ts'
import { shiviz } from '../../lab/trace/shiviz.ts'
import type { AnyEvent } from '../../engine/messages.ts'
import type { SharedRun } from '../../lab/shared/shared-run.ts'
import { useStore } from '../store.ts'
import { save } from './save.ts'
import { toldNow, traceOf } from './trace-now.ts'

interface TracePartProps {
  lab: AnyLab
  shared: SharedRun
  /** A file's name, with its ending. */
  name(extension: string): string
}

type Format = 'trace' | 'mermaid' | 'shiviz'

const FORMATS: readonly { format: Format; label: string; says: string; extension: string }[] = [
  { format: 'trace', label: 'Trace', says: 'Every event as a line of JSON, with the run.', extension: 'trace.ndjson' },
  { format: 'mermaid', label: 'Mermaid', says: 'A sequence diagram of the last second.', extension: 'mmd' },
  {
    format: 'shiviz',
    label: 'ShiViz',
    says: 'A log with vector clocks for shiviz.github.io.',
    extension: 'shiviz.log',
  },
]

/** What happened up to the moment on show, for other programs. */
export function TracePart({ lab, shared, name }: TracePartProps) {
  const [said, setSaid] = useState('')
  const write = async ({ format, extension }: (typeof FORMATS)[number]) => {
    setSaid('The events are made again…')
    const text = await contentOf(format, lab, shared)
    setSaid(text === null ? `Up to ${formatInstant(shared.moment.at)} there is more than a file should have.` : '')
    if (text !== null) save(name(extension), new Blob(text, { type: 'text/plain' }))
  }
  return (
    <>
      {FORMATS.map((one) => (
        <li key={one.format}>
          <button type="button" className="button" onClick={() => void write(one)}>
            {one.label}
          </button>
          <span className="dim">{one.says}</span>
        </li>
      ))}
      <li role="status" className="dim">
        {said}
      </li>
    </>
  )
}

async function contentOf(format: Format, lab: AnyLab, shared: SharedRun): Promise<string[] | null> {
  const { at } = shared.moment
  // A sequence diagram of a whole run is a long one: what leads to the moment is what one wants to show.
  const from = format === 'mermaid' ? Math.max(0, at - MERMAID_SPAN) : 0
  const events = await traceOf(from, at)
  if (events === null) return null
  if (format === 'trace') return [`${traceHead(lab, shared)}\n`, ...upToMoment(events).map((e) => `${traceLine(e)}\n`)]
  if (format === 'shiviz') return [shiviz(lab, upToMoment(events), toldNow())]
  const world = useStore.getState().frame?.world
  const ids = (world?.processes ?? []).map(({ id }) => id)
  const busy = new Set(events.flatMap((event) => ('process' in event ? [event.process] : [])))
  return [
    mermaid(
      lab,
      ids.filter((id) => busy.has(id)),
      upToMoment(events),
      toldNow(),
    ),
  ]
}

/** A moment may lie between two events of one instant. */
function upToMoment(events: readonly AnyEvent[]): readonly AnyEvent[] {
  const last = useStore.getState().frame?.seq ?? Number.POSITIVE_INFINITY
  return events.filter(({ seq }) => seq <= last)
}

const MERMAID_SPAN = 1_000_000
