import { parseDuration, type Micros } from '../base/units.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import { type Broken, SETTLES } from './chase.ts'
import { breaks, endAfter, type Explored } from './explore.ts'
import { type Quarry, timeText } from './plan.ts'

/** The smallest scenario found that still breaks the same property. */
export interface Shrunk {
  file: ScenarioFile
  broken: Broken
  /** Commands and servers before and after. */
  commands: { before: number; after: number }
  servers: { before: number; after: number }
  /** How many runs it took. */
  runs: number
}

/** What the search may cost. It is counted in runs, so that the same seed is always shrunk to the same scenario. */
const MOST_RUNS = 1_500

/**
 * Takes from a run all that it can do without, until nothing more can go: commands (by halves, then one by one: delta
 * debugging, Zeller & Hildebrandt 2002), servers, the workload, loss, settings that are not the usual ones. What puts
 * things right at the end stays if the lab's not settling is the violation.
 */
export function shrink(quarry: Quarry, explored: Explored): Shrunk {
  const shrinking = shrinkStep(quarry, explored)
  for (;;) {
    const step = shrinking.next()
    if (step.done === true) return step.value
  }
}

/** The same run by run, so that whoever waits for it has its turn between two. */
export function* shrinkStep(quarry: Quarry, { file, broken, healAt }: Explored): Search<Shrunk> {
  if (broken === null) throw new RangeError('there is nothing to shrink: the run broke nothing')
  const search = new Shrinker(quarry, broken, healAt)
  let best = search.ending(file, broken)
  for (let size = -1; size !== sizeOf(best) && !search.spent; ) {
    size = sizeOf(best)
    best = yield* search.fewerCommands(best)
    best = yield* search.fewerServers(best)
    best = yield* search.plainer(best)
  }
  best = yield* search.rounded(best)
  const end = yield* search.test(best)
  return {
    file: best,
    broken: end ?? broken,
    commands: { before: commandCount(file), after: commandCount(best) },
    servers: { before: file.servers ?? 0, after: best.servers ?? 0 },
    runs: search.runs,
  }
}

export const commandCount = ({ script = [] }: ScenarioFile): number =>
  script.reduce((sum, part) => sum + commandsOf(part).length, 0)

const sizeOf = (file: ScenarioFile): number => JSON.stringify(file).length

/** Gives way before each run. */
type Search<T> = Generator<void, T, void>

type Part = NonNullable<ScenarioFile['script']>[number]
type Command = Record<string, unknown>

const commandsOf = ({ do: said }: Part): readonly Command[] => (said === undefined ? [] : [said].flat())

/** One command at its instant. */
interface Step {
  at: string
  command: Command
  /** It belongs to the healing at the end, without which nothing can settle. */
  kept: boolean
}

class Shrinker {
  runs = 0
  readonly #quarry: Quarry
  readonly #monitor: string
  readonly #healAt: Micros

  constructor(quarry: Quarry, { monitor }: Broken, healAt: Micros) {
    this.#quarry = quarry
    this.#monitor = monitor
    this.#healAt = healAt
  }

  get spent(): boolean {
    return this.runs >= MOST_RUNS
  }

