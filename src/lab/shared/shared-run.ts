import type { Micros } from '../../base/units.ts'
import type { LabTypes, ProcessId, Run, Setup } from '../../kernel/types.ts'
import { canonical, same } from '../../check/plain.ts'
import { hashString } from '../../base/hash.ts'
import { type Branch, FIRST_BRANCH, sharedCommands } from '../branch.ts'
import type { Challenge } from '../challenge.ts'
import type { AnyLab } from '../definition.ts'
import type { Moment } from '../moment.ts'
import type { Expectation, Fired, Script } from '../script.ts'
import { defaultSetup } from '../setup.ts'
import type { Step } from '../steps.ts'
import type { SharedData } from './shape.ts'

/** A run that somebody hands on: the run itself, the moment that was on show, and the fingerprint that it had there. */
export interface SharedRun {
  run: Run<LabTypes>
  /** Null for a run that nobody has planned. */
  plan: SharedPlan | null
  /** The parts of the plan that came true. */
  fired: readonly Fired[]
  moment: Moment
  view: SharedView
  /** 16 hexadecimal digits, at the moment; null for a run that is kept for oneself and was never compared. */
  fingerprint: string | null
  futures: SharedFutures
  /** The run that it stands beside, in a comparison. */
  beside?: SharedBeside
}

/** A run that another one is compared with: of the same lab, and with the same plan. */
export interface SharedBeside {
  /** Of the run itself and of this one. */
  names: readonly [string, string]
  /** The branch that it is; null for one that was made for the comparison. */
  branch: number | null
  run: Run<LabTypes>
  fired: readonly Fired[]
  /** How far both are compared. */
  until: Micros
  moment: Moment
  /** 16 hexadecimal digits, at its moment. */
  fingerprint: string | null
}

/** What the future on show is called, and those beside it. */
export interface SharedFutures {
  name: string
  branches: readonly Branch[]
}

/** Of a run that was never acted on in its past. */
export const ONE_FUTURE: SharedFutures = { name: FIRST_BRANCH, branches: [] }

/** A scenario, as far as a run needs it. */
export interface SharedPlan {
  /** Of a ready-made one, `raft/leader-crash`; empty for one's own. */
  id: string
  title: string
  about: string
  until: Micros
  script: Script
  expectations: readonly Expectation[]
  /** Where a reader stops, of a ready-made one; no part of what is handed on. */
  steps?: readonly Step[]
  /** What is asked of the user, in a ready-made one. */
  challenge?: Challenge | null
}

/** What was on the page beside the run. */
export interface SharedView {
  panel: string | null
  selected: ProcessId | null
  /** Simulated seconds per second. */
  speed: number
}

/**
 * A shared run as plain data, without what is the lab's own anyway. A ready-made scenario is named, with a digest, unless
 * `whole` asks for all of it.
 */
export function dataOf(lab: AnyLab, shared: SharedRun, whole = false): SharedData {
  const { run, plan, fired, moment, view, fingerprint, futures, beside } = shared
  const format = formatOf(shared)
  const { engine, labVersion } = run
  return {
    netsplit: 'run',
    format,
    engine,
    lab: run.lab,
    labVersion,
    setup: setupData(lab, run.setup, whole),
    ...(run.commands.length > 0 && { commands: run.commands as never }),
    ...(plan !== null && { scenario: planData(plan, whole) }),
    ...(fired.length > 0 && { fired: fired as never }),
    moment,
    view: viewData(view),
    ...(fingerprint !== null && { fingerprint }),
    ...(format > 1 && { future: futures.name }),
    ...(futures.branches.length > 0 && { branches: futures.branches.map((each) => branchData(each, run.commands)) }),
    ...(beside !== undefined && { beside: besideData(lab, beside, run, whole) }),
  }
}

/** What a page of the first format can read is written in it. */
export function formatOf({ futures: { name, branches }, beside }: SharedRun): 1 | 2 | 3 {
  if (beside !== undefined) return 3
  return branches.length > 0 || name !== FIRST_BRANCH ? 2 : 1
}

function besideData(
  lab: AnyLab,
  { names: [its, other], branch, run, fired, until, moment, fingerprint }: SharedBeside,
  shown: Run<LabTypes>,
  whole: boolean,
): SharedData['beside'] {
  const shares = sharedCommands(run.commands, shown.commands)
  const rest = run.commands.slice(shares)
  return {
    names: [its, other],
    ...(branch !== null && { branch }),
    ...(!same(run.setup, shown.setup) && { setup: setupData(lab, run.setup, whole) }),
    ...(shares > 0 && { shares }),
    ...(rest.length > 0 && { commands: rest as never }),
    ...(fired.length > 0 && { fired: fired as never }),
    until,
    moment,
    ...(fingerprint !== null && { fingerprint }),
  }
}

type BranchData = NonNullable<SharedData['branches']>[number]

/** What it begins with together with the run on show is counted, not written twice. */
function branchData({ id, name, commands, fired, reached }: Branch, shown: Branch['commands']): BranchData {
  const shares = sharedCommands(commands, shown)
  const rest = commands.slice(shares)
  return {
    id,
    name,
    ...(shares > 0 && { shares }),
    ...(rest.length > 0 && { commands: rest as never }),
    ...(fired.length > 0 && { fired: fired as never }),
    reached,
  }
}

/** 8 hexadecimal digits over what a scenario does and expects. */
export function digestOf({ script, expectations, until }: SharedPlan): string {
  return (hashString(canonical([script, expectations, until])) >>> 0).toString(16).padStart(8, '0')
}

function planData(plan: SharedPlan, whole: boolean): SharedData['scenario'] {
  const { id, steps: _, challenge: __, ...own } = plan
  return id !== '' && !whole ? { id, digest: digestOf(plan) } : (own as never)
}

function viewData({ panel, selected, speed }: SharedView): SharedData['view'] {
  return {
    ...(panel !== null && { panel }),
    ...(selected !== null && { selected }),
    ...(Number.isFinite(speed) && { speed }),
  }
}

function setupData(lab: AnyLab, setup: Setup<LabTypes>, whole: boolean): SharedData['setup'] {
  const { seed, processes, config, network, disk, workload } = setup
  const servers = processes.filter(({ beside }) => beside === undefined).length
  const usual = defaultSetup<LabTypes>(lab, seed, usualNumber(lab, servers))
  const changed = <V extends object>(now: V, before: V): V => (whole ? now : differences(now, before)) as V
  return {
    seed,
    ...(same(processes, usual.processes) ? { servers } : { processes: processes as never }),
    config: changed(config, usual.config) as Record<string, unknown>,
    network: changed(network, usual.network),
    disk: changed(disk, usual.disk),
    ...(workload && { workload }),
  }
}

const usualNumber = ({ defaults }: AnyLab, servers: number): number =>
  Math.min(defaults.maxServers, Math.max(defaults.minServers, servers))

/** The fields that differ; of an object of switches, those that do. */
function differences(now: object, before: object): object {
  const usual = before as Record<string, unknown>
  const changed: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(now)) {
    if (same(value, usual[key])) continue
    changed[key] = isSwitches(value) && isSwitches(usual[key]) ? differences(value, usual[key]) : value
  }
  return changed
}

/** Those with a `type`, such as a distribution, are values. */
export const isSwitches = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('type' in value)
