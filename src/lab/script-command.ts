import { fail, ok, type Result } from '../base/result.ts'
import { parseDuration } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, Link, ProcessId, Workload, World } from '../kernel/types.ts'
import type { AnyLab } from './definition.ts'
import type { ScriptCommand } from './script.ts'

/** The verbs that every lab's scenarios know, with what follows each. */
export const HOUSE_VERBS = {
  crash: 'a process, or `leader` and the like: it loses its memory and what its disk has not synced',
  restart: 'a process that is down: it comes back with what its disk kept',
  pause: 'a process: it stands still, and messages and timers wait',
  resume: 'a process that is paused or stalled',
  stall: 'a process: messages wait, its timers run',
  wipe: 'a process that is down: its disk is emptied',
  isolate: 'a process: both ways to every other server are cut; its client stays with it',
  cut: 'two groups, `"n1 n2 | n3 n4 n5"` (both ways), `"n1 > n2"` (one way); `others` are all servers not named',
  heal: '`"all"`, or two groups as in `cut`',
  workload: '`"off"`, or an object with `rate`, `readShare`, `keys`, `distribution`',
  configure: 'an object with fields of the configuration, as in `setup.config`',
} as const

/** Makes a command of what a scenario says, at the moment when it comes true. Aliases such as `leader` are resolved now. */
export function readScriptCommand(lab: AnyLab, said: ScriptCommand, world: World<LabTypes>): Result<Command<LabTypes>> {
  for (const verb of lab.verbs) {
    if (!(verb.name in said)) continue
    const { [verb.name]: value, as: _name, ...options } = said
    if (typeof value !== 'string') return fail(`${verb.name}: expected a string`)
    const resolved: Record<string, string> = {}
    for (const [key, option] of Object.entries(options)) {
      if (!verb.options.includes(key)) return fail(`${verb.name}: unknown field “${key}”`)
      resolved[key] = resolve(lab, String(option), world)
    }
    const found = verb.read(verb.options.length === 0 ? resolve(lab, value, world) : value, resolved, world)
    return 'error' in found ? fail(`${verb.name}: ${found.error}`) : ok(found.command)
  }
  return readHouseCommand(lab, said, world)
}

function readHouseCommand(lab: AnyLab, said: ScriptCommand, world: World<LabTypes>): Result<Command<LabTypes>> {
  const [verb, value] = Object.entries(said)[0] ?? ['', undefined]
  switch (verb) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'stall':
    case 'wipe':
      return withProcess(lab, verb, value, world, (process) => ({ type: verb, process }))
    case 'isolate':
      return withProcess(lab, verb, value, world, (process) => ({ type: 'cut', links: isolation(process, world) }))
    case 'cut':
      return readLinks(lab, verb, value, world, (links) => ({ type: 'cut', links }))
    case 'heal':
      if (value === 'all') return ok({ type: 'mend', links: world.cuts() })
      return readLinks(lab, verb, value, world, (links) => ({ type: 'mend', links }))
    case 'workload':
      if (value === 'off') return ok({ type: 'workload', workload: null })
      return ok({ type: 'workload', workload: { ...lab.defaults.workload, ...(value as Partial<Workload>) } })
    case 'configure':
      return ok({ type: 'configure', config: value as object })
    default:
      return fail(
        `unknown verb “${verb}”; expected one of ${[...Object.keys(HOUSE_VERBS), ...lab.verbs.map((v) => v.name)].join(', ')}`,
      )
  }
}

/** All links between two groups, both ways, with the clients that stand beside the servers of each. */
export function linksBetween(left: readonly ProcessId[], right: readonly ProcessId[], world: Placed): Link[] {
  return [...linksFrom(left, right, world), ...linksFrom(right, left, world)]
}

/** One way only. */
export function linksFrom(left: readonly ProcessId[], right: readonly ProcessId[], world: Placed): Link[] {
  const a = withClients(left, world)
  const b = withClients(right, world)
  return a.flatMap((from) => b.filter((to) => to !== from).map((to) => ({ from, to })))
}

type Placed = { readonly processes: readonly { id: ProcessId; beside?: ProcessId }[] }

function withClients(ids: readonly ProcessId[], world: Placed): ProcessId[] {
  const clients = world.processes.filter((p) => p.beside !== undefined && ids.includes(p.beside) && !ids.includes(p.id))
  return [...ids, ...clients.map((p) => p.id)]
}

function isolation(process: ProcessId, world: World<LabTypes>): Link[] {
  const others = world.processes.filter((p) => p.id !== process && p.beside === undefined).map((p) => p.id)
  return linksBetween([process], others, world)
}

type Make = (links: Link[]) => Command<LabTypes>

function readLinks(
  lab: AnyLab,
  verb: string,
  value: unknown,
  world: World<LabTypes>,
  make: Make,
): Result<Command<LabTypes>> {
  const text = typeof value === 'string' ? value : ''
  const sides = text.split(/[|>]/).map((side) => side.split(/[\s,]+/).filter((word) => word !== ''))
  if (sides.length !== 2)
    return fail(`${verb}: expected two groups, as in “n1 n2 | n3 n4” or “n1 > n2”, found “${text}”`)
  const named = sides.flat().map((word) => resolve(lab, word, world))
  const others = world.processes.filter((p) => p.beside === undefined && !named.includes(p.id)).map((p) => p.id)
  const groups: ProcessId[][] = []
  for (const side of sides) {
    const ids = side.flatMap((word) => (word === 'others' ? others : [resolve(lab, word, world)]))
    const stranger = ids.find((id) => !world.has(id))
    if (stranger !== undefined) return fail(`${verb}: there is no process called ${stranger}`)
    if (ids.length === 0) return fail(`${verb}: a group is empty in “${text}”`)
    groups.push(ids)
  }
  const [left, right] = groups as [ProcessId[], ProcessId[]]
  return ok(make(text.includes('>') ? linksFrom(left, right, world) : linksBetween(left, right, world)))
}

function withProcess(
  lab: AnyLab,
  verb: string,
  value: unknown,
  world: World<LabTypes>,
  make: (process: ProcessId) => Command<LabTypes>,
): Result<Command<LabTypes>> {
  if (typeof value !== 'string') return fail(`${verb}: expected the name of a process`)
  const id = resolve(lab, value, world)
  return world.has(id) ? ok(make(id)) : fail(`${verb}: there is no process called ${id}`)
}

const resolve = (lab: AnyLab, word: string, world: World<LabTypes>): string => lab.aliases[word]?.(world) ?? word

/** Reads a length of time, or says what one looks like. */
export function readDuration(value: unknown): Result<number> {
  const found = typeof value === 'string' ? parseDuration(value) : null
  return found === null
    ? fail(`expected a time with its unit, as in “1.5s” or “20ms”, found ${JSON.stringify(value)}`)
    : ok(found)
}
