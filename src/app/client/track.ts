import type { Micros } from '../../base/units.ts'
import type { ForeignHistory } from '../../check/history-file.ts'
import type { OperationRecord } from '../../check/history.ts'
import { MODEL_NAMES, type ModelName, models } from '../../check/models.ts'
import type { Operation } from '../../check/operation.ts'
import { readRecord } from '../../check/reader.ts'
import { inputText, outputText } from '../../check/words.ts'
import type { AnyLab } from '../../lab/definition.ts'

/** An operation as it is drawn. */
export interface Bar {
  id: string
  client: string
  call: Micros
  /** Null while it waits, or if nobody ever heard of it. */
  end: Micros | null
  text: string
  told: string
  verdict: 'ok' | 'failed' | 'open' | 'waiting'
  /** Its place in what is judged; null for what did not happen. */
  place: number | null
  key: unknown
}

/** A client's operations, in order of asking, in rows so that none covers another. */
export interface Track {
  client: string
  rows: number
  bars: readonly { bar: Bar; row: number }[]
}

/** A history to draw and to judge. */
export interface Told {
  bars: readonly Bar[]
  operations: readonly Operation[]
  model: ModelName | null
}

const read = new WeakMap<OperationRecord, Operation | null>()

/** What clients asked and were told up to an instant of a run. What returns later waits. */
export function toldByRun(lab: AnyLab, records: readonly OperationRecord[], at: Micros): Told {
  const bars: Bar[] = []
  const operations: Operation[] = []
  for (const record of records) {
    if (record.call > at) continue
    const waits = record.return === null || record.return > at
    const operation = lab.history === undefined ? null : operationOf(lab, record, waits)
    if (operation !== null) operations.push(operation)
    bars.push({
      id: record.id,
      client: record.client,
      call: record.call,
      end: waits ? null : record.return,
      text: lab.operationText(record.what),
      ...(waits ? WAITING : toldBy(lab.outcomeText(record.outcome))),
      place: operation === null ? null : operations.length - 1,
      key: (operation?.input as { key?: unknown } | undefined)?.key ?? null,
    })
  }
  return { bars, operations, model: nameOf(lab) }
}

const WAITING = { told: 'waiting …', verdict: 'waiting' } as const
const toldBy = ({ text, verdict }: { text: string; verdict: Bar['verdict'] }) => ({ told: text, verdict })

/** The same object for the same record, so that what has not changed is not sent again. */
function operationOf(lab: AnyLab, record: OperationRecord, waits: boolean): Operation | null {
  const { history } = lab
  if (history === undefined) return null
  let whole = read.get(record)
  if (whole === undefined) read.set(record, (whole = readRecord(history, record)))
  if (!waits || record.return === null) return whole
  return readRecord(history, { ...record, return: null })
}

const nameOf = ({ history }: AnyLab): ModelName | null =>
  MODEL_NAMES.find((name) => models[name] === history?.model) ?? null

/** A history from elsewhere. Without times of its own, its events are drawn one after the other. */
export function toldByFile(history: ForeignHistory): Told {
  const bars = history.operations.map((operation, place): Bar => {
    const { client, input, output } = operation
    const times = history.times?.[place] ?? {
      call: operation.call * 1000,
      return: operation.return === null ? null : operation.return * 1000,
    }
    const open = operation.return === null
    return {
      id: `line ${history.lines[place]}`,
      client: `p${client}`,
      call: times.call,
      end: times.return,
      text: inputText(input),
      told: open ? 'unknown' : outputText(input, output),
      verdict: open ? 'open' : output === false ? 'failed' : 'ok',
      place,
      key: (input as { key?: unknown }).key ?? null,
    }
  })
  return { bars, operations: history.operations, model: history.suggested }
}

/** Clients in the order given, then others as they come. A bar takes the first row that is free. */
export function tracks(bars: readonly Bar[], clients: readonly string[]): Track[] {
  const found = new Map<string, { bar: Bar; row: number }[]>(clients.map((client) => [client, []]))
  const ends = new Map<string, number[]>()
  for (const bar of bars) {
    const free = ends.get(bar.client) ?? []
    let row = free.findIndex((end) => end <= bar.call)
    if (row === -1) row = free.length
    free[row] = bar.end ?? Number.POSITIVE_INFINITY
    ends.set(bar.client, free)
    const track = found.get(bar.client)
    if (track === undefined) found.set(bar.client, [{ bar, row }])
    else track.push({ bar, row })
  }
  return [...found].map(([client, track]) => ({
    client,
    rows: Math.max(1, ends.get(client)?.length ?? 1),
    bars: track,
  }))
}
