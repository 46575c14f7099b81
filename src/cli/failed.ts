import { formatInstant, MS, type Micros } from '../base/units.ts'
import type { ScenarioRun } from '../engine/run-scenario.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Scenario } from '../lab/scenario.ts'
import { SAFE_LINK } from '../lab/shared/link.ts'
import { home } from './home.ts'
import { commandFor, linkAt, pageId } from './replay.ts'

/** Stories that are told once more before what failed. */
const BEFORE = 5

interface Failed {
  at: Micros
  text: string
  why: string
}

/** What there is to say of a scenario that failed. */
export interface FailedWords {
  /** Each thing that failed with what had happened by then, how to run it again, and how to see it on the page. */
  lines: string[]
  /** The end of the page's address that opens the first moment at which something was not as expected. */
  link: string | null
}

export async function wordsOfFailed(
  file: string,
  lab: AnyLab,
  scenario: Scenario,
  done: ScenarioRun,
): Promise<FailedWords> {
  const failures = failuresOf(scenario, done)
  const lines: string[] = []
  for (const { at, text, why } of failures) {
    lines.push(`failed    ${text}`, `          ${why}`)
    const before = done.stories.filter((story) => story.at <= at).slice(-BEFORE)
    for (const story of before) lines.push(`          ${formatInstant(story.at).padStart(9)}   ${story.text}`)
    lines.push('')
  }
  lines.push('to run it again', `  ${commandFor(file, done.result.seed)}`)
  const [first] = failures
  if (first === undefined) return { lines, link: null }
  const id = pageId(file)
  const link = await linkAt(lab, scenario, id ?? '', first.at)
  return { lines: [...lines, '', ...pageLines(link, id, scenario, first.at)], link }
}

function pageLines(link: string, id: string | null, { run }: Scenario, at: Micros): string[] {
  return [
    `to see it at ${formatInstant(at)}: ${home.openPage}, and put behind the address of the page`,
    `  ${link}`,
    ...(link.length > SAFE_LINK
      ? ['  (some programs cut such a long address: the file can be dropped on the page instead)']
      : []),
    ...(id === null ? [] : ['or, from its start', `  ?scenario=${id}&seed=${run.setup.seed}`]),
  ]
}

function failuresOf({ until, expectsViolation }: Scenario, { result }: ScenarioRun): Failed[] {
  const broken = result.expectations.filter(({ ok }) => !ok)
  const accused = expectsViolation ? [] : result.violations
  return [
    ...broken.map(
      ({ text, atMs }): Failed => ({
        at: atMs === null ? until : atMs * MS,
        text,
        why:
          atMs === null
            ? `It had not come true by ${formatInstant(until)}.`
            : `It was decided at ${formatInstant(atMs * MS)}.`,
      }),
    ),
    ...accused.map(
      ({ monitor, atMs, text }): Failed => ({
        at: atMs * MS,
        text: `no violation of ${monitor}`,
        why: `At ${formatInstant(atMs * MS)}: ${text}`,
      }),
    ),
  ].toSorted((x, y) => x.at - y.at)
}
