import * as v from 'valibot'
import type { LabTypes, ProcessSetup, Setup } from '../../kernel/types.ts'
import { ENGINE_VERSION } from '../../kernel/version.ts'
import { parseCondition } from '../condition.ts'
import type { AnyLab, LabLoaders } from '../definition.ts'
import { clausesOf } from '../expectation.ts'
import { completeSetup } from '../planned-run.ts'
import type { Fired } from '../script.ts'
import { configProblem } from './config-problem.ts'
import type { Branch } from '../branch.ts'
import { FORMATS, headShape, isShallow, type SharedData, sharedShape } from './shape.ts'
import {
  digestOf,
  ONE_FUTURE,
  type SharedBeside,
  type SharedFutures,
  type SharedPlan,
  type SharedRun,
} from './shared-run.ts'

/** What is shared can be read, or one sentence says why not. */
export type SharedRead = { ok: true; value: ReadRun } | { ok: false; error: string; lab: AnyLab | null }

export interface ReadRun {
  lab: AnyLab
  shared: SharedRun
  /** Whether this page has the engine and the lab that the run was shared with. */
  sameVersion: boolean
  /** One sentence for each thing that is not as it was when the run was shared. */
  doubts: readonly string[]
}

/** Finds a ready-made scenario by its name; null if there is none. */
export type FindScenario = (id: string) => Promise<SharedPlan | null>

/**
 * Reads a shared run from plain data that may be anything. Nothing in it is executed: what it says is compared with what
 * this lab knows, field by field. `what` names it in the sentence: “This link”.
 */
export async function readShared(
  labs: LabLoaders,
  data: unknown,
  find: FindScenario,
  what: string,
): Promise<SharedRead> {
  if (!isShallow(data, DEEPEST)) return refuse(`${what} holds no run of this laboratory: it is too deep`, null)
  const head = v.safeParse(headShape, data)
  if (!head.success) return refuse(`${what} holds no run of this laboratory: ${issueText(head.issues[0])}`, null)
  const { format, engine, lab: id, labVersion } = head.output
  if (!FORMATS.some((known) => known === format)) return refuse(`${what} is in ${formatText(format)}`, null)
  const load = Object.hasOwn(labs, id) ? labs[id] : undefined
  if (load === undefined) {
    const known = Object.keys(labs).join(', ')
    return refuse(`${what} is about the lab “${id}”, which is not here: the labs of this page are ${known}`, null)
  }
  const lab = await load()
  const doubts = versionDoubts(lab, engine, labVersion, what)
  const shape = v.safeParse(sharedShape, data)
  const problem = shape.success ? contentProblem(lab, shape.output) : issueText(shape.issues[0])
  if (problem !== null) {
    const why = doubts.length > 0 ? ` ${doubts.join(' ')}` : ''
    return refuse(`${what} cannot be opened: ${problem}.${why} The lab itself can be opened afresh`, lab)
  }
  // The very data, not the checked copy: a run's own order of fields is kept.
  return await assemble(lab, data as SharedData, find, doubts)
}

/** Levels of what is read: an operation or a claim within a command or a scenario. */
const DEEPEST = 40

async function assemble(lab: AnyLab, data: SharedData, find: FindScenario, known: string[]): Promise<SharedRead> {
  const doubts = known.slice()
  const plan = await planOf(data, find, doubts)
  const { panel = null, selected = null, speed = Number.POSITIVE_INFINITY } = data.view ?? {}
  const { engine, labVersion, moment, fingerprint = null } = data
  const shared: SharedRun = {
    run: { format: 1, engine, lab: lab.id, labVersion, setup: setupOf(lab, data.setup), commands: commandsOf(data) },
    plan,
    fired: plan === null ? [] : ((data.fired ?? []) as readonly Fired[]),
    moment,
    view: { panel, selected, speed },
    fingerprint,
    futures: futuresOf(data, plan !== null),
    ...(data.beside && { beside: besideOf(lab, data, data.beside, plan !== null) }),
  }
  return { ok: true, value: { lab, shared, sameVersion: known.length === 0, doubts } }
}

