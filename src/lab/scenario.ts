import { type Micros, SECOND } from '../base/units.ts'
import type { LabTypes, Run } from '../kernel/types.ts'
import type { Challenge } from './challenge.ts'
import type { AnyLab, LabLoaders } from './definition.ts'
import { conditionsProblem, type Known, questionsProblem, readExpectations } from './scenario-conditions.ts'
import { defined, done, micros, type Read, refuse } from './scenario-read.ts'
import { checkShape, type PartFile, type ScenarioFile } from './scenario-schema.ts'
import { readCommands, readScript } from './scenario-script.ts'
import { readSetup } from './scenario-setup.ts'
import type { Path } from './scenario-text.ts'
import type { Expectation, Script } from './script.ts'
import { freshRun } from './setup.ts'
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
