import { must } from '../base/assert.ts'
import { Random, stream } from '../base/random.ts'
import { ms, type Micros, SECOND } from '../base/units.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { FaultKind, HuntHints, MistakePlan } from '../lab/hunt.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import type { ScriptCommand } from '../lab/script.ts'
import { drawKinds, PROFILES } from './profile.ts'

/** What is hunted: a lab, perhaps with a mistake switched on, under a profile of faults. */
export interface Quarry {
  lab: AnyLab
  hints: HuntHints
  /** Null for whatever suits the mistake, or a swarm. */
  faults: string | null
  mistake: string | null
}

/** How one seed's run begins, as a scenario says it; what happens in it is drawn while it runs. */
export interface Plan {
  file: ScenarioFile
  kinds: readonly FaultKind[]
  /** What only the lab's users can do, in such a run. */
  act: HuntHints['act']
  /** The instants at which something may go wrong, in whole milliseconds. */
  instants: readonly Micros[]
  healAt: Micros
  until: Micros
}

/** For how long things go wrong, and how far apart, if the lab does not say. */
const FAULTS_FOR: Micros = 8 * SECOND
const GAP: Micros = ms(350)
const SETTLES_WITHIN: Micros = 2 * SECOND

/** All of a run that is known before it begins, drawn from its seed. */
export function planOf({ lab, hints, faults, mistake }: Quarry, seed: number): Plan {
  const random = new Random(stream(seed, 'hunt'))
  const wants: MistakePlan = (mistake === null ? undefined : hints.mistakes?.[mistake]) ?? {}
  const asked = faults ?? wants.faults ?? 'swarm'
  const kinds = typeof asked === 'string' ? drawKinds(must(PROFILES[asked], 'a profile of this name'), random) : asked
  const healAt = wants.faultsFor ?? hints.faultsFor ?? FAULTS_FOR
  const until = healAt + (hints.settles?.within ?? SETTLES_WITHIN)
  const file: ScenarioFile = {
    format: 1,
    lab: lab.id,
    title: `Found by a hunt, seed ${seed}`,
    seed,
    servers: random.pick(wants.servers ?? hints.servers ?? [lab.defaults.servers]),
    setup: {
      ...setupOf(random, hints, wants, kinds),
      ...(mistake !== null && { mistakes: [mistake] }),
    },
    script: [],
    until: timeText(until),
  }
  const instants = instantsUntil(healAt, wants.gap ?? hints.gap ?? GAP, random)
  return { file, kinds, act: wants.act ?? hints.act, instants, healAt, until }
}

/** `"1234ms"` */
export const timeText = (at: Micros): string => `${at / 1000}ms`

/** The scenario with this in its script; nothing is said when nothing happens. */
export function withScript(file: ScenarioFile, script: readonly TimedPart[], until: Micros): ScenarioFile {
  const parts = script.map(({ at, commands }) => ({ at: timeText(at), do: [...commands] as Record<string, unknown>[] }))
  return { ...file, script: parts, until: timeText(until) }
}

/** What happens at one instant. */
export interface TimedPart {
  at: Micros
  commands: readonly ScriptCommand[]
}

function setupOf(
  random: Random,
  hints: HuntHints,
  wants: MistakePlan,
  kinds: readonly FaultKind[],
): NonNullable<ScenarioFile['setup']> {
  const lossy = kinds.includes('messages')
  const network = {
    latency: { uniform: ['1ms', `${random.pick([5, 20, 60])}ms`] as [string, string] },
    loss: lossy ? random.pick([0.02, 0.1, 0.3]) : 0,
    duplication: lossy ? random.pick([0, 0.05, 0.2]) : 0,
    fifo: random.chance(0.3),
  }
  const workload = {
    rate: random.pick([5, 10, 20]),
    readShare: random.pick([0.2, 0.5, 0.8]),
    keys: random.pick([1, 3]),
  }
  return {
    config: { ...hints.config?.(random), ...wants.config },
    network: { ...network, ...wants.network },
    disk: { sync: { uniform: ['1ms', `${random.pick([5, 20, 40])}ms`] }, ...wants.disk },
    workload: { ...workload, ...wants.workload },
  }
}

function instantsUntil(end: Micros, gap: Micros, random: Random): Micros[] {
  const instants: Micros[] = []
  for (let at = nextAfter(gap, gap, random); at < end; at = nextAfter(at, gap, random)) instants.push(at)
  return instants
}

/** Between a tenth and twice the gap later, on a whole millisecond. */
function nextAfter(at: Micros, gap: Micros, random: Random): Micros {
  const later = gap / 10 + random.int(Math.floor(gap * 1.9))
  return Math.ceil((at + later) / 1000) * 1000
}
