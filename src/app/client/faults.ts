import type { Micros } from '../../base/units.ts'
import type { AnyRun } from '../../engine/messages.ts'

/** Something that was wrong for a while, as far as commands tell. */
export interface FaultSpan {
  text: string
  from: Micros
  /** Null while it lasts. */
  to: Micros | null
}

/** A row for each, so that none covers another that lasts at the same time. */
export function stacked(faults: readonly FaultSpan[]): readonly number[] {
  const ends: Micros[] = []
  return faults.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from)
    const row = free === -1 ? ends.length : free
    ends[row] = to ?? Number.POSITIVE_INFINITY
    return row
  })
}

/** Crashes, pauses and cuts up to an instant, from the commands of the run. */
export function faultSpans(run: AnyRun, at: Micros): FaultSpan[] {
  const spans: FaultSpan[] = []
  const open = new Map<string, FaultSpan>()
  let cut = new Set<string>()
  const begin = (name: string, text: string, from: Micros): void => {
    if (open.has(name)) return
    const span: FaultSpan = { text, from, to: null }
    spans.push(span)
    open.set(name, span)
  }
  const end = (name: string, to: Micros): void => {
    const span = open.get(name)
    if (span !== undefined) span.to = to
    open.delete(name)
  }
  for (const { at: when, command } of run.commands) {
    if (when > at) break
    if (command.type === 'crash') begin(`${command.process} down`, `${command.process} down`, when)
    else if (command.type === 'restart') end(`${command.process} down`, when)
    else if (command.type === 'pause') begin(`${command.process} paused`, `${command.process} paused`, when)
    else if (command.type === 'resume') end(`${command.process} paused`, when)
    else if (command.type === 'cut' || command.type === 'mend') {
      const names = command.links.map(({ from, to }) => `${from}>${to}`)
      cut =
        command.type === 'cut' ? new Set([...cut, ...names]) : new Set([...cut].filter((name) => !names.includes(name)))
      if (cut.size > 0) begin('cut', 'network cut', when)
      else end('cut', when)
    }
  }
  return spans
}
