import { fail, ok, type Result } from '../base/result.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, Link, ProcessId, Workload, World } from '../kernel/types.ts'
import { readFields, withMistake } from './config.ts'
import type { AnyLab, Verb } from './definition.ts'
import { readFire, readHold, readLoss, readMessageCommand, readReorder } from './message-verbs.ts'
import type { ScriptCommand } from './script.ts'

/** The verbs that every lab's scenarios know, with what follows each. */
const HOUSE_VERBS = {
  crash: 'a process, or `leader` and the like: it loses its memory and what its disk has not synced',
  restart: 'a process that is down: it comes back with what its disk kept',
  pause: 'a process: it stands still, and messages and timers wait',
  resume: 'a process that is paused or stalled',
  stall: 'a process: messages wait, its timers run',
  wipe: 'a process that is down: its disk is emptied',
  isolate: 'a process: both ways to every other server are cut; its client stays with it',
  cut: 'two groups, `"n1 n2 | n3 n4 n5"` (both ways), `"n1 > n2"` (one way); `others` are all servers not named',
  heal: '`"all"`, or two groups as in `cut`',
  hold: '`"all"`, or one way, `"n1 > n2"`: what comes waits at the receiver until it is delivered by hand or let go',
  release: '`"all"`, or one way: nothing is held there any longer, and what waited comes now',
  deliver: 'a message, `"n1>n2#3"`; or the oldest one, `"n1 > n2"`, `"AppendEntries leader > n2"`: it comes now',
  drop: 'a message, as in `deliver`: it is lost',
  duplicate: 'a message, as in `deliver`: it comes twice',
  delay: 'a message and a time, `"n1 > n2 by 20ms"`: it comes so much later; one that is held, so long from now',
  reorder:
    'a message that waits and another, `"n1>n2#3 before n3>n2#1"`, or `"n1>n2#3 last"`: it is let in earlier or later',
  fire: 'a process and its timer, `"n1 election"`: the timer expires now',
  slow: 'a process and how many times as long each of its messages takes it, `"n1 x 20"`; `"n1 x 1"` sets it right again',
  loss: '`"all 10%"`, or one way, `"n1 > n2 60%"`: so much of what is sent there from now on is lost',
  clock: 'a process and how much faster or slower its clock runs, `"n1 -50%"`; `"n1 0%"` sets it right again',
  workload: '`"off"`, or an object with `rate`, `readShare`, `keys`, `distribution`',
  configure: 'an object with fields of the configuration, as in `setup.config`',
  mistake: 'the name of one of the lab’s mistakes: it is on from now; with `off` behind it, it is no longer',
} as const

/** Makes a command of what a scenario says, at the moment when it comes true. Aliases such as `leader` are resolved now. */
export function readScriptCommand(lab: AnyLab, said: ScriptCommand, world: World<LabTypes>): Result<Command<LabTypes>> {
  const ofLab = lab.verbs.find(({ name }) => Object.hasOwn(said, name))
  if (ofLab !== undefined) return readLabCommand(lab, ofLab, said, world)
  const verb = Object.keys(said).find((key) => Object.hasOwn(HOUSE_VERBS, key))
  if (verb === undefined) {
    const verbs = [...Object.keys(HOUSE_VERBS), ...lab.verbs.map(({ name }) => name)].join(', ')
    const found = Object.keys(said)[0]
    return fail(
      found === undefined
        ? `expected one of ${verbs}, found an empty command`
        : `unknown verb “${found}”; expected one of ${verbs}`,
    )
  }
  const other = Object.keys(said).find((key) => key !== verb)
  if (other !== undefined) return fail(`${verb}: expected no other field beside it, found “${other}”`)
  return readHouseCommand(lab, verb as keyof typeof HOUSE_VERBS, said[verb], world)
}

