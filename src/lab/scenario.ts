import type { Result } from '../base/result.ts'
import type { Distribution } from '../base/random.ts'
import { parseDuration, SECOND, type Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, ProcessSetup, Run, Setup } from '../kernel/types.ts'
import type { Challenge } from './challenge.ts'
import { type Condition, namesIn, parseCondition, speaksOfViolation } from './condition.ts'
import { readConfig } from './config.ts'
import type { AnyLab, LabLoaders } from './definition.ts'
import { clausesOf, readExpectation } from './expectation.ts'
import { HISTORY } from './house-predicates.ts'
import {
  checkShape,
  type DistributionFile,
  type PartFile,
  pathText,
  type ScenarioFile,
  workloadProblem,
} from './scenario-schema.ts'
import type { Path } from './scenario-text.ts'
import type { Claim, Expectation, Script, ScriptCommand, ScriptPart } from './script.ts'
import { configProblem } from './shared/config-problem.ts'
import { issueText } from './shared/read.ts'
import { commandProblem } from './shared/shape.ts'
import { readScriptCommand } from './script-command.ts'
import { defaultSetup, freshRun } from './setup.ts'
import { partsOf, readSteps, type Said, type Step } from './steps.ts'

/** A scenario that has been read: a run, what happens in it, what is said, and what is expected. */
export interface Scenario {
  title: string
  about: string
  run: Run<LabTypes>
  /** What it says is true of its own seed alone. */
  fixedSeed: boolean
  script: Script
  /** Where a reader stops, with words; none in a scenario that plays by itself. */
  steps: readonly Step[]
  /** Of a task, what is asked; its goal is the first expectation. */
  challenge: Challenge | null
  expectations: readonly Expectation[]
  /** The instant at which it ends. */
  until: Micros
  /** It expects a violation, so that one does not fail it. */
  expectsViolation: boolean
}

/** A scenario and its lab; or one sentence that names the field, what was found and what was expected, and where that is. */
export type ScenarioRead =
  | { ok: true; value: { lab: AnyLab; scenario: Scenario } }
  | { ok: false; error: string; path: Path }

/** Finds the lab that a scenario names, and reads it. */
export async function readScenario(
  labs: LabLoaders,
  value: unknown,
  change: { seed?: number } = {},
): Promise<ScenarioRead> {
  const shape = checkShape(value)
  if (!shape.ok) return refuse(shape.problem.path, shape.problem.why)
  const load = Object.hasOwn(labs, shape.value.lab) ? labs[shape.value.lab] : undefined
  if (load === undefined) {
    return refuse(['lab'], `expected one of ${Object.keys(labs).join(', ')}, found “${shape.value.lab.slice(0, 60)}”`)
  }
  const lab = await load()
  const scenario = interpret(lab, { ...shape.value, ...change })
  return scenario.ok ? done({ lab, scenario: scenario.value }) : scenario
}

/** The same of a lab that is here already, at once: what a hunt reads hundreds of times a second. */
export function readScenarioOf(lab: AnyLab, value: unknown): ScenarioRead {
  const shape = checkShape(value)
  if (!shape.ok) return refuse(shape.problem.path, shape.problem.why)
  if (shape.value.lab !== lab.id) return refuse(['lab'], `expected ${lab.id}, found “${shape.value.lab.slice(0, 60)}”`)
  const scenario = interpret(lab, shape.value)
  return scenario.ok ? done({ lab, scenario: scenario.value }) : scenario
}

type Read<T> = { ok: true; value: T } | Refused
const done = <T>(value: T): Read<T> => ({ ok: true, value })
type Refused = { ok: false; error: string; path: Path }

function refuse(path: Path, why: string): Refused {
  return { ok: false, error: `${path.length === 0 ? 'the file' : pathText(path)}: ${why}`, path }
}

