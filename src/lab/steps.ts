import { fail, ok, type Result } from '../base/result.ts'
import type { ProcessSetup } from '../kernel/types.ts'
import type { PartFile, QuestionFile, StepFile } from './scenario-schema.ts'
import type { Path } from './scenario-text.ts'

/** A moment of a scenario at which a reader stops, with words about it. */
export interface Step {
  title: string
  /** Markdown. */
  words: string
  /** Markdown, for whoever presents it. */
  notes: string
  /** What the words speak of: a process, `message TYPE`, `entry NUMBER`, `panel ID`. */
  highlight: readonly string[]
  /** What is done when the reader goes on, as a button says it; null where time alone goes on. */
  offer: string | null
  /** Simulated seconds per second on the way to the next step; null for the lab's own. */
  speed: number | null
  questions: readonly Question[]
  /** The part of the script that comes true where the step stands. */
  part: number
}

/** A question that is asked before the run has answered it. */
export interface Question {
  ask: string
  choices: readonly Choice[]
  /** What the file says is right; null where it leaves that to the run. */
  answer: string | null
  /** The step at whose moment the run has decided it. */
  by: number
  /** Markdown, said when it is decided. */
  why: string
}

export interface Choice {
  text: string
  /** The condition that makes it the right one. */
  when: string
}

/** A part of a script and where its file has it. */
export interface Said {
  part: PartFile
  path: Path
}

/**
 * A story in steps as parts of a script. A step stands where its condition first holds; what it does when the reader goes on
 * are parts of their own, so that a run can stop between the two.
 */
export function partsOf(steps: readonly StepFile[]): { said: Said[]; places: number[] } {
  const said: Said[] = []
  const places: number[] = []
  for (const [i, step] of steps.entries()) {
    const path = ['steps', i]
    places.push(said.length)
    said.push({ part: { when: step.when, delay: step.delay, title: step.title }, path })
    if (step.do !== undefined) said.push({ part: { do: step.do, unless: step.unless }, path })
    for (const [k, part] of (step.then ?? []).entries()) said.push({ part, path: [...path, 'then', k] })
  }
  return { said, places }
}

/** Reads the steps, whose parts stand at these places of the script. The error says in which field of the step it is. */
export function readSteps(
  steps: readonly StepFile[],
  places: readonly number[],
  processes: readonly ProcessSetup[],
): { ok: true; value: Step[] } | { ok: false; error: string; path: Path } {
  const read: Step[] = []
  for (const [i, step] of steps.entries()) {
    const questions: Question[] = []
    for (const [k, asked] of (step.questions ?? []).entries()) {
      const question = readQuestion(asked, i, steps.length, processes)
      if (!question.ok) return { ...question, path: ['steps', i, 'questions', k] }
      questions.push(question.value)
    }
    const wrong = (step.highlight ?? []).find((word) => !isHighlight(word, processes))
    if (wrong !== undefined) return { ...fail(`${HIGHLIGHTS}, found “${wrong}”`), path: ['steps', i, 'highlight'] }
    read.push({
      title: step.title,
      words: step.words,
      notes: step.notes ?? '',
      highlight: step.highlight ?? [],
      offer: step.offer ?? null,
      speed: step.speed ?? null,
      questions,
      part: places[i] as number,
    })
  }
  return { ok: true, value: read }
}

function readQuestion(
  { ask, choices, among, when, answer, by = 1, why = '' }: QuestionFile,
  step: number,
  steps: number,
  processes: readonly ProcessSetup[],
): Result<Question> {
  const found = choicesOf({ choices, among, when }, processes)
  if (!found.ok) return found
  if (step + by >= steps) return fail('expected a step after it by which the run has decided it, found none')
  if (answer !== undefined && !found.value.some(({ text }) => text === answer))
    return fail(`answer: expected one of ${found.value.map(({ text }) => text).join(', ')}, found “${answer}”`)
  return ok({ ask, choices: found.value, answer: answer ?? null, by: step + by, why })
}

function choicesOf(
  { choices, among, when }: Partial<Pick<QuestionFile, 'choices' | 'among' | 'when'>>,
  processes: readonly ProcessSetup[],
): Result<readonly Choice[]> {
  if ((choices === undefined) === (when === undefined))
    return fail('expected “choices”, each with its “when”, or one “when” for all')
  if (choices !== undefined) return ok(choices)
  const condition = when as string
  if (among === undefined)
    return ok([
      { text: 'Yes', when: condition },
      { text: 'No', when: `not (${condition})` },
    ])
  if (!condition.includes('{}')) return fail(`when: expected {} where the choice stands, found “${condition}”`)
  const names = among === 'servers' ? processes.filter(({ beside }) => beside === undefined).map(({ id }) => id) : among
  return ok(names.map((text) => ({ text, when: condition.replaceAll('{}', text) })))
}

const HIGHLIGHTS = 'expected a process, “leader”, “message TYPE”, “entry NUMBER” or “panel NAME”'

const isHighlight = (word: string, processes: readonly ProcessSetup[]): boolean =>
  /^(leader|message \w+|entry \d+|panel \w+)$/.test(word) || processes.some(({ id }) => id === word)
