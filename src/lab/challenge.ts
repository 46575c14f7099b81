import type { Command } from '../kernel/command.ts'
import type { LabTypes, TimedCommand } from '../kernel/types.ts'
import { hasMistake } from './config.ts'
import type { AnyLab } from './definition.ts'

/** A task: bring this about with no more than these tools. */
export interface Challenge {
  /** The goal in words; the scenario's first expectation holds it as a condition. */
  goal: string
  /** How often each tool may be used; null for as often as one likes. What is not named may not be used. */
  tools: Readonly<Partial<Record<Tool, number | null>>>
  /** Markdown; one after the other, for whoever asks. */
  hints: readonly string[]
  /** For a task that nobody can do: Markdown on why, and what a hunt searched; null for one that can be done. */
  impossible: { why: string; searched: string } | null
}

/** What can be done to a run, as a challenge allows it. To mend, to resume and to let go is always allowed. */
export const TOOLS = [
  'crash',
  'restart',
  'pause',
  'stall',
  'wipe',
  'slow',
  'clock',
  'disk',
  'cut',
  'hold',
  'message',
  'network',
  'timer',
  'act',
  'ask',
  'join',
  'setting',
  'mistake',
  'workload',
] as const
export type Tool = (typeof TOOLS)[number]

/** The tool that a command uses; null for one that is always allowed. */
function toolOf(lab: AnyLab, command: Command<LabTypes>): Tool | null {
  switch (command.type) {
    case 'resume':
    case 'mend':
      return null
    case 'link':
      return command.settings.hold === false ? null : command.settings.hold === true ? 'hold' : 'network'
    case 'message':
    case 'inject':
      return 'message'
    case 'fire':
      return 'timer'
    case 'invoke':
      return 'ask'
    case 'configure':
      return toolOfConfig(lab, command.config)
    default:
      return command.type
  }
}

function toolOfConfig(lab: AnyLab, change: object): Tool | null {
  const config: object = { ...lab.defaults.config, ...change }
  if (lab.mistakes.some((mistake) => hasMistake(lab, config, mistake))) return 'mistake'
  const isSwitch = Object.keys(change).every((key) => lab.mistakes.some(({ config }) => Object.hasOwn(config, key)))
  return isSwitch ? null : 'setting'
}

export interface Use {
  tool: Tool
  used: number
  /** Null for as often as one likes. */
  most: number | null
}

export interface Judged {
  uses: readonly Use[]
  /** Those that were used more often than they may be. */
  over: readonly Use[]
  /** `spoiled`: the goal is met, but not with what was allowed. `missed`: it cannot be met any more. */
  verdict: 'open' | 'met' | 'spoiled' | 'missed'
}

/**
 * Holds what was done against what a challenge allows. `goal` is what became of its condition, and when; what was done after
 * that no longer counts. The script's own commands are nobody's doing: leave them out.
 */
export function judge(
  lab: AnyLab,
  { tools }: Pick<Challenge, 'tools'>,
  commands: readonly TimedCommand<LabTypes>[],
  goal: { ok: boolean | null; at: number | null },
): Judged {
  const counted = new Map<Tool, number>()
  for (const { at, command } of commands) {
    const tool = goal.ok === true && goal.at !== null && at > goal.at ? null : toolOf(lab, command)
    if (tool !== null) counted.set(tool, (counted.get(tool) ?? 0) + 1)
  }
  const uses = TOOLS.flatMap((tool): Use[] => {
    const used = counted.get(tool) ?? 0
    const most = tools[tool]
    return most === undefined && used === 0 ? [] : [{ tool, used, most: most === undefined ? 0 : most }]
  })
  const over = uses.filter(({ used, most }) => most !== null && used > most)
  const verdict = goal.ok === null ? 'open' : !goal.ok ? 'missed' : over.length > 0 ? 'spoiled' : 'met'
  return { uses, over, verdict }
}
