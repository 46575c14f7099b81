import type { Distribution } from '../base/random.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { MS, SECOND, type Micros } from '../base/units.ts'
import { same } from '../check/plain.ts'
import type { LabTypes, Run, Setup } from '../kernel/types.ts'
import { hasMistake } from './config.ts'
import type { AnyLab } from './definition.ts'
import { firstDifference } from './event-words.ts'
import { readScenario } from './scenario.ts'
import type { DistributionFile, ScenarioFile } from './scenario-schema.ts'

/** What of a run goes into a scenario, beside the run itself. */
export interface ScenarioOut {
  title: string
  about: string
  /** The instant at which it ends. */
  until: Micros
  /** The monitors that found something up to then: that, too, is to come true again. */
  broken: readonly string[]
}

/**
 * A run as a scenario file: its setup as one would write it, and what was done at exact instants. Played to its end it has the
 * fingerprint that the run has there. What a scenario has no words for is refused in a sentence, so that no file says less.
 */
export async function writeScenario(
  lab: AnyLab,
  { setup, commands }: Pick<Run<LabTypes>, 'setup' | 'commands'>,
  { title, about, until, broken }: ScenarioOut,
): Promise<Result<string>> {
  const file: ScenarioFile = {
    format: 1,
    lab: lab.id,
    title,
    ...(about !== '' && { about }),
    seed: setup.seed,
    servers: setup.processes.filter(({ beside }) => beside === undefined).length,
    ...setupFile(lab, setup),
    ...(commands.length > 0 && { commands: commands.filter(({ at }) => at <= until).map(commandFile) }),
    expect: broken.length === 0 ? ['always no violation'] : broken.map((name) => `violation of "${name}"`),
    until: timeText(until),
  }
  const lost = await whatIsLost(lab, file, setup)
  if (lost === null) return ok(`${JSON.stringify(file, null, 2)}\n`)
  return fail(`A scenario file cannot hold this run: ${lost}. Save the run instead, which holds all of it`)
}

/** Reads it again: what a scenario cannot say would be another run. */
async function whatIsLost(lab: AnyLab, file: ScenarioFile, setup: Setup<LabTypes>): Promise<string | null> {
  const read = await readScenario({ [lab.id]: async () => lab }, file)
  if (!read.ok) return read.error
  const again = read.value.scenario.run.setup
  if (same(again, { ...setup, workload: setup.workload ?? null })) return null
  const { field = '', values = ['', ''] } = firstDifference(again, setup) ?? {}
  return `its setup has ${values[1]} as ${field}, and a scenario only ${values[0]}`
}

function setupFile(lab: AnyLab, { config, network, disk, workload }: Setup<LabTypes>): Pick<ScenarioFile, 'setup'> {
  const usual = lab.defaults
  const { latency, ...links } = differences(network, usual.network)
  const { sync, ...rest } = differences(disk, usual.disk)
  const mistakes = lab.mistakes.filter((mistake) => hasMistake(lab, config, mistake)).map(({ name }) => name)
  const parts = {
    config: configFile(lab, config),
    mistakes,
    network: { ...links, ...(latency !== undefined && { latency: distributionFile(latency) }) },
    disk: { ...rest, ...(sync !== undefined && { sync: distributionFile(sync) }) },
    workload: workload ?? {},
  }
  const said = Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0))
  return Object.keys(said).length === 0 ? {} : { setup: said }
}

/** The settings that are not the lab's own. */
function configFile(lab: AnyLab, config: object): Record<string, unknown> {
  const changed = differences(config as Record<string, unknown>, lab.defaults.config as Record<string, unknown>)
  const said: Record<string, unknown> = {}
  for (const { key, kind } of lab.settings) {
    const value = changed[key]
    if (value !== undefined) said[key] = kind.type === 'duration' ? timeText(value as Micros) : value
  }
  return said
}

function commandFile({
  at,
  within,
  command,
}: Run<LabTypes>['commands'][number]): NonNullable<ScenarioFile['commands']>[number] {
  return { at: timeText(at), ...(within !== undefined && { within }), command: { ...command } }
}

function distributionFile(of: Distribution): DistributionFile {
  switch (of.type) {
    case 'constant':
      return timeText(of.value)
    case 'uniform':
      return { uniform: [timeText(of.min), timeText(of.max)] }
    case 'normal':
      return { normal: { mean: timeText(of.mean), deviation: timeText(of.deviation) } }
    case 'logNormal':
      return { logNormal: { median: timeText(of.median), sigma: of.sigma } }
    case 'exponential':
      return { exponential: { floor: timeText(of.floor), mean: timeText(of.mean) } }
  }
}

/** To the microsecond, in the largest unit that says it in whole numbers, or in seconds. */
function timeText(t: Micros): string {
  if (t % SECOND === 0) return `${t / SECOND}s`
  if (t % MS === 0 && t < 1_000 * SECOND) return `${t / MS}ms`
  if (t < SECOND) return `${t}us`
  return `${Math.floor(t / SECOND)}.${String(t % SECOND).padStart(6, '0')}s`
}

function differences<V extends object>(now: V, usual: V): Partial<V> {
  const changed = Object.entries(now).filter(([key, value]) => !same(value, (usual as Record<string, unknown>)[key]))
  return Object.fromEntries(changed) as Partial<V>
}
