import type { ScenarioFile } from '../lab/scenario-schema.ts'
import type { Broken } from './chase.ts'
import { explore } from './explore.ts'
import type { Quarry } from './plan.ts'
import { nameOf, scenarioOf } from './report.ts'
import { commandCount, shrinkStep } from './shrink.ts'

/** What is hunted, in words that can be sent to another process. */
export interface QuarryNames {
  lab: string
  faults: string | null
  mistake: string | null
}

/** Many seeds to run, or one to shrink. */
export type HuntTask = { type: 'explore'; seeds: readonly number[] } | { type: 'shrink'; seed: number }

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

/**
 * Carries out a task, a run a step, so that whoever hosts it has its turn between two.
 *
 * @param confirms Whether a scenario, run with all that a user has, ends as it says.
 */
export function* huntSteps(
  quarry: Quarry,
  task: HuntTask,
  confirms: (scenario: ScenarioFile, monitor: string) => boolean,
): Generator<void, HuntAnswer, void> {
  return task.type === 'explore'
    ? yield* exploreAll(quarry, task.seeds)
    : { type: 'shrunk', kept: yield* keep(quarry, task.seed, confirms) }
}

function* exploreAll(quarry: Quarry, seeds: readonly number[]): Generator<void, HuntAnswer, void> {
  const found: Found[] = []
  let events = 0
  let undecided = 0
  for (const seed of seeds) {
    const run = explore(quarry, seed)
    events += run.events
    if (run.undecided) undecided++
    if (run.broken !== null) found.push({ ...run.broken, seed, commands: commandCount(run.file) })
    yield
  }
  return { type: 'explored', runs: seeds.length, events, undecided, found }
}

function* keep(
  quarry: Quarry,
  seed: number,
  confirms: (scenario: ScenarioFile, monitor: string) => boolean,
): Generator<void, Kept, void> {
  const explored = explore(quarry, seed)
  const shrunk = yield* shrinkStep(quarry, explored)
  const scenario = scenarioOf(quarry, shrunk, explored.healAt)
  const { broken, commands, servers, runs } = shrunk
  const { monitor, text } = broken
  const confirmed = confirms(scenario, monitor)
  return { seed, monitor, text, name: nameOf(quarry, shrunk), scenario, commands, servers, runs, confirmed }
}
