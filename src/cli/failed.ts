import { formatInstant, MS, type Micros } from '../base/units.ts'
import type { ScenarioRun } from '../engine/run-scenario.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Scenario } from '../lab/scenario.ts'
import { SAFE_LINK } from '../lab/shared/link.ts'
import { commandFor, linkAt, pageId } from './replay.ts'

/** Stories that are told once more before what failed. */
const BEFORE = 5

interface Failure {
  at: Micros
  text: string
  why: string
}

/** For a scenario that failed: what, what had happened by then, how to run it again, and how to see it on the page. */
export async function tellFailed(file: string, lab: AnyLab, scenario: Scenario, done: ScenarioRun): Promise<void> {
  const failures = failuresOf(scenario, done)
  for (const { at, text, why } of failures) {
    console.log(`\nfailed    ${text}\n          ${why}`)
    const before = done.stories.filter((story) => story.at <= at).slice(-BEFORE)
    for (const story of before) console.log(`          ${formatInstant(story.at).padStart(9)}   ${story.text}`)
  }
  const { seed } = done.result
  console.log(`\nto run it again\n  ${commandFor(file, seed)}`)
  const [first] = failures
  if (first !== undefined) await tellPage(file, lab, scenario, first.at)
}

async function tellPage(file: string, lab: AnyLab, scenario: Scenario, at: Micros): Promise<void> {
  const id = pageId(file)
  const link = await linkAt(lab, scenario, id ?? '', at)
  console.log(`\nto see it at ${formatInstant(at)}: npm start, and put behind the address of the page\n  ${link}`)
  if (link.length > SAFE_LINK)
    console.log('  (some programs cut such a long address: the file can be dropped on the page instead)')
  if (id !== null) console.log(`or, from its start\n  ?scenario=${id}&seed=${scenario.run.setup.seed}`)
}

function failuresOf({ until, expectsViolation }: Scenario, { result }: ScenarioRun): Failure[] {
  const broken = result.expectations.filter(({ ok }) => !ok)
  const accused = expectsViolation ? [] : result.violations
  return [
    ...broken.map(
      ({ text, atMs }): Failure => ({
        at: atMs === null ? until : atMs * MS,
        text,
        why:
          atMs === null
            ? `It had not come true by ${formatInstant(until)}.`
            : `It was decided at ${formatInstant(atMs * MS)}.`,
      }),
    ),
    ...accused.map(
      ({ monitor, atMs, text }): Failure => ({
        at: atMs * MS,
        text: `no violation of ${monitor}`,
        why: `At ${formatInstant(atMs * MS)}: ${text}`,
      }),
    ),
  ].toSorted((x, y) => x.at - y.at)
}
