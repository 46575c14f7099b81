import { must } from '../base/assert.ts'
import { toMs } from '../base/units.ts'
import type { Scenario } from '../lab/scenario.ts'
import type { Question } from '../lab/steps.ts'
import { scripting } from './scripting.ts'
import type { Timeline } from './timeline.ts'

/** A step that was not reached, or what the run answers to a question, as a scenario's result tells what it expected. */
interface Found {
  text: string
  ok: boolean
  atMs: number | null
}

/**
 * Goes from step to step as a reader does who does nothing else, and lets the run answer each question at the moment by
 * which it has been decided. An answer that the file has written must be the run's own; one must be right and the others not.
 */
export async function walkSteps(
  timeline: Timeline,
  { steps, until }: Pick<Scenario, 'steps' | 'until'>,
  breathe: () => Promise<void>,
): Promise<Found[]> {
  const found: Found[] = []
  const asked = steps.flatMap(({ questions }, i) => questions.map((question) => ({ question, step: i })))
  for (const [i, { title, part }] of steps.entries()) {
    while (!timeline.reach(part, until, STEPS_BETWEEN_BREATHS)) await breathe()
    const fired = timeline.fired[part]
    if (fired === undefined) return [...found, { text: `Step ${i + 1} is reached: ${title}`, ok: false, atMs: null }]
    const atMs = toMs(fired.at)
    for (const { question, step } of asked)
      if (question.by === i) found.push({ ...judge(timeline, question, `Step ${step + 1}`), atMs })
  }
  return found
}

const STEPS_BETWEEN_BREATHS = 20_000

function judge(timeline: Timeline, { ask, choices, answer }: Question, step: string): { text: string; ok: boolean } {
  const right = rightChoices(timeline, choices)
  const said = right.length === 0 ? 'none of the choices' : right.join(' and ')
  const written = answer === null || answer === right[0] ? '' : `, and the file says ${answer}`
  return { text: `${step} asks: ${ask} The run answers ${said}${written}`, ok: right.length === 1 && written === '' }
}

/** The choices that are right at the moment that the timeline stands at. */
function rightChoices(timeline: Timeline, choices: Question['choices']): string[] {
  return choices.flatMap(({ text, when }) => {
    const read = scripting.parseCondition(timeline.lab, when)
    return timeline.holds(must(read.ok ? read.value : null, `a condition that was read before: ${when}`)) ? [text] : []
  })
}