/** `isPlanned`: without its plan, nothing of it has come true. */
function futuresOf(data: SharedData, isPlanned: boolean): SharedFutures {
  const { future = ONE_FUTURE.name, branches = [] } = data
  const shown = commandsOf(data)
  const branchOf = ({
    id,
    name,
    shares = 0,
    commands = [],
    fired = [],
    reached,
  }: (typeof branches)[number]): Branch => ({
    id,
    name,
    commands: [...shown.slice(0, shares), ...(commands as typeof shown)],
    fired: isPlanned ? (fired as Branch['fired']) : [],
    reached,
  })
  return { name: future, branches: branches.map(branchOf) }
}

/** The run that it is compared with. */
function besideOf(
  lab: AnyLab,
  data: SharedData,
  { names, setup, shares = 0, commands = [], fired = [], until, moment, ...rest }: BesideData,
  isPlanned: boolean,
): SharedBeside {
  const all = [...commandsOf(data).slice(0, shares), ...(commands as SharedRun['run']['commands'])]
  const { engine, labVersion } = data
  const run = {
    format: 1,
    engine,
    lab: lab.id,
    labVersion,
    setup: setupOf(lab, setup ?? data.setup),
    commands: all,
  } as const
  const { branch = null, fingerprint = null } = rest as { branch?: number; fingerprint?: string }
  const done = isPlanned ? (fired as readonly Fired[]) : []
  return { names, branch, run, fired: done, until, moment, fingerprint }
}

type BesideData = NonNullable<SharedData['beside']>

/** In words, that it is none of those which this page reads. */
export const formatText = (format: number | string): string =>
  `format ${format}, and this page reads formats ${FORMATS.slice(0, -1).join(', ')} and ${FORMATS.at(-1)}: a newer page can open it`

function versionDoubts(lab: AnyLab, engine: string, labVersion: string, what: string): string[] {
  if (engine === ENGINE_VERSION && labVersion === lab.version) return []
  const theirs = `engine ${engine} and ${lab.about.title} ${labVersion}`
  const ours = `engine ${ENGINE_VERSION} and ${lab.about.title} ${lab.version}`
  return [
    `${what} was made by ${theirs}, and this page has ${ours}: setup and commands hold, but the run may take another course.`,
  ]
}

async function planOf(data: SharedData, find: FindScenario, doubts: string[]): Promise<SharedPlan | null> {
  const { scenario } = data
  if (scenario === undefined) return null
  if (!('id' in scenario)) return { id: '', ...scenario } as SharedPlan
  const plan = await find(scenario.id)
  if (plan !== null && digestOf(plan) === scenario.digest) return plan
  doubts.push(
    plan === null
      ? `Its scenario “${scenario.id}” is not here: all that was done so far holds, but nothing more is planned.`
      : `Its scenario “${plan.title}” has changed since: all that was done so far holds, but nothing more is planned.`,
  )
  return null
}

/** What the shape cannot say: whether this lab knows it. */
function contentProblem(lab: AnyLab, data: SharedData): string | null {
  const { setup, commands = [], scenario, fired = [], branches = [], beside } = data
  return (
    processesProblem(lab, setup) ??
    configProblem(lab, setup.config ?? {}, 'setup.config') ??
    commandsProblem(lab, commands) ??
    (scenario !== undefined && 'script' in scenario
      ? planProblem(lab, scenario as Pick<SharedPlan, 'script' | 'expectations'>)
      : null) ??
    firedProblem(fired) ??
    branchesProblem(lab, branches, commands) ??
    (beside === undefined ? null : besideProblem(lab, beside, commands))
  )
}

function besideProblem(
  lab: AnyLab,
  { setup, shares = 0, commands = [], fired = [] }: BesideData,
  shown: NonNullable<SharedData['commands']>,
): string | null {
  if (shares > shown.length) return `beside.shares: expected at most ${shown.length}, found ${shares}`
  const problem =
    (setup === undefined
      ? null
      : (processesProblem(lab, setup) ?? configProblem(lab, setup.config ?? {}, 'setup.config'))) ??
    commandsProblem(lab, [...shown.slice(0, shares), ...commands], shares) ??
    firedProblem(fired)
  return problem === null ? null : `beside.${problem}`
}

function branchesProblem(
  lab: AnyLab,
  branches: NonNullable<SharedData['branches']>,
  shown: NonNullable<SharedData['commands']>,
): string | null {
  const ids = new Set(branches.map(({ id }) => id))
  if (ids.size < branches.length) return 'branches: two of them have the same id'
  return firstProblem(branches, ({ shares = 0, commands = [], fired = [] }, i) => {
    if (shares > shown.length) return `branches[${i}].shares: expected at most ${shown.length}, found ${shares}`
    const problem = commandsProblem(lab, [...shown.slice(0, shares), ...commands], shares) ?? firedProblem(fired)
    return problem === null ? null : `branches[${i}].${problem}`
  })
}

