import type { Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, ProcessSetup, Run } from '../kernel/types.ts'
import type { AnyLab } from './definition.ts'
import { done, micros, type Read, refuse } from './scenario-read.ts'
import { type ScenarioFile, workloadProblem } from './scenario-schema.ts'
import type { Script, ScriptCommand, ScriptPart } from './script.ts'
import { readScriptCommand } from './script-command.ts'
import { configProblem } from './shared/config-problem.ts'
import { issueText } from './shared/read.ts'
import { commandProblem } from './shared/shape.ts'
import type { Said } from './steps.ts'

export interface ReadScript {
  script: Script
  /** All that there will be, those included that join. */
  processes: readonly ProcessSetup[]
}

export function readScript(
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

/** What is done at exact instants, in the engine's own words. */
export function readCommands(lab: AnyLab, file: ScenarioFile, until: Micros): Read<Run<LabTypes>['commands']> {
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