function interpret(lab: AnyLab, file: ScenarioFile): Read<Scenario> {
  const setup = readSetup(lab, file)
  if (!setup.ok) return setup
  const until = micros(file.until)
  if (until > LONGEST) return refuse(['until'], `expected at most 1440min, found “${file.until}”`)
  const commands = readCommands(lab, file, until)
  if (!commands.ok) return commands
  const fresh = freshRun<LabTypes>(lab, setup.value)
  if (file.steps !== undefined && file.script !== undefined)
    return refuse(['script'], 'expected a script or steps, found both')
  const { said, places } =
    file.steps === undefined ? { said: ownParts(file.script ?? []), places: [] } : partsOf(file.steps)
  const read = readScript(lab, said, fresh, { until, text: file.until })
  if (!read.ok) return read
  const { script, processes } = read.value
  const names = new Set(script.flatMap((part) => part.do.flatMap(({ as }) => (typeof as === 'string' ? [as] : []))))
  const known: Known = { lab, processes, names }
  const why = conditionsProblem(said, known)
  if (why !== null) return why
  const steps = readSteps(file.steps ?? [], places, processes)
  if (!steps.ok) return refuse(steps.path, steps.error)
  const unclear = questionsProblem(steps.value, known)
  if (unclear !== null) return unclear
  const expectations = readExpectations(file, known, until)
  if (!expectations.ok) return expectations
  const { title, about = '', fixedSeed = false } = file
  const run = { ...fresh, commands: commands.value }
  const challenge = readChallenge(file, expectations.value.expectations)
  return done({ title, about, run, fixedSeed, script, steps: steps.value, challenge, until, ...expectations.value })
}

function readChallenge({ challenge }: ScenarioFile, [goal]: readonly Expectation[]): Challenge | null {
  if (challenge === undefined || goal === undefined) return null
  const tools = Object.entries(defined(challenge.tools)).map(([tool, most]) => [tool, most === 'any' ? null : most])
  return {
    goal: goal.text,
    tools: Object.fromEntries(tools) as Challenge['tools'],
    hints: challenge.hints ?? [],
    impossible: challenge.impossible ?? null,
  }
}

const ownParts = (script: readonly PartFile[]): Said[] => script.map((part, i) => ({ part, path: ['script', i] }))

/** A simulated day. */
const LONGEST: Micros = 24 * 60 * 60 * SECOND

function readSetup(lab: AnyLab, file: ScenarioFile): Read<Setup<LabTypes>> {
  const { minServers, maxServers } = lab.defaults
  const servers = file.servers ?? lab.defaults.servers
  if (servers < minServers || servers > maxServers) {
    return refuse(['servers'], `expected ${minServers} to ${maxServers}, found ${servers}`)
  }
  const base: Setup<LabTypes> = defaultSetup(lab, file.seed, servers)
  const config = readConfig(lab, file.setup?.config ?? {}, file.setup?.mistakes ?? [])
  if (!config.ok) return configRefused(config.error)
  const { latency, ...network } = file.setup?.network ?? {}
  const { sync, ...disk } = file.setup?.disk ?? {}
  const reversed = reversedBounds(latency, 'network', 'latency') ?? reversedBounds(sync, 'disk', 'sync')
  if (reversed !== null) return reversed
  return done({
    ...base,
    config: config.value,
    network: { ...base.network, ...defined(network), ...(latency && { latency: readDistribution(latency) }) },
    disk: { ...base.disk, ...defined(disk), ...(sync && { sync: readDistribution(sync) }) },
    workload: file.setup?.workload ? { ...lab.defaults.workload, ...defined(file.setup.workload) } : null,
  })
}

/** The reader of configurations says in words where it is: `setup.config.electionTimeoutMin: …`. */
function configRefused(error: string): Refused {
  const colon = error.indexOf(': ')
  return { ok: false, error, path: error.slice(0, colon).split('.') }
}

