import type { Event } from '../../kernel/event.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { AnyLab } from '../definition.ts'
import { type SharedRun, dataOf } from '../shared/shared-run.ts'

/** Bytes that a file with a trace may have. */
export const MAX_TRACE_FILE = 200_000_000

/** The first line: the run that the events are of, from which they can be made again. */
export const traceHead = (lab: AnyLab, shared: SharedRun): string =>
  JSON.stringify({ netsplit: 'trace', format: 1, run: dataOf(lab, shared, true) })

/** One line for each event, in the order of their numbers. */
export const traceLine = (event: Event<LabTypes>): string => JSON.stringify(event)

export interface TraceRead {
  /** The run of the first line, as plain data. */
  run: unknown
  /** The other lines, as they are. */
  lines: readonly string[]
}

/** Reads a trace; or a sentence with the line that is wrong, what was expected and what was found. */
export function readTrace(text: string, name: string): { ok: true; value: TraceRead } | { ok: false; error: string } {
  const [first = '', ...rest] = text.split('\n')
  const lines = rest.at(-1) === '' ? rest.slice(0, -1) : rest
  const head = parse(first) as { format?: unknown; run?: unknown } | null
  if (head === null || head.format !== 1 || head.run === undefined)
    return { ok: false, error: `${name}:1: expected a trace in format 1 with its run, found “${first.slice(0, 60)}”` }
  const bad = lines.findIndex((line) => typeof (parse(line) as { seq?: unknown } | null)?.seq !== 'number')
  if (bad !== -1) {
    const found = (lines[bad] ?? '').slice(0, 60)
    return { ok: false, error: `${name}:${bad + 2}: expected an event with its number, found “${found}”` }
  }
  return { ok: true, value: { run: head.run, lines } }
}

/** The first line that says something else than these events, counted in the file; null if they say the same. */
export function firstDifference(lines: readonly string[], events: readonly Event<LabTypes>[]): number | null {
  const length = Math.max(lines.length, events.length)
  for (let i = 0; i < length; i++) {
    const event = events[i]
    if (event === undefined || lines[i] !== traceLine(event)) return i + 2
  }
  return null
}

function parse(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
