import type { Random } from '../base/random.ts'
import type { LabTypes, ProcessId, World } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { FaultKind, HuntHints } from '../lab/hunt.ts'
import type { ScriptCommand } from '../lab/script.ts'

/** Where faults come from: the lab, what it wants hunted, and the kinds that this run takes. */
export interface FaultSource {
  lab: AnyLab
  hints: HuntHints
  kinds: readonly FaultKind[]
  act: HuntHints['act']
}

/**
 * The next thing to go wrong, or to come right again, as a scenario writes it, all names resolved. Null if nothing of what
 * was drawn can be done now.
 */
export function nextFault(source: FaultSource, random: Random, world: World<LabTypes>): ScriptCommand | null {
  const { kinds } = source
  const back = recovery(random, world)
  if (back !== null && random.chance(0.4)) return back
  const kind = kinds.length === 0 ? null : random.pick(kinds)
  return kind === null ? null : (MAKE[kind](random, world, source) ?? back)
}

/** What has gone wrong that only stands in the run's setup and script, and not in the world. */
export interface Wrong {
  clocks: boolean
  loss: boolean
}

/** All that puts things right: cuts mended, nothing lost any more, everybody back, clocks set right. */
export function healing({ hints }: FaultSource, world: World<LabTypes>, wrong: Wrong): ScriptCommand[] {
  const servers = world.ids('server')
  return [
    { heal: 'all' },
    ...(wrong.loss ? [{ loss: 'all 0%' }] : []),
    ...servers.filter((id) => world.status(id) === 'down').map((id) => ({ restart: id })),
    ...servers.filter((id) => isStill(world, id)).map((id) => ({ resume: id })),
    ...(wrong.clocks ? servers.map((id) => ({ clock: `${id} 0%` })) : []),
    ...(hints.afterHealing?.(world) ?? []),
  ]
}

type Make = (random: Random, world: World<LabTypes>, source: FaultSource) => ScriptCommand | null

const MAKE: Readonly<Record<FaultKind, Make>> = {
  crash: (random, world, source) => on('crash', target(random, world, source, 'up')),
  pause: (random, world, source) => on('pause', target(random, world, source, 'up')),
  stall: (random, world, source) => on('stall', target(random, world, source, 'up')),
  isolate: (random, world, source) => on('isolate', target(random, world, source, null)),
  cut: (random, world) => {
    const [left, right] = halves(random, world)
    return left.length === 0 || right.length === 0 ? null : { cut: `${left.join(' ')} | ${right.join(' ')}` }
  },
  oneWay: (random, world, source) => {
    const from = target(random, world, source, null)
    const others = world.ids('server').filter((id) => id !== from)
    if (from === null || others.length === 0) return null
    const to = random.chance(0.5) ? [random.pick(others)] : others
    return { cut: random.chance(0.5) ? `${from} > ${to.join(' ')}` : `${to.join(' ')} > ${from}` }
  },
  clock: (random, world) => ({ clock: `${random.pick(world.ids('server'))} ${random.int(9) - 4}%` }),
  // Loss, doubling and delay are of the network and drawn with the setup; here a message that flies is caught by hand.
  messages: (random, world) => {
    const flights = world.flights()
    if (flights.length === 0) return null
    const { id } = random.pick(flights)
    return random.chance(0.5) ? { drop: id } : { duplicate: id }
  },
  act: (random, world, { act }) => act?.(random, world) ?? null,
}

function recovery(random: Random, world: World<LabTypes>): ScriptCommand | null {
  const servers = world.ids('server')
  const ways: ScriptCommand[] = [
    ...servers.filter((id) => world.status(id) === 'down').map((id) => ({ restart: id })),
    ...servers.filter((id) => isStill(world, id)).map((id) => ({ resume: id })),
    ...(world.cuts().length > 0 ? [{ heal: 'all' }] : []),
  ]
  return ways.length === 0 ? null : random.pick(ways)
}

const isStill = (world: World<LabTypes>, id: ProcessId): boolean => ['paused', 'stalled'].includes(world.status(id))

const on = (verb: string, process: ProcessId | null): ScriptCommand | null =>
  process === null ? null : { [verb]: process }

/** A server that matters more often than chance has it: that is where things go wrong. */
function target(random: Random, world: World<LabTypes>, { lab }: FaultSource, status: 'up' | null): ProcessId | null {
  const aliases = Object.values(lab.aliases)
  const chosen = aliases.length > 0 && random.chance(0.4) ? (random.pick(aliases)(world) ?? null) : null
  const servers = world.ids('server').filter((id) => status === null || world.status(id) === status)
  if (chosen !== null && servers.includes(chosen)) return chosen
  return servers.length === 0 ? null : random.pick(servers)
}

function halves(random: Random, world: World<LabTypes>): [ProcessId[], ProcessId[]] {
  const left: ProcessId[] = []
  const right: ProcessId[] = []
  for (const id of world.ids('server')) (random.chance(0.5) ? left : right).push(id)
  return [left, right]
}