/** What is done at exact instants, in the engine's own words. */
function readCommands(lab: AnyLab, file: ScenarioFile, until: Micros): Read<Run<LabTypes>['commands']> {
  let last = 0
  const commands: Run<LabTypes>['commands'][number][] = []
  for (const [i, { at: said, within, command }] of (file.commands ?? []).entries()) {
    const at = micros(said)
    const why = timeProblem(at, last, until, file.until, 'command')
    if (why !== null) return refuse(['commands', i, 'at'], `${said} ${why}`)
    last = at
    const issue = commandProblem(command)
    if (issue !== null) return refuse(['commands', i, 'command'], issueText(issue))
    const known = command as unknown as Command<LabTypes>
    const wrong =
      known.type === 'configure' ? configProblem(lab, known.config as Record<string, unknown>, 'config') : null
    if (wrong !== null) return refuse(['commands', i, 'command'], wrong)
    commands.push({ at, ...(within !== undefined && { within }), command: known })
  }
  return done(commands)
}

interface ReadScript {
  script: Script
  /** All that there will be, those included that join. */
  processes: readonly ProcessSetup[]
}

function readScript(
  lab: AnyLab,
  said: readonly Said[],
  run: Run<LabTypes>,
  end: { until: Micros; text: string },
): Read<ReadScript> {
  if (said.length === 0) return done({ script: [], processes: run.setup.processes })
  // Any process will do for an alias while nothing has happened yet: only the form is checked here.
  const anyone = run.setup.processes[0]?.id ?? ''
  const aliases = Object.fromEntries(Object.keys(lab.aliases).map((name) => [name, () => anyone]))
  const world = new Simulation<LabTypes>(lab, run)
  const parts: ScriptPart[] = []
  let last = 0
  for (const { part, path } of said) {
    if (part.at === undefined && part.when === undefined && path[0] === 'script') {
      return refuse(path, 'expected “at” or “when”, found neither')
    }
    const at = part.at === undefined ? null : micros(part.at)
    const why = at === null ? null : timeProblem(at, last, end.until, end.text)
    if (why !== null) return refuse([...path, 'at'], `${part.at} ${why}`)
    last = at ?? last
    const commands: ScriptCommand[] = part.do === undefined ? [] : Array.isArray(part.do) ? part.do : [part.do]
    for (const [k, command] of commands.entries()) {
      const read = readScriptCommand({ ...lab, aliases }, command, world)
      const wrong = read.ok ? workloadRefusal(read.value, command) : read.error
      if (wrong !== null) return refuse([...path, 'do', ...(Array.isArray(part.do) ? [k] : [])], wrong)
      // What follows may speak of it.
      if (read.ok && read.value.type === 'join') world.apply(read.value)
    }
    parts.push({
      at,
      when: part.when ?? null,
      delay: part.delay === undefined ? 0 : micros(part.delay),
      title: part.title ?? null,
      say: part.say ?? null,
      do: commands,
      ...(part.unless !== undefined && { unless: part.unless }),
    })
  }
  return done({ script: parts, processes: world.processes })
}

/** What is wrong with the workload that a command sets, if it sets one: at run time it is taken as it is. */
function workloadRefusal(read: Command<LabTypes>, said: ScriptCommand): string | null {
  if (read.type !== 'workload' || read.workload === null) return null
  const why = workloadProblem(said['workload'])
  return why === null ? null : `workload${why}`
}

function timeProblem(at: Micros, last: Micros, until: Micros, end: string, what = 'part'): string | null {
  if (at < last) return `lies before the ${what} above it; time does not go back`
  return at > until ? `lies after the end of the scenario (until: ${end})` : null
}

/** What a condition may name. */
interface Known {
  lab: AnyLab
  processes: readonly ProcessSetup[]
  /** Of operations, given by `as`. */
  names: ReadonlySet<string>
}

function conditionsProblem(said: readonly Said[], known: Known): Refused | null {
  for (const { part, path } of said) {
    for (const field of ['when', 'unless'] as const) {
      const text = part[field]
      const read = text === undefined ? null : readCondition(text, known)
      if (read !== null && !read.ok) return refuse([...path, field], read.error)
    }
  }
  return null
}

