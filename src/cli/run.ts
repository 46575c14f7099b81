import { formatInstant } from '../base/units.ts'
import { runToEnd, type ScenarioRun } from '../engine/run-scenario.ts'
import type { Scenario } from '../lab/scenario.ts'
import { BadInput } from './bad-input.ts'
import { wordsOfFailed } from './failed.ts'
import { fileOf, readScenarioAt, readSeed, readText } from './files.ts'
import { runIn, tellVerified, verify } from './verify.ts'

/**
 * `run FILE [--json] [--seed S]`: 0 if the scenario passed; 1 if not, with what failed and how to see it. Of a file with a run:
 * 0 if it comes to what it states, and, if it is of a challenge, meets it.
 */
export async function runCommand(
  files: readonly string[],
  options: { json?: boolean | undefined; seed?: string | undefined },
): Promise<number> {
  const [given] = files
  if (given === undefined || files.length > 1) throw new BadInput('run: expected one FILE')
  const file = fileOf(given)
  const saved = runIn(await readText(file))
  if (saved !== null) {
    const verified = await verify(saved, file)
    if (options.json === true) console.log(JSON.stringify(verified))
    else tellVerified(verified)
    return verified.outcome === 'passed' ? 0 : 1
  }
  const change = options.seed === undefined ? {} : { seed: readSeed(options.seed, '--seed') }
  const { lab, scenario } = await readScenarioAt(file, change)
  const done = await runToEnd(lab, scenario)
  if (options.json === true) console.log(JSON.stringify(done.result))
  else tell(scenario, done)
  if (done.result.outcome === 'passed') return 0
  if (options.json === true) return 1
  const { lines } = await wordsOfFailed(file, lab, scenario, done)
  for (const line of ['', ...lines]) console.log(line)
  return 1
}

/** The story in the order in which it happened: what the scenario says, what happened, and how it ended. */
function tell(scenario: Scenario, { result, stories, fired }: ScenarioRun): void {
  const about = scenario.about === '' ? '' : `${scenario.about}\n`
  console.log(`${scenario.title} · ${result.lab}, seed ${result.seed}\n${about}`)
  const lines = stories.map(({ at, seq, text }) => ({ at, seq, text: `  ${text}` }))
  for (const part of fired) {
    const { title, say } = scenario.script[part.index] ?? {}
    const words = [title, say].filter((word) => word != null).join(': ')
    if (words !== '') lines.push({ at: part.at, seq: 0, text: `— ${words}` })
  }
  for (const line of lines.toSorted((x, y) => x.at - y.at || x.seq - y.seq)) {
    console.log(`${formatInstant(line.at).padStart(9)} ${line.text}`)
  }
  console.log('')
  for (const { monitor, atMs, text } of result.violations) console.log(`violated  ${monitor} at ${atMs} ms: ${text}`)
  for (const { ok, text, atMs } of result.expectations) {
    console.log(`${ok ? 'held     ' : 'failed   '} ${text}${atMs === null ? '' : ` (${atMs} ms)`}`)
  }
  console.log(
    `\n${result.outcome}: ${result.events} events in ${result.simulatedMs} simulated ms, fingerprint ${result.fingerprint}`,
  )
}
