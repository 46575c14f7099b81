import { fail, ok, type Result } from '../base/result.ts'
import { type Edn, type EdnMap, ednText, isKeyword, readEdn } from './edn.ts'
import { type ModelName, models } from './models.ts'
import type { AnyModel, Operation } from './operation.ts'

/** A history from elsewhere. Operations are ordered by their place in the file, which is when they happened. */
export interface ForeignHistory {
  operations: Operation[]
  /** For each operation the line of its call. */
  lines: number[]
  /** For each operation its times in microseconds since the first, for drawing; null where the file gives none. */
  times: { call: number; return: number | null }[] | null
  /** The model that fits what was asked. */
  suggested: ModelName
}

/**
 * Reads a history: Jepsen's log lines (`INFO  jepsen.util - 0 :invoke :cas [1 2]`), or EDN, a map for each event
 * (`{:type :invoke, :f :read, :process 0, :time 12, :value nil}`), in a vector or one after the other, with a `:key` or with
 * keys of jepsen.independent in the values. An error names file and line, what was expected and what was found.
 */
export function readHistoryFile(text: string, file: string): Result<ForeignHistory> {
  // oxlint-disable-next-line no-control-regex -- these are what tells noise from text
  if (/[\u0000-\u0008\u000E-\u001A\uFFFD]/.test(text.slice(0, 10_000)))
    return fail(`${file}: expected a history, Jepsen’s log or EDN, found something that is no text`)
  const isEdn = /^\s*[[{(#;]/.test(text)
  const events = isEdn ? ednEvents(text) : logEvents(text)
  const read = events.ok ? pairUp(keysApart(events.value)) : events
  return read.ok ? read : fail(`${file}:${read.error}`)
}

/** The model, apart for each key if the history has keys. `problem` says of which line the model cannot make sense. */
export function modelFor(name: ModelName, history: ForeignHistory): Result<AnyModel> {
  const model: AnyModel = models[name]
  for (const [i, { input }] of history.operations.entries()) {
    try {
      model.step(model.init(), input, undefined)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return fail(
        `${history.lines[i]}: expected what a ${name} understands, found :${(input as { type: string }).type}`,
      )
    }
  }
  return ok({ ...model, key: (input: { key?: unknown }) => input.key ?? null })
}

interface HistoryEvent {
  line: number
  type: 'invoke' | 'ok' | 'fail' | 'info'
  process: string
  f: string
  key: Edn | undefined
  value: Edn
  error: boolean
  /** Nanoseconds. */
  time: number | null
}

const TYPES = new Set<string>(['invoke', 'ok', 'fail', 'info'])
const FUNCTIONS = ['read', 'write', 'cas', 'get', 'put', 'append', 'delete', 'acquire', 'release', 'lock', 'unlock']
const EXAMPLE = '“INFO  jepsen.util - 0 :invoke :read nil”'

function logEvents(text: string): Result<HistoryEvent[]> {
  const events: HistoryEvent[] = []
  for (const [i, raw] of text.split('\n').entries()) {
    const said = raw.trim()
    const found = /^.*?\bjepsen\.util\s+-\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(.*))?$/.exec(said)
    if (found === null) {
      // A log has other lines, too; what looks like none is a mistake.
      if (said === '' || /^(INFO|WARN|ERROR|DEBUG|\d{4}-\d\d-\d\d)\b/.test(said)) continue
      return fail(`${i + 1}: expected a line such as ${EXAMPLE}, found “${clip(said)}”`)
    }
    const [, process = '', type = '', f = '', rest = 'nil'] = found
    if (process === ':nemesis') continue
    const values = readEdn(rest)
    if (!values.ok) return fail(`${i + 1}: expected a value, found “${clip(rest)}”`)
    const value = rest.trim().startsWith('[')
      ? values.value.map((item) => item.value)
      : (values.value[0]?.value ?? null)
    const event = eventFrom({ ':process': process, ':type': type, ':f': f, ':value': value }, i + 1)
    if (!event.ok) return event
    if (event.value !== null) events.push({ ...event.value, error: isKeyword(value) })
  }
  return events.length > 0 ? ok(events) : fail(`1: expected lines such as ${EXAMPLE}, found none`)
}

function ednEvents(text: string): Result<HistoryEvent[]> {
  const items = readEdn(text)
  if (!items.ok) return items
  const events: HistoryEvent[] = []
  for (const { value, line } of items.value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return fail(`${line}: expected a map such as {:type :invoke, :f :read, :process 0}, found ${show(value)}`)
    }
    const event = eventFrom(value, line)
    if (!event.ok) return event
    if (event.value !== null) events.push(event.value)
  }
  return events.length > 0 ? ok(events) : fail('1: expected at least one operation, found none')
}

/** Null for the nemesis, which is no client. */
function eventFrom(map: EdnMap, line: number): Result<HistoryEvent | null> {
  const process = map[':process']
  if (process === ':nemesis') return ok(null)
  const name = typeof process === 'number' ? String(process) : process
  if (typeof name !== 'string' || !/^\d+$/.test(name)) {
    return fail(`${line}: expected a whole number as :process, found ${show(process)}`)
  }
  const type = word(map[':type'])
  if (!TYPES.has(type))
    return fail(`${line}: expected :invoke, :ok, :fail or :info as :type, found ${show(map[':type'])}`)
  const f = word(map[':f'])
  if (!FUNCTIONS.includes(f)) {
    return fail(
      `${line}: expected :read, :write, :cas, :append, :delete, :acquire or :release as :f, found ${show(map[':f'])}`,
    )
  }
  const time = map[':time']
  const error = map[':error']
  return ok({
    line,
    type: type as HistoryEvent['type'],
    process: name,
    f,
    key: map[':key'],
    value: map[':value'] ?? null,
    error: error !== undefined && error !== null,
    time: typeof time === 'number' ? time : null,
  })
}

/** Values of jepsen.independent are `[key value]`: if every call's is, they are taken apart. */
function keysApart(events: readonly HistoryEvent[]): HistoryEvent[] {
  const calls = events.filter(({ type }) => type === 'invoke')
  const isPair = (value: Edn): value is [Edn, Edn] => Array.isArray(value) && value.length === 2
  const independent =
    calls.length > 0 &&
    calls.every(({ key, value, f }) => key === undefined && isPair(value) && (f !== 'cas' || isPair(value[1])))
  if (!independent) return events.slice()
  return events.map((event) => (isPair(event.value) ? { ...event, key: event.value[0], value: event.value[1] } : event))
}

function pairUp(events: readonly HistoryEvent[]): Result<ForeignHistory> {
  const operations: (Operation | null)[] = []
  const calls: HistoryEvent[] = []
  const ends: (HistoryEvent | null)[] = []
  const open = new Map<string, number>()
  for (const [at, event] of events.entries()) {
    const place = open.get(event.process)
    const call = place === undefined ? undefined : calls[place]
    if (event.type === 'invoke') {
      if (call !== undefined) {
        return fail(
          `${event.line}: expected process ${event.process} to return from line ${call.line} first, found :invoke`,
        )
      }
      const input = inputOf(event)
      if (!input.ok) return input
      open.set(event.process, operations.length)
      operations.push({ client: event.process, call: at, return: null, input: input.value })
      calls.push(event)
      ends.push(null)
      continue
    }
    if (place === undefined || call === undefined || call.f !== event.f) {
      const found = call === undefined ? '' : ` after :${call.f} in line ${call.line}`
      return fail(
        `${event.line}: expected what process ${event.process} has asked for, found :${event.type} :${event.f}${found}`,
      )
    }
    open.delete(event.process)
    operations[place] = ended(operations[place] as Operation, event, at)
    ends[place] = event
  }
  return ok(assemble(operations, calls, ends))
}

function inputOf({ f, key, value, line }: HistoryEvent): Result<object> {
  const type = NAMES[f] ?? f
  const at = key === undefined ? {} : { key }
  if (type === 'cas') {
    if (!Array.isArray(value) || value.length !== 2)
      return fail(`${line}: expected [old new] for :cas, found ${show(value)}`)
    return ok({ type, ...at, expected: value[0], value: value[1] })
  }
  return ok(type === 'write' || type === 'append' ? { type, ...at, value } : { type, ...at })
}

/** `:fail` says that it did not happen; of a cas without an `:error`, that it found another value. */
function ended(operation: Operation, { type, f, value, error }: HistoryEvent, at: number): Operation | null {
  if (type === 'info') return operation
  if (type === 'fail') return f === 'cas' && !error ? { ...operation, return: at, output: false } : null
  const isRead = NAMES[f] === 'read'
  return { ...operation, return: at, output: isRead ? value : true }
}

const NAMES: Record<string, string> = { read: 'read', get: 'read', put: 'write', lock: 'acquire', unlock: 'release' }

function assemble(
  all: readonly (Operation | null)[],
  calls: readonly HistoryEvent[],
  ends: readonly (HistoryEvent | null)[],
): ForeignHistory {
  const kept = all.flatMap((operation, i) => (operation === null ? [] : [i]))
  const operations = kept.map((i) => all[i] as Operation)
  const begin = calls[0]?.time ?? 0
  const micros = (time: number): number => Math.round((time - begin) / 1000)
  const timed = kept.every((i) => calls[i]?.time != null && (ends[i] == null || ends[i].time !== null))
  const times = kept.map((i) => {
    const end = all[i]?.return === null ? null : ends[i]
    return { call: micros(calls[i]?.time ?? 0), return: end == null ? null : micros(end.time ?? 0) }
  })
  return {
    operations,
    lines: kept.map((i) => (calls[i] as HistoryEvent).line),
    times: timed ? times : null,
    suggested: suggest(calls),
  }
}

function suggest(calls: readonly HistoryEvent[]): ModelName {
  const asked = new Set(calls.map(({ f }) => NAMES[f] ?? f))
  if (asked.has('acquire') || asked.has('release')) return 'mutex'
  return asked.has('append') || asked.has('delete') || calls.some(({ f }) => f === 'put' || f === 'get')
    ? 'key-value'
    : asked.has('cas')
      ? 'cas-register'
      : 'register'
}

const word = (value: Edn | undefined): string => (typeof value === 'string' ? value.replace(/^:/, '') : '')
const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
const show = (value: Edn | undefined): string => (value === undefined ? 'none' : `“${clip(ednText(value))}”`)
