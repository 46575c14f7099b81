import type { HistoryVerdict } from './linearizability.ts'
import type { AnyModel, Operation } from './operation.ts'
import { isStore } from './session-facts.ts'
import { type Break, checkSessions, SESSION_LEVELS, type SessionVerdict } from './sessions.ts'
import { inputText, outputText } from './words.ts'

/** What a store can promise its clients, from weak to strong. The four in the middle stand beside one another. */
const LEVELS = [...SESSION_LEVELS, 'linearizable'] as const
export type Level = (typeof LEVELS)[number]

/** A level, as a history shows it. */
export interface Rung {
  level: Level
  /** `open`: nobody can tell, or not yet. */
  verdict: 'ok' | 'broken' | 'open'
  /** What breaks it or leaves it open: places in the history, and a sentence. */
  why: (Break & { text: string }) | null
}

export interface Ladder {
  /** From weak to strong. */
  rungs: readonly Rung[]
  /** The strongest levels that the history keeps: one, or some of the four of sessions; none if values come from nowhere. */
  strongest: readonly Level[]
  /** The weakest that it breaks; null if it breaks none. */
  next: Rung | null
  /** Reads that may have come from several writes, and were not held against anybody. */
  leftOut: number
}

/**
 * How strong a promise a history keeps, with what breaks the next: the guarantees of sessions, causal consistency, and
 * linearizability, of which `judged` must be the verdict. A level is kept only if all below are; who keeps
 * the last keeps all. Null for no store.
 */
export function judgeLevels(model: AnyModel, operations: readonly Operation[], judged: HistoryVerdict): Ladder | null {
  if (!isStore(operations)) return null
  if (judged.verdict === 'ok') {
    const rungs = LEVELS.map((level): Rung => ({ level, verdict: 'ok', why: null }))
    return { rungs, strongest: ['linearizable'], next: null, leftOut: 0 }
  }
  const sessions = checkSessions(operations)
  const rungs = SESSION_LEVELS.map((level) => sessionRung(level, operations, sessions))
  rungs.push(topRung(model, operations, judged))
  return { rungs, strongest: strongestOf(rungs), next: rungs.find(isBroken) ?? null, leftOut: sessions.leftOut }
}

const isBroken = ({ verdict }: Rung): boolean => verdict === 'broken'

function sessionRung(
  level: Level & keyof SessionVerdict['broken'],
  operations: readonly Operation[],
  found: SessionVerdict,
): Rung {
  const { broken, unsettled } = found
  const demanded = level === 'causal' ? SESSION_LEVELS : (['eventual', level] as const)
  const cause = demanded.find((one) => broken[one] !== null)
  const why = cause === undefined ? null : broken[cause]
  if (cause !== undefined && why !== null)
    return { level, verdict: 'broken', why: { ...why, text: TEXTS[cause](operations, why) } }
  if (level !== 'eventual' || unsettled === null) return { level, verdict: 'ok', why: null }
  return { level, verdict: 'open', why: { ...unsettled, text: unsettledText(operations, unsettled) } }
}

function topRung(model: AnyModel, operations: readonly Operation[], { verdict, partitions }: HistoryVerdict): Rung {
  const level = 'linearizable'
  if (verdict === 'ok') return { level, verdict: 'ok', why: null }
  const bad = partitions.find((part) => part.verdict === 'illegal')
  if (bad === undefined || bad.verdict !== 'illegal') return { level, verdict: 'open', why: null }
  const last = lastChange(model, operations, bad.longest)
  const stuck = operations[bad.stuck] as Operation
  const after = last === null ? 'There' : `After ${said(operations[last] as Operation)} there`
  const text = `${after} is no place for ${said(stuck)}.`
  return { level, verdict: 'broken', why: { pair: last === null ? [bad.stuck] : [last, bad.stuck], through: [], text } }
}

/** The last operation of an order that changed what was there. */
function lastChange(model: AnyModel, operations: readonly Operation[], order: readonly number[]): number | null {
  let state: unknown = model.init()
  let last: number | null = null
  for (const place of order) {
    const { input, output } = operations[place] as Operation
    const next: unknown = model.step(state, input, output)
    if (next !== state) last = place
    state = next
  }
  return last
}

const SESSIONS = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads'] as const

function strongestOf(rungs: readonly Rung[]): Level[] {
  const verdict = new Map(rungs.map((rung) => [rung.level, rung.verdict]))
  for (const level of ['linearizable', 'causal'] as const) if (verdict.get(level) === 'ok') return [level]
  const kept = SESSIONS.filter((level) => verdict.get(level) === 'ok')
  return kept.length > 0 ? [...kept] : verdict.get('eventual') === 'ok' ? ['eventual'] : []
}

type Tell = (operations: readonly Operation[], found: Break) => string

const TEXTS: Record<keyof SessionVerdict['broken'], Tell> = {
  eventual: (operations, { pair: [read] }) => `${said(at(operations, read))}: nobody had written that.`,
  'read-your-writes': (operations, { pair: [write, read] }) =>
    `${said(at(operations, read))}, without its own ${inputText(at(operations, write).input)}.`,
  'monotonic-reads': (operations, { pair: [before, read] }) =>
    `${said(at(operations, before))}, and later it went back: ${said(at(operations, read))}.`,
  'monotonic-writes': (operations, found) => `${missed(operations, found)}, which its client had written before.`,
  'writes-follow-reads': (operations, found) => `${missed(operations, found)}, which its client had read before.`,
  causal: (operations, found) => `${missed(operations, found)}, which came before it.`,
}

/** A reader knew of a write, and did not see one that the writer had known. */
function missed(operations: readonly Operation[], { pair: [write, read], through: [known] }: Break): string {
  const earlier = said(at(operations, write))
  if (known === undefined) return `${said(at(operations, read))}, without ${earlier}`
  return `${said(at(operations, read))}. It knew of ${said(at(operations, known))}, and not of ${earlier}`
}

function unsettledText(operations: readonly Operation[], { pair: [first, second] }: Break): string {
  return `Nobody writes any more, and the last answers do not agree yet: ${said(at(operations, first))}; ${said(at(operations, second))}.`
}

const at = (operations: readonly Operation[], place: number | undefined): Operation =>
  operations[place ?? 0] as Operation

/** `c1: read x · 5`. */
function said({ client, input, output, return: end }: Operation): string {
  const told = end === null ? 'no answer' : outputText(input, output)
  return `${/^\d/.test(String(client)) ? `p${client}` : client}: ${inputText(input)} · ${told}`
}