  /** Ends right after its violation; one that does not settle goes on to its end. */
  ending(file: ScenarioFile, { at }: Broken): ScenarioFile {
    if (this.#monitor === SETTLES) return file
    const end = endAfter(at)
    const script = (file.script ?? []).filter((part) => micros(part.at) <= at)
    return { ...file, script, until: timeText(end) }
  }

  /** How this scenario breaks the property; null if it does not, or if there were runs enough. */
  *test(file: ScenarioFile): Search<Broken | null> {
    this.runs++
    yield
    try {
      return breaks(this.#quarry, file, this.#monitor, this.#healAt)
    } catch (error) {
      // A server that a command names is gone, or a setting does not go with the others: no such scenario.
      if (error instanceof RangeError) return null
      throw error
    }
  }

  /** The smaller one if it breaks the property too, cut off after its violation; else the one there was. */
  *#try(best: ScenarioFile, smaller: ScenarioFile): Search<ScenarioFile> {
    if (this.spent) return best
    const broken = yield* this.test(smaller)
    return broken === null ? best : this.ending(smaller, broken)
  }

  *fewerCommands(file: ScenarioFile): Search<ScenarioFile> {
    let best = file
    for (let chunk = Math.ceil(this.#steps(best).length / 2); chunk >= 1; chunk = Math.floor(chunk / 2)) {
      for (let from = 0; from < this.#steps(best).length && !this.spent; ) {
        const steps = this.#steps(best)
        const fewer = steps.filter((step, i) => step.kept || i < from || i >= from + chunk)
        const next = fewer.length === steps.length ? best : yield* this.#try(best, withSteps(best, fewer))
        if (next === best) from += chunk
        best = next
      }
    }
    return best
  }

  /** The last server goes, with all that is said of it, as long as the property breaks without it. */
  *fewerServers(file: ScenarioFile): Search<ScenarioFile> {
    let best = file
    for (let servers = (file.servers ?? 0) - 1; servers >= this.#quarry.lab.defaults.minServers; servers--) {
      const gone = this.#quarry.lab
        .processes(servers + 1)
        .map(({ id }) => id)
        .filter((id) => !this.#quarry.lab.processes(servers).some((process) => process.id === id))
      const steps = this.#steps(best).flatMap((step) => without(step, gone))
      const next = yield* this.#try(best, { ...withSteps(best, steps), servers })
      if (next === best) break
      best = next
    }
    return best
  }

  /** No workload, a plain network and disk, settings as they usually are: one after the other, as far as it goes. */
  *plainer(file: ScenarioFile): Search<ScenarioFile> {
    let best = file
    const { config = {}, network = {}, workload } = file.setup ?? {}
    if (workload !== undefined) best = yield* this.#try(best, withSetup(best, { workload: undefined }))
    best = yield* this.#try(best, withSetup(best, { disk: undefined }))
    for (const key of Object.keys(network)) {
      const { [key as keyof typeof network]: _, ...rest } = best.setup?.network ?? {}
      best = yield* this.#try(best, withSetup(best, { network: rest }))
    }
    for (const key of Object.keys(config)) {
      const { [key]: _, ...rest } = best.setup?.config ?? {}
      best = yield* this.#try(best, withSetup(best, { config: rest }))
    }
    return best
  }

  /** Instants on full hundredths and tenths of a second read better. */
  *rounded(file: ScenarioFile): Search<ScenarioFile> {
    let best = file
    for (const grid of [100_000, 10_000]) {
      const steps = this.#steps(best).map((step) =>
        step.kept ? step : { ...step, at: timeText(Math.round(micros(step.at) / grid) * grid) },
      )
      const next = yield* this.#try(best, withSteps(best, steps))
      if (next !== best) return next
      best = next
    }
    return best
  }

  #steps(file: ScenarioFile): Step[] {
    const lasts = this.#monitor === SETTLES
    return (file.script ?? []).flatMap((part) =>
      commandsOf(part).map((command) => ({
        at: part.at ?? '0ms',
        command,
        kept: lasts && micros(part.at) >= this.#healAt,
      })),
    )
  }
}

const micros = (text = '0ms'): Micros => parseDuration(text) as Micros

function withSteps(file: ScenarioFile, steps: readonly Step[]): ScenarioFile {
  const script: { at: string; do: Command[] }[] = []
  for (const { at, command } of steps) {
    const last = script.at(-1)
    if (last?.at === at) last.do.push(command)
    else script.push({ at, do: [command] })
  }
  return { ...file, script }
}

function withSetup(
  file: ScenarioFile,
  change: Partial<Record<'workload' | 'network' | 'disk' | 'config', unknown>>,
): ScenarioFile {
  const setup = Object.entries({ ...file.setup, ...change }).filter(
    ([, value]) => value !== undefined && Object.keys(value as object).length > 0,
  )
  return { ...file, setup: Object.fromEntries(setup) }
}

/** The step without these processes: they drop out of groups, and a command about one of them alone goes. */
function without(step: Step, gone: readonly string[]): Step[] {
  const command: Command = {}
  for (const [verb, value] of Object.entries(step.command)) {
    if (typeof value !== 'string' || !gone.some((id) => words(value).includes(id))) {
      command[verb] = value
      continue
    }
    if (!/[|>]/.test(value) || /#/.test(value)) return []
    const sides = value.split(/([|>])/).map((side) =>
      words(side)
        .filter((word) => !gone.includes(word))
        .join(' '),
    )
    if (sides.includes('')) return []
    command[verb] = sides.join(' ')
  }
  return [{ ...step, command }]
}

const words = (text: string): string[] => text.split(/[\s,#>+~-]+/).filter((word) => word !== '')