function questionsProblem(steps: readonly Step[], known: Known): Refused | null {
  for (const [i, { questions }] of steps.entries()) {
    for (const [k, { choices }] of questions.entries()) {
      for (const { when } of choices) {
        const read = readCondition(when, known)
        if (!read.ok) return refuse(['steps', i, 'questions', k], read.error)
      }
    }
  }
  return null
}

function readExpectations(
  file: ScenarioFile,
  known: Known,
  until: Micros,
): Read<Pick<Scenario, 'expectations' | 'expectsViolation'>> {
  const expectations: Expectation[] = []
  let expectsViolation = false
  const goals = file.challenge === undefined ? [] : [{ said: file.challenge.goal, path: ['challenge', 'goal'] }]
  const said = (file.expect ?? []).map((said, i) => ({ said, path: ['expect', i] }))
  for (const { said: text, path } of [...goals, ...said]) {
    const read = readExpectation(text, until)
    if (!read.ok) return refuse(path, read.error)
    for (const { condition, mode } of clausesOf(read.value.claim)) {
      const found = readCondition(condition, known)
      if (!found.ok) return refuse(path, found.error)
      expectsViolation ||= mode === 'eventually' && speaksOfViolation(found.value)
    }
    expectations.push({ ...read.value, claim: lasting(read.value.claim) })
  }
  return done({ expectations, expectsViolation })
}

/** A history that is bad stays bad, and an empty one is good: that it is good at some moment says nothing. */
function lasting(claim: Claim): Claim {
  if (claim.type !== 'clause') return { ...claim, parts: claim.parts.map(lasting) }
  return claim.condition === HISTORY ? { ...claim, mode: 'always' } : claim
}

/** A condition all of whose names this cluster and this scenario know. */
function readCondition(text: string, known: Known): Result<Condition> {
  const condition = parseCondition(known.lab, text)
  if (!condition.ok) return condition
  for (const { slot, name } of namesIn(condition.value)) {
    const why = nameProblem(slot, name, known)
    if (why !== null) return { ok: false, error: `${why} in “${text}”` }
  }
  return condition
}

function nameProblem(slot: string, name: string, { lab, processes, names }: Known): string | null {
  const isProcess = Object.hasOwn(lab.aliases, name) || processes.some(({ id }) => id === name)
  switch (slot) {
    case 'SERVER':
    case 'CLIENT':
    case 'PROCESS': {
      if (!isProcess) return `there is no process called ${name}`
      const role = processes.find(({ id }) => id === name)?.role ?? slot.toLowerCase()
      return slot === 'PROCESS' || role === slot.toLowerCase() ? null : `${name} is no ${slot.toLowerCase()}`
    }
    case 'OPERATION': {
      const isNumbered = /^.+#\d+$/.test(name) && processes.some(({ id }) => name.startsWith(`${id}#`))
      if (isNumbered || names.has(name)) return null
      const given = names.size === 0 ? '' : ` or ${[...names].join(', ')}`
      return `there is no operation called ${name}; expected the likes of c1#2${given}`
    }
    case 'MONITOR':
      if (lab.monitors.some((monitor) => monitor.name === name)) return null
      return `there is no monitor called “${name}”; expected one of ${lab.monitors.map((m) => m.name).join(', ')}`
    default:
      return null
  }
}

function reversedBounds(said: DistributionFile | undefined, ...path: string[]): Refused | null {
  if (said === undefined || typeof said === 'string' || !('uniform' in said)) return null
  const [min, max] = said.uniform
  if (micros(min) <= micros(max)) return null
  return refuse(['setup', ...path, 'uniform'], `expected the smaller time first, found “${min}” before “${max}”`)
}

function readDistribution(said: DistributionFile): Distribution {
  if (typeof said === 'string') return { type: 'constant', value: micros(said) }
  if ('uniform' in said) {
    const [min, max] = said.uniform.map(micros) as [Micros, Micros]
    return { type: 'uniform', min, max }
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