function readLabCommand(
  lab: AnyLab,
  verb: Verb<LabTypes>,
  said: ScriptCommand,
  world: World<LabTypes>,
): Result<Command<LabTypes>> {
  const { [verb.name]: value, as: name, ...options } = said
  if (typeof value !== 'string') return fail(`${verb.name}: expected a text, found ${JSON.stringify(value)}`)
  const resolved: Record<string, string> = {}
  for (const [key, option] of Object.entries(options)) {
    if (!verb.options.includes(key)) {
      const known = [...verb.options, 'as'].join(', ')
      return fail(`${verb.name}: expected one of ${known} beside it, found the unknown field “${key}”`)
    }
    if (typeof option !== 'string')
      return fail(`${verb.name}: ${key}: expected a name, found ${JSON.stringify(option)}`)
    const process = resolve(lab, option, world)
    if (!process.ok) return fail(`${verb.name}: ${process.error}`)
    resolved[key] = process.value
  }
  const what = verb.options.length === 0 ? resolve(lab, value, world) : ok(value)
  if (!what.ok) return fail(`${verb.name}: ${what.error}`)
  const found = verb.read(what.value, resolved, world)
  if ('error' in found) return fail(`${verb.name}: ${found.error}`)
  if (name === undefined) return ok(found.command)
  if (found.command.type !== 'invoke') return fail(`${verb.name}: it begins no operation that “as” could name`)
  if (typeof name === 'string' && /^[A-Za-z]\w*$/.test(name)) return ok(found.command)
  return fail(`${verb.name}: as: expected a name of letters and digits, found ${JSON.stringify(name)}`)
}

function readHouseCommand(
  lab: AnyLab,
  verb: keyof typeof HOUSE_VERBS,
  value: unknown,
  world: World<LabTypes>,
): Result<Command<LabTypes>> {
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
    case 'hold':
    case 'release':
    case 'deliver':
    case 'drop':
    case 'duplicate':
    case 'delay':
    case 'reorder':
    case 'fire':
      return readMessageVerb(lab, verb, value, world)
    case 'slow':
      return readSlow(lab, value, world)
    case 'loss':
      return readMessageVerb(lab, verb, value, world)
    case 'clock':
      return readClock(lab, value, world)
    case 'workload':
      return readWorkload(lab, value)
    case 'configure':
      return readConfigure(lab, value)
    case 'mistake':
      return readMistake(lab, value, world)
  }
}

function readMessageVerb(
  lab: AnyLab,
  verb: 'hold' | 'release' | 'loss' | 'deliver' | 'drop' | 'duplicate' | 'delay' | 'reorder' | 'fire',
  value: unknown,
  world: World<LabTypes>,
): Result<Command<LabTypes>> {
  if (typeof value !== 'string') return fail(`${verb}: expected a text, found ${JSON.stringify(value)}`)
  const process = (word: string): Result<ProcessId> => existing(lab, word, world)
  let read: Result<Command<LabTypes>>
  if (verb === 'hold' || verb === 'release') read = readHold(value, verb === 'hold', process)
  else if (verb === 'loss') read = readLoss(value, process)
  else if (verb === 'fire') read = readFire(value, process)
  else if (verb === 'reorder') read = readReorder(value, world, process)
  else read = readMessageCommand(verb, value, world, process)
  return read.ok ? read : fail(`${verb}: ${read.error}`)
}

function readSlow(lab: AnyLab, value: unknown, world: World<LabTypes>): Result<Command<LabTypes>> {
  const found = typeof value === 'string' ? /^\s*(\S+)\s+[x×]\s*(\d{1,5}(?:\.\d{1,4})?)\s*$/.exec(value) : null
  if (found === null)
    return fail(`slow: expected a process and a factor, as in “n1 x 20”, found ${JSON.stringify(value)}`)
  return withProcess(lab, 'slow', found[1], world, (process) => ({ type: 'slow', process, factor: Number(found[2]) }))
}

/** The reader of scenarios has seen to it that the value has the form of a workload. */
function readClock(lab: AnyLab, value: unknown, world: World<LabTypes>): Result<Command<LabTypes>> {
  const found = typeof value === 'string' ? /^\s*(\S+)\s+([+-]?\d{1,4}(?:\.\d{1,4})?)\s*%\s*$/.exec(value) : null
  if (found === null)
    return fail(`clock: expected a process and a share, as in “n1 -50%”, found ${JSON.stringify(value)}`)
  const driftPpm = Math.round(Number(found[2]) * 10_000)
  if (driftPpm <= -1_000_000 || driftPpm > 9_000_000)
    return fail(`clock: expected a share above -100% and up to 900%, found ${found[2]}%`)
  return withProcess(lab, 'clock', found[1], world, (process) => ({ type: 'clock', process, driftPpm }))
}

function readWorkload(lab: AnyLab, value: unknown): Result<Command<LabTypes>> {
  if (value === 'off') return ok({ type: 'workload', workload: null })
  return ok({ type: 'workload', workload: { ...lab.defaults.workload, ...(value as Partial<Workload>) } })
}

