import type { OperationRecord } from '../../check/history.ts'
import type { AnyRun, Story } from '../../engine/messages.ts'
import type { LabTypes, TimedCommand } from '../../kernel/types.ts'
import type { AnyLab, FirstStep } from '../../lab/definition.ts'

/** What tells how far the user is. Read off the run, so that an undo takes a step back too. */
export interface Known {
  run: AnyRun
  stories: readonly Story[]
  operations: readonly OperationRecord[]
  /** How many links are cut. */
  cuts: number
  outcomeText: AnyLab['outcomeText']
}

export interface Progress {
  /** How many of the steps are done. */
  done: number
  /** The next one has been begun, and its outcome is awaited. */
  begun: boolean
  /** What is said when all are done. */
  closing: string | null
}

export function progressOf(steps: readonly FirstStep[], known: Known): Progress {
  const last = steps.length - 1
  const next = steps.findIndex((step) => !isDone(step, known) && !(isLost(step, known) && isDone(steps[last], known)))
  if (next === -1) return { done: steps.length, begun: false, closing: closingOf(steps[last], known) }
  return { done: next, begun: begunBy(steps[next] as FirstStep, known).length > 0, closing: null }
}

/** `{leader}` and the like become the one that the view names, or `the leader` while there is none. */
export function fillIn(sentence: string, view: unknown): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, alias: string) => nameOf(alias, view) ?? `the ${alias}`)
}

/** Whether somebody whom the sentence speaks of is missing. */
export function isMissing(sentence: string, view: unknown): boolean {
  return [...sentence.matchAll(/\{(\w+)\}/g)].some(([, alias]) => nameOf(alias as string, view) === null)
}

/** A cut that was drawn and has been healed again. */
const isLost = (step: FirstStep, known: Known): boolean => step.command === 'cut' && begunBy(step, known).length > 0

function isDone(step: FirstStep | undefined, known: Known): boolean {
  if (step === undefined) return false
  const begun = begunBy(step, known)
  if (step.command === 'mend')
    return begun.length > 0 && (known.cuts === 0 || begun.some((at) => told(step, at, known)))
  if (step.told !== undefined) return begun.some((timed) => told(step, timed, known) !== null)
  if (step.command === 'cut') return known.cuts > 0
  return step.command === 'invoke' ? begun.some((timed) => wasAnswered(timed, known)) : begun.length > 0
}

/** The commands of the user, not of a scenario, that begin a step. */
function begunBy({ command }: FirstStep, { run }: Known): Timed[] {
  const own = run.commands.filter((timed) => timed.scripted !== true)
  const begun = own.filter((timed) => timed.command.type === command)
  if (command !== 'mend') return begun
  const firstCut = own.findIndex((timed) => timed.command.type === 'cut')
  const firstAsked = own.findIndex((timed, i) => firstCut !== -1 && i > firstCut && timed.command.type === 'invoke')
  return firstAsked === -1 ? [] : begun.filter((timed) => own.indexOf(timed) > firstAsked)
}

/** The story that follows a command and tells its outcome. */
function told({ told: pattern }: FirstStep, { at }: Timed, { stories }: Known): RegExpMatchArray | null {
  if (pattern === undefined) return null
  for (const story of stories) {
    const match = story.at > at ? story.text.match(pattern) : null
    if (match !== null) return match
  }
  return null
}

function wasAnswered({ at, command }: Timed, { operations, outcomeText }: Known): boolean {
  if (command.type !== 'invoke') return false
  const asked = operations.find(({ client, call }) => client === command.client && call >= at)
  return asked !== undefined && asked.return !== null && outcomeText(asked.outcome).verdict === 'ok'
}

function closingOf(step: FirstStep | undefined, known: Known): string | null {
  if (step?.closes === undefined) return null
  for (const timed of begunBy(step, known)) {
    const match = told(step, timed, known)
    if (match !== null) return step.closes.replaceAll(/\$(\d)/g, (_, n: string) => match[Number(n)] ?? '')
  }
  return null
}

function nameOf(alias: string, view: unknown): string | null {
  const name = (view as Readonly<Record<string, unknown>>)[alias]
  return typeof name === 'string' ? name : null
}

type Timed = TimedCommand<LabTypes>