/** The first `known` of them were looked at before, and are not counted. */
function commandsProblem(lab: AnyLab, commands: NonNullable<SharedData['commands']>, known = 0): string | null {
  return firstProblem(commands, ({ at, command }, i) => {
    if (i < known) return null
    const place = `commands[${i - known}]`
    if (at < (commands[i - 1]?.at ?? 0)) return `${place}.at: lies before the command above it; time does not go back`
    return command.type === 'configure' ? configProblem(lab, command.config, `${place}.command.config`) : null
  })
}

const firedProblem = (fired: NonNullable<SharedData['fired']>): string | null =>
  firstProblem(fired, ({ index }, i) =>
    index === i ? null : `fired[${i}].index: expected ${i}, for parts come true one after the other, found ${index}`,
  )

function processesProblem(lab: AnyLab, { processes, servers }: SharedData['setup']): string | null {
  const { minServers, maxServers } = lab.defaults
  if (processes === undefined) {
    const count = servers ?? lab.defaults.servers
    if (count >= minServers && count <= maxServers) return null
    return `setup.servers: expected ${minServers} to ${maxServers}, found ${count}`
  }
  if (processes.length === 0) return 'setup.processes: expected at least one'
  const ids = new Set<string>()
  for (const [i, { id, role }] of processes.entries()) {
    if (ids.has(id)) return `setup.processes[${i}].id: there is a process called ${id} already`
    if (!Object.hasOwn(lab.protocol.roles, role))
      return `setup.processes[${i}].role: expected one of ${Object.keys(lab.protocol.roles).join(', ')}, found “${role}”`
    ids.add(id)
  }
  return null
}

function planProblem(
  lab: AnyLab,
  { script, expectations }: Pick<SharedPlan, 'script' | 'expectations'>,
): string | null {
  const said = [
    ...script.flatMap(({ when, unless }) => [
      ...(when === null ? [] : [when]),
      ...(unless === undefined ? [] : [unless]),
    ]),
    ...expectations.flatMap(({ claim }) => clausesOf(claim).map(({ condition }) => condition)),
  ]
  return firstProblem(said, (condition) => {
    const read = parseCondition(lab, condition)
    return read.ok ? null : `scenario: ${read.error}`
  })
}

function firstProblem<T>(items: readonly T[], problem: (item: T, i: number) => string | null): string | null {
  for (const [i, item] of items.entries()) {
    const found = problem(item, i)
    if (found !== null) return found
  }
  return null
}

function setupOf(lab: AnyLab, setup: SharedData['setup']): Setup<LabTypes> {
  const { seed, servers, processes, config = {}, network = {}, disk = {}, workload = null } = setup
  return completeSetup<LabTypes>(lab, {
    seed,
    ...(processes === undefined
      ? { servers: servers ?? lab.defaults.servers }
      : { processes: processes as readonly ProcessSetup[] }),
    config,
    network: network as Partial<Setup<LabTypes>['network']>,
    disk: disk as Partial<Setup<LabTypes>['disk']>,
    workload,
  })
}

const commandsOf = ({ commands = [] }: SharedData) => commands as SharedRun['run']['commands']

const refuse = (error: string, lab: AnyLab | null): SharedRead => ({ ok: false, error, lab })

/** Where, what was expected and what was found. */
export function issueText(issue: v.BaseIssue<unknown>): string {
  const deepest = innermost(issue)
  const path = (deepest.path ?? []).reduce(
    (text, { key }) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key).slice(0, 60)}`,
    '',
  )
  const expected = deepest.message.startsWith('expected')
    ? deepest.message
    : `expected ${deepest.expected ?? 'no such thing'}`
  const words = expected.includes('found') ? expected : `${expected}, found ${foundText(deepest.input)}`
  return path === '' ? words : `${path}: ${words.slice(0, 500)}`
}

/** A union says only that nothing fitted; what got furthest says why. */
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const inner = issue.issues?.find(({ path }) => (path?.length ?? 0) > 0)
  return inner === undefined
    ? issue
    : innermost({ ...inner, path: [...(issue.path ?? []), ...(inner.path ?? [])] as never })
}

function foundText(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
}
