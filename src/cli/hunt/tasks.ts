import type { Broken } from '../../hunt/chase.ts'
import { runToEnd } from '../../engine/run-scenario.ts'
import { explore } from '../../hunt/explore.ts'
import type { Quarry } from '../../hunt/plan.ts'
import { nameOf, scenarioOf } from '../../hunt/report.ts'
import { commandCount, shrink } from '../../hunt/shrink.ts'
import { readScenario } from '../../lab/scenario.ts'
import type { ScenarioFile } from '../../lab/scenario-schema.ts'
import { BadInput } from '../bad-input.ts'
import { hintsOnDisk, labsOnDisk } from '../loaders.ts'

/** What is hunted, in words that can be sent to another process. */
export interface QuarryNames {
  lab: string
  faults: string | null
  mistake: string | null
}

/** Many seeds to run, or one to shrink. */
export type HuntTask =
  | { type: 'explore'; quarry: QuarryNames; seeds: readonly number[] }
  | { type: 'shrink'; quarry: QuarryNames; seed: number }

export type HuntAnswer =
  | { type: 'explored'; runs: number; events: number; undecided: number; found: readonly Found[] }
  | { type: 'shrunk'; kept: Kept }

/** A seed whose run broke something. */
export interface Found extends Broken {
  seed: number
  commands: number
}

/** The smallest scenario found for a seed. */
export interface Kept {
  seed: number
  monitor: string
  text: string
  name: string
  scenario: ScenarioFile
  commands: { before: number; after: number }
  servers: { before: number; after: number }
  runs: number
  /** Whether the scenario, run as anybody would run it, ends as it says. */
  confirmed: boolean
}

export async function quarryOf({ lab: name, faults, mistake }: QuarryNames): Promise<Quarry> {
  const load = labsOnDisk()[name]
  if (load === undefined) throw new BadInput(`there is no lab called ${name}`)
  return { lab: await load(), hints: await hintsOnDisk(name), faults, mistake }
}

export async function carryOut(task: HuntTask): Promise<HuntAnswer> {
  const quarry = await quarryOf(task.quarry)
  return task.type === 'explore'
    ? exploreAll(quarry, task.seeds)
    : { type: 'shrunk', kept: await keep(quarry, task.seed) }
}

async function exploreAll(quarry: Quarry, seeds: readonly number[]): Promise<HuntAnswer> {
  const found: Found[] = []
  let events = 0
  let undecided = 0
  for (const seed of seeds) {
    const run = await explore(quarry, seed)
    events += run.events
    if (run.undecided) undecided++
    if (run.broken !== null) found.push({ ...run.broken, seed, commands: commandCount(run.file) })
  }
  return { type: 'explored', runs: seeds.length, events, undecided, found }
}

async function keep(quarry: Quarry, seed: number): Promise<Kept> {
  const explored = await explore(quarry, seed)
  const shrunk = await shrink(quarry, explored)
  const scenario = scenarioOf(quarry, shrunk, explored.healAt)
  const { broken, commands, servers, runs } = shrunk
  const { monitor, text } = broken
  const confirmed = await isAsSaid(quarry, scenario, monitor)
  return { seed, monitor, text, name: nameOf(quarry, shrunk), scenario, commands, servers, runs, confirmed }
}

/** Runs the scenario with all that a user has: it passes with the mistake, and fails without one. */
async function isAsSaid({ lab, mistake }: Quarry, file: ScenarioFile, monitor: string): Promise<boolean> {
  const read = await readScenario({ [lab.id]: () => Promise.resolve(lab) }, file)
  if (!read.ok) return false
  const { result } = await runToEnd(lab, read.value.scenario)
  const broken = result.violations.some((violation) => violation.monitor === monitor)
  return mistake === null || !broken ? result.outcome === 'failed' : result.outcome === 'passed'
}
