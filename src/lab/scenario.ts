import { fail, ok, type Result } from '../base/result.ts'
import type { Distribution } from '../base/random.ts'
import { parseDuration, type Micros } from '../base/units.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, Run, Setup } from '../kernel/types.ts'
import { namedProcesses, parseCondition } from './condition.ts'
import { readConfig } from './config.ts'
import type { AnyLab, LabLoaders } from './definition.ts'
import { readExpectation } from './expectation.ts'
import { checkShape, type DistributionFile, type ScenarioFile } from './scenario-schema.ts'
import type { Expectation, Script, ScriptCommand, ScriptPart } from './script.ts'
import { readScriptCommand } from './script-command.ts'
import { defaultSetup, freshRun } from './setup.ts'

/** A scenario that has been read: a run, what happens in it, what is said, and what is expected. */
export interface Scenario {
  title: string
  about: string
  run: Run<LabTypes>
  script: Script
  expectations: readonly Expectation[]
  /** The instant at which it ends. */
  until: Micros
  /** It expects a violation, so that one does not fail it. */
  expectsViolation: boolean
}

/** Finds the lab that a scenario names, and reads it. Errors are one sentence: the field, what was found and expected. */
export async function readScenario(
  labs: LabLoaders,
  value: unknown,
  change: { seed?: number } = {},
): Promise<Result<{ lab: AnyLab; scenario: Scenario }>> {
  const shape = checkShape(value)
  if (!shape.ok) return shape
  const load = Object.hasOwn(labs, shape.value.lab) ? labs[shape.value.lab] : undefined
  if (load === undefined) {
    return fail(`lab: there is no lab called “${shape.value.lab}”; expected one of ${Object.keys(labs).join(', ')}`)
  }
  const lab = await load()
  const scenario = interpret(lab, { ...shape.value, ...change })
  return scenario.ok ? ok({ lab, scenario: scenario.value }) : scenario
}

function interpret(lab: AnyLab, file: ScenarioFile): Result<Scenario> {
  const setup = readSetup(lab, file)
  if (!setup.ok) return setup
  const run = freshRun<LabTypes>(lab, setup.value)
  const until = micros(file.until)
  const script = readScript(lab, file, run, until)
  if (!script.ok) return script
  const expectations = readExpectations(lab, file, run, until)
  if (!expectations.ok) return expectations
  return ok({
    title: file.title,
    about: file.about ?? '',
    run,
    script: script.value,
    expectations: expectations.value,
    until,
    expectsViolation: expectations.value.some(({ condition }) => condition.includes('violation')),
  })
}

function readSetup(lab: AnyLab, file: ScenarioFile): Result<Setup<LabTypes>> {
  const { minServers, maxServers } = lab.defaults
  const servers = file.servers ?? lab.defaults.servers
  if (servers < minServers || servers > maxServers) {
    return fail(`servers: expected ${minServers} to ${maxServers}, found ${servers}`)
  }
  const base: Setup<LabTypes> = defaultSetup(lab, file.seed, servers)
  const config = readConfig(lab, file.setup?.config ?? {}, file.setup?.mistakes ?? [])
  if (!config.ok) return config
  const { latency, ...network } = file.setup?.network ?? {}
  const { sync, ...disk } = file.setup?.disk ?? {}
  return ok({
    ...base,
    config: config.value,
    network: { ...base.network, ...defined(network), ...(latency && { latency: readDistribution(latency) }) },
    disk: { ...base.disk, ...defined(disk), ...(sync && { sync: readDistribution(sync) }) },
    workload: file.setup?.workload ? { ...lab.defaults.workload, ...defined(file.setup.workload) } : null,
  })
}

function readScript(lab: AnyLab, file: ScenarioFile, run: Run<LabTypes>, until: Micros): Result<Script> {
  // Any process will do for an alias while nothing has happened yet: only the form is checked here.
  const anyone = run.setup.processes[0]?.id ?? ''
  const aliases = Object.fromEntries(Object.keys(lab.aliases).map((name) => [name, () => anyone]))
  const world = new Simulation<LabTypes>(lab, run)
  const parts: ScriptPart[] = []
  let last = 0
  for (const [i, part] of (file.script ?? []).entries()) {
    const field = `script[${i}]`
    if (part.at === undefined && part.when === undefined) return fail(`${field}: expected “at” or “when”`)
    const at = part.at === undefined ? null : micros(part.at)
    if (at !== null && at < last)
      return fail(`${field}.at: ${part.at} lies before the part above it; time does not go back`)
    if (at !== null && at > until)
      return fail(`${field}.at: ${part.at} lies after the end of the scenario (until: ${file.until})`)
    last = at ?? last
    if (part.when !== undefined) {
      const why = conditionProblem(lab, part.when, run)
      if (why !== null) return fail(`${field}.when: ${why}`)
    }
    const commands: ScriptCommand[] = part.do === undefined ? [] : Array.isArray(part.do) ? part.do : [part.do]
    for (const [k, command] of commands.entries()) {
      const read = readScriptCommand({ ...lab, aliases }, command, world)
      if (!read.ok) return fail(`${field}.do${Array.isArray(part.do) ? `[${k}]` : ''}: ${read.error}`)
    }
    parts.push({
      at,
      when: part.when ?? null,
      delay: part.delay === undefined ? 0 : micros(part.delay),
      title: part.title ?? null,
      say: part.say ?? null,
      do: commands,
    })
  }
  return ok(parts)
}

function readExpectations(lab: AnyLab, file: ScenarioFile, run: Run<LabTypes>, until: Micros): Result<Expectation[]> {
  const found: Expectation[] = []
  for (const [i, said] of (file.expect ?? []).entries()) {
    const read = readExpectation(said, until)
    if (!read.ok) return fail(`expect[${i}]: ${read.error}`)
    const why = conditionProblem(lab, read.value.condition, run)
    if (why !== null) return fail(`expect[${i}]: ${why}`)
    found.push(read.value)
  }
  return ok(found)
}

/** What is wrong with a condition for this cluster, or null. */
export function conditionProblem(lab: AnyLab, text: string, run: Pick<Run<LabTypes>, 'setup'>): string | null {
  const condition = parseCondition(lab, text)
  if (!condition.ok) return condition.error
  const known = new Set([...run.setup.processes.map((p) => p.id), ...Object.keys(lab.aliases)])
  const stranger = namedProcesses(condition.value).find((id) => !known.has(id))
  return stranger === undefined ? null : `there is no process called ${stranger} in “${text}”`
}

function readDistribution(said: DistributionFile): Distribution {
  if (typeof said === 'string') return { type: 'constant', value: micros(said) }
  if ('uniform' in said) {
    const [min, max] = said.uniform.map(micros) as [Micros, Micros]
    return { type: 'uniform', min: Math.min(min, max), max: Math.max(min, max) }
  }
  if ('normal' in said)
    return { type: 'normal', mean: micros(said.normal.mean), deviation: micros(said.normal.deviation) }
  if ('logNormal' in said)
    return { type: 'logNormal', median: micros(said.logNormal.median), sigma: said.logNormal.sigma }
  return { type: 'exponential', floor: micros(said.exponential.floor), mean: micros(said.exponential.mean) }
}

/** The schema has seen to it that this is a time with its unit. */
const micros = (text: string): Micros => parseDuration(text) as Micros

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
