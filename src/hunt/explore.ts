import { Random, stream } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import type { ScriptCommand } from '../lab/script.ts'
import { type Broken, Chase, SETTLES } from './chase.ts'
import { healing, nextFault } from './faults.ts'
import { planOf, type Quarry, type TimedPart, withScript } from './plan.ts'

/** What one seed came to. */
export interface Explored {
  seed: number
  /** Null for a run in which every property held. */
  broken: Broken | null
  /** The run as a scenario, all that happened in it written down. */
  file: ScenarioFile
  /** When all was healed; what comes after is the way back to health. */
  healAt: Micros
  events: number
  /** Whether a monitor could no longer say. */
  undecided: boolean
}

/**
 * One run of this seed: first faults and a workload while all monitors watch, then everything is healed and the lab must
 * settle. It ends with the first thing that breaks.
 */
export function explore(quarry: Quarry, seed: number): Explored {
  const { lab, hints } = quarry
  const plan = planOf(quarry, seed)
  const random = new Random(stream(seed, 'hunt faults'))
  const chase = Chase.begin(lab, plan.file)
  const source = { lab, hints, kinds: plan.kinds, act: plan.act }
  const script: TimedPart[] = []
  const act = (at: Micros, commands: readonly ScriptCommand[]): void => {
    const done = commands.filter((said) => chase.do(said))
    if (done.length > 0) script.push({ at, commands: done })
  }
  const result = (broken: Broken | null, until: Micros): Explored => {
    const { events, undecided } = chase
    return { seed, broken, file: withScript(plan.file, script, until), healAt: plan.healAt, events, undecided }
  }
  for (const at of plan.instants) {
    chase.advanceTo(at)
    const broken = chase.broken()
    if (broken !== null) return result(broken, endAfter(broken.at))
    if (chase.spent) return result(null, at)
    const said = nextFault(source, random, chase.simulation)
    if (said !== null) act(at, [said])
  }
  chase.advanceTo(plan.healAt)
  const broken = chase.broken()
  if (broken !== null) return result(broken, endAfter(broken.at))
  if (chase.spent) return result(null, plan.healAt)
  const wrong = { clocks: script.some(setsClock), loss: (plan.file.setup?.network?.loss ?? 0) > 0 }
  act(plan.healAt, healing(source, chase.simulation, wrong))
  const unsettled = hints.settles === undefined ? null : chase.settle(hints.settles, plan.until)
  if (hints.settles === undefined) chase.advanceTo(plan.until)
  const late = chase.broken()
  return late === null ? result(unsettled, plan.until) : result(late, endAfter(late.at))
}

const setsClock = ({ commands }: TimedPart): boolean => commands.some((said) => 'clock' in said)

/** Whether this scenario breaks the same property; where and how, if so. */
export function breaks(
  { lab, hints }: Pick<Quarry, 'lab' | 'hints'>,
  file: ScenarioFile,
  monitor: string,
  healAt: Micros,
): Broken | null {
  const chase = Chase.begin(lab, file)
  const { script, until } = chase.scenario
  for (const { at, do: commands } of script) {
    chase.advanceTo(at ?? 0, monitor)
    if (chase.breaks(monitor) !== null || chase.spent) break
    for (const said of commands) chase.do(said)
  }
  if (monitor === SETTLES) {
    chase.advanceTo(healAt, monitor)
    return hints.settles === undefined ? null : chase.settle(hints.settles, until)
  }
  if (chase.breaks(monitor) === null) chase.advanceTo(until, monitor)
  return chase.breaks(monitor)
}

/** A scenario that shows a violation goes on for a moment after it, to the next full millisecond. */
export const endAfter = (at: Micros): Micros => (Math.floor(at / 1000) + 1) * 1000