function readConfigure(lab: AnyLab, value: unknown): Result<Command<LabTypes>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail(`configure: expected an object with settings, found ${JSON.stringify(value)}`)
  }
  const read = readFields(lab, value)
  if (!read.ok) return fail(`configure.${read.error}`)
  const fixed = Object.keys(value).find((key) => lab.settings.find((setting) => setting.key === key)?.live === false)
  if (fixed !== undefined) return fail(`configure.${fixed}: it cannot change while a run goes on`)
  return ok({ type: 'configure', config: read.value })
}

function readMistake(lab: AnyLab, value: unknown, { config }: World<LabTypes>): Result<Command<LabTypes>> {
  const [name, how = 'on', ...more] = typeof value === 'string' ? value.split(' ') : []
  const mistake = lab.mistakes.find((one) => one.name === name)
  if (mistake === undefined || more.length > 0 || (how !== 'on' && how !== 'off')) {
    const known = lab.mistakes.map((one) => one.name).join(', ')
    return fail(`mistake: expected one of ${known}, with “off” behind it to end it, found ${JSON.stringify(value)}`)
  }
  return ok({ type: 'configure', config: withMistake(lab, config, mistake, how === 'on') })
}

/** All links between two groups, both ways, with the clients that stand beside the servers of each. */
export function linksBetween(left: readonly ProcessId[], right: readonly ProcessId[], world: Placed): Link[] {
  const { processes } = world
  const a = withClients(left, processes)
  const b = withClients(right, processes)
  return [...eachTo(a, b), ...eachTo(b, a)]
}

/** One way only. */
function linksFrom(left: readonly ProcessId[], right: readonly ProcessId[], world: Placed): Link[] {
  const { processes } = world
  return eachTo(withClients(left, processes), withClients(right, processes))
}

type Placed = { readonly processes: readonly { id: ProcessId; beside?: ProcessId }[] }

function withClients(ids: readonly ProcessId[], processes: Placed['processes']): ProcessId[] {
  const all = ids.slice()
  for (const { id, beside } of processes) {
    if (beside !== undefined && ids.includes(beside) && !ids.includes(id)) all.push(id)
  }
  return all
}

function eachTo(froms: readonly ProcessId[], tos: readonly ProcessId[]): Link[] {
  const links: Link[] = []
  for (const from of froms) for (const to of tos) if (to !== from) links.push({ from, to })
  return links
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
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const sides = text.split(/[|>]/).map((side) => side.split(/[\s,]+/).filter((word) => word !== ''))
  if (typeof value !== 'string' || sides.length !== 2)
    return fail(`${verb}: expected two groups, as in “n1 n2 | n3 n4” or “n1 > n2”, found “${text}”`)
  const twice = sides[0]?.find((word) => sides[1]?.includes(word))
  if (twice !== undefined)
    return fail(`${verb}: expected each process on one side, found ${twice} on both in “${text}”`)
  const resolved = new Map<string, ProcessId>()
  for (const word of sides.flat()) {
    if (word === 'others') continue
    const process = existing(lab, word, world)
    if (!process.ok) return fail(`${verb}: ${process.error}`)
    resolved.set(word, process.value)
  }
  const named = new Set(resolved.values())
  const others = world.processes.filter((p) => p.beside === undefined && !named.has(p.id)).map((p) => p.id)
  const groups = sides.map((side) =>
    side.flatMap((word) => (word === 'others' ? others : [resolved.get(word) as ProcessId])),
  )
  if (groups.some((group) => group.length === 0)) return fail(`${verb}: a group is empty in “${text}”`)
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
  if (typeof value !== 'string') {
    return fail(`${verb}: expected the name of a process, found ${JSON.stringify(value)}`)
  }
  const process = existing(lab, value, world)
  return process.ok ? ok(make(process.value)) : fail(`${verb}: ${process.error}`)
}

function existing(lab: AnyLab, word: string, world: World<LabTypes>): Result<ProcessId> {
  const process = resolve(lab, word, world)
  if (!process.ok || world.has(process.value)) return process
  const known = [...world.processes.map(({ id }) => id), ...Object.keys(lab.aliases)].slice(0, 30).join(', ')
  return fail(`there is no process called ${word}; expected one of ${known}`)
}

/** The word itself, unless it is an alias; which may stand for nobody at the moment. */
function resolve(lab: AnyLab, word: string, world: World<LabTypes>): Result<string> {
  if (!Object.hasOwn(lab.aliases, word)) return ok(word)
  const process = lab.aliases[word]?.(world) ?? null
  return process === null ? fail(`no process is “${word}” at this moment`) : ok(process)
}
