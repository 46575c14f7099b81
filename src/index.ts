import { labsOnDisk } from './cli/loaders.ts'
import { type Host, runToEnd, type ScenarioResult } from './engine/run-scenario.ts'
import { type Checkpoint, type Observer, Simulation as KernelSimulation } from './kernel/simulation.ts'
import type { LabTypes } from './kernel/types.ts'
import type { Lab, LabLoaders } from './lab/definition.ts'
import { completeSetup, type PlannedRun } from './lab/planned-run.ts'
import { readScenario } from './lab/scenario.ts'

/**
 * Netsplit as a library, for Node: the labs, the simulation, and scenarios run to their end.
 *
 *     const result = await runScenario(JSON.parse(await readFile('leader-crash.json', 'utf8')))
 */

/** The labs by name; each is loaded when it is asked for. */
export const labs = labsOnDisk() as LabLoaders & Record<'gossip' | 'ping' | 'raft' | 'ring', LabLoaders[string]>

/**
 * Runs a scenario (the content of a scenario file, parsed) and says what it came to. With another `seed`, if given.
 * Rejects with a `ScenarioError` whose message names the field, what was found and what was expected; or with the reason
 * of `signal`, when that is aborted.
 */
export async function runScenario(
  value: unknown,
  options: { seed?: number; signal?: AbortSignal } = {},
): Promise<ScenarioResult> {
  const { seed, signal } = options
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new ScenarioError(`seed: expected a whole number from 0 to 4294967295, found ${seed}`)
  }
  const read = await readScenario(labs, value, seed === undefined ? {} : { seed })
  if (!read.ok) throw new ScenarioError(read.error)
  const host: Host = { signal, breathe: () => new Promise((resolve) => setTimeout(resolve, 0)) }
  return (await runToEnd(read.value.lab, read.value.scenario, host)).result
}

/**
 * The deterministic execution of a run, at its first instant. What the run leaves out is the lab's own: `new
 * Simulation(lab)` is the lab's cluster, `new Simulation(lab, { setup: { servers: 3, network: { hold: true } } })` one whose
 * messages wait for a hand. With a checkpoint it goes on from there; an observer is told of events (see `Observer`).
 *
 * @throws RangeError with a sentence that names the field, if the setup has an unknown one or a number of servers or a seed
 * that cannot be.
 */
export class Simulation<T extends LabTypes> extends KernelSimulation<T> {
  constructor(lab: Lab<T>, run: PlannedRun<T> = {}, from?: Checkpoint<T>, observer?: Observer<T>) {
    super(lab, { setup: completeSetup(lab, run.setup), commands: run.commands ?? [] }, from, observer)
  }
}

/** Something is wrong with a scenario: one sentence says what and where. */
export class ScenarioError extends Error {
  override name = 'ScenarioError'
}

export { checkHistory } from './check/linearizability.ts'
export type { CheckOptions, HistoryVerdict, Partition, Verdict } from './check/linearizability.ts'
export { judgeLevels } from './check/levels.ts'
export type { Ladder, Level, Rung } from './check/levels.ts'
export { models } from './check/models.ts'
export type { Model, Operation } from './check/operation.ts'
export type { Checkpoint, Observer } from './kernel/simulation.ts'
export type { Command } from './kernel/command.ts'
export type { Event } from './kernel/event.ts'
export type { LabTypes, Run, Setup, World } from './kernel/types.ts'
export type { Lab } from './lab/definition.ts'
export type { PlannedRun, PlannedSetup } from './lab/planned-run.ts'
export { eventSet } from './kernel/event.ts'
export type { ScenarioResult } from './engine/run-scenario.ts'
export { defaultSetup, freshRun } from './lab/setup.ts'
export * from './labs/raft/index.ts'
export * from './labs/gossip/index.ts'
export * from './labs/ring/index.ts'
