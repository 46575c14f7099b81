import type { Distribution } from '../base/random.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { formatDuration, MS, ms, type Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import { distributionRefusal } from '../kernel/refusal.ts'
import type { LabTypes, NetworkSettings, Setup } from '../kernel/types.ts'
import type { AnyLab, Preset, Setting } from '../lab/definition.ts'
import type { WorldView } from '../lab/world-view.ts'

/** What becomes of a new value: a command at the instant on screen, or another setup for a fresh run. */
export type Change = { command: Command<LabTypes> } | { setup: (setup: Setup<LabTypes>) => Setup<LabTypes> }

interface Common {
  id: string
  label: string
  says: string
  source: string
  /** Takes effect while the run goes on; else it needs a fresh one. */
  live: boolean
}

export interface NumberField extends Common {
  kind: 'number'
  /** In its unit. */
  value: number
  unit: string
  min: number
  max: number
  whole: boolean
  /** In words, with units. */
  range: string
  /** What a slider covers; equal ratios are equal ways if it is `byRatio`. */
  slider: { min: number; max: number; byRatio: boolean } | null
  /** One sentence that says why the value cannot be, or what becomes of it. */
  change(value: number): Result<Change>
}

export interface SwitchField extends Common {
  kind: 'switch'
  value: boolean
  change(value: boolean): Result<Change>
}

export interface ChoiceField extends Common {
  kind: 'choice'
  value: string
  among: readonly { value: string; label: string }[]
  change(value: string): Result<Change>
}

/** A length of time that is drawn anew each time: its kind, and the numbers of that kind. */
export interface DistributionField extends Common {
  kind: 'distribution'
  choice: ChoiceField
  parts: readonly NumberField[]
}

export type Field = NumberField | SwitchField | ChoiceField | DistributionField

export interface FieldGroup {
  id: string
  title: string
  fields: readonly Field[]
}

/** What a user can set, with the values of the world on show. */
export function fieldsOf(
  lab: AnyLab,
  world: WorldView,
  run: { servers: number; seed: number },
): {
  atHand: readonly Field[]
  rest: readonly FieldGroup[]
} {
  const own = lab.settings.map((setting: Setting<LabTypes>) => ({ setting, field: labField(setting, world.config) }))
  const others = own.slice(AT_HAND)
  const { network, disk } = world
  const rest = [
    {
      id: 'lab',
      title: lab.about.title,
      fields: others.filter(({ setting }) => setting.ofClients !== true).map(({ field }) => field),
    },
    {
      id: 'clients',
      title: 'Clients',
      fields: others.filter(({ setting }) => setting.ofClients === true).map(({ field }) => field),
    },
    { id: 'network', title: 'Network', fields: [duplication(network), order(network), bandwidth(network)] },
    { id: 'disk', title: 'Disk', fields: [lying(disk.lying)] },
    { id: 'run', title: 'Run', fields: [servers(lab, run.servers), seed(run.seed)] },
  ]
  return {
    atHand: [
      ...own.slice(0, AT_HAND).map(({ field }) => field),
      latency(network.latency),
      loss(network.loss),
      sync(disk.sync),
    ],
    rest: rest.filter(({ fields }) => fields.length > 0),
  }
}

/** So many of the lab's own settings are always at hand, and three of the house's. */
const AT_HAND = 3

/** Reads what was typed into a field for a number; the sentence says what the field takes. */
export function readNumber(field: NumberField, text: string): Result<number> {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(value)) return fail(`Type a number from ${field.range}.`)
  if (value < field.min || value > field.max || !Number.isFinite(value)) {
    return fail(`It must be from ${field.range}, not ${text.trim()}${field.unit === '' ? '' : ` ${field.unit}`}.`)
  }
  if (field.whole && !Number.isInteger(value)) return fail(`It must be a whole number from ${field.range}.`)
  return ok(value)
}

/** The place of a value on its slider, from 0 to 1000, and back. */
export function toSlider({ min, max, byRatio }: NonNullable<NumberField['slider']>, value: number): number {
  const inside = Math.min(max, Math.max(min, value))
  const share = byRatio ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min)
  return Math.round(share * SLIDER)
}
export function fromSlider({ min, max, byRatio }: NonNullable<NumberField['slider']>, place: number): number {
  if (place <= 0) return min
  if (place >= SLIDER) return max
  const share = place / SLIDER
  return byRatio ? roundTo(min * (max / min) ** share, 2) : roundTo(min + (max - min) * share, 3)
}
export const SLIDER = 1000

const roundTo = (value: number, digits: number): number => Number(value.toPrecision(digits))

export const formatNumber = (value: number): string => String(Math.round(value * 1000) / 1000)

/** A preset as commands, in the order in which they are done. */
export function presetCommands({ config, network, disk }: Preset<LabTypes>): Command<LabTypes>[] {
  const commands: Command<LabTypes>[] = []
  if (config !== undefined) commands.push({ type: 'configure', config })
  if (network !== undefined) commands.push({ type: 'network', settings: network })
  if (disk !== undefined) commands.push({ type: 'disk', ...disk })
  return commands
}

/** Whether the world is as this preset would make it. */
export function isPreset({ config, network, disk }: Preset<LabTypes>, world: WorldView): boolean {
  const agrees = (wanted: object | undefined, now: object): boolean =>
    Object.entries(wanted ?? {}).every(
      ([key, value]) => JSON.stringify((now as Record<string, unknown>)[key]) === JSON.stringify(value),
    )
  return agrees(config, world.config) && agrees(network, world.network) && agrees(disk, world.disk)
}

/** The setup that would begin where the world on show is now. */
export function setupNow(setup: Setup<LabTypes>, { config, network, disk, workload }: WorldView): Setup<LabTypes> {
  return { ...setup, config, network, disk, workload }
}

function labField(setting: Setting<LabTypes>, config: object): Field {
  const { label, says, source, live, kind } = setting
  const key: string = setting.key
  const now = (config as Record<string, unknown>)[key]
  const common = { id: `config-${key}`, label, says, source, live }
  const change = (value: unknown): Result<Change> => {
    const why = setting.refusal?.({ ...config, [key]: value }) ?? null
    if (why !== null) return fail(why)
    if (live) return ok({ command: { type: 'configure', config: { [key]: value } } })
    return ok({ setup: (setup) => ({ ...setup, config: { ...setup.config, [key]: value } }) })
  }
  switch (kind.type) {
    case 'duration':
      return {
        ...common,
        ...duration(now as Micros, kind.min, kind.max),
        slider: { min: kind.min / MS, max: kind.max / MS, byRatio: true },
        change: (value: number) => change(ms(value)),
      }
    case 'count':
      return {
        ...common,
        ...count(now as number, kind.min, kind.max),
        slider: { min: kind.min, max: kind.max, byRatio: kind.min > 0 && kind.max / kind.min > 50 },
        change,
      }
    case 'switch':
      return { ...common, kind: 'switch', value: now as boolean, change }
    case 'choice':
      return {
        ...common,
        kind: 'choice',
        value: now as string,
        among: kind.among.map((value) => ({ value, label: value })),
        change,
      }
  }
}

const duration = (value: Micros, min: Micros, max: Micros) => ({
  kind: 'number' as const,
  value: value / MS,
  unit: 'ms',
  min: min / MS,
  max: max / MS,
  whole: false,
  range: `${min === 0 ? '0' : formatDuration(min)} to ${formatDuration(max)}`,
  slider: null,
})

const count = (value: number, min: number, max: number, unit = '') => ({
  kind: 'number' as const,
  value,
  unit,
  min,
  max,
  whole: true,
  range: `${min.toLocaleString('en')} to ${max.toLocaleString('en')}${unit === '' ? '' : ` ${unit}`}`,
  slider: null,
})

const share = (value: number) => ({
  kind: 'number' as const,
  value: Math.round(value * 100_000) / 1_000,
  unit: '%',
  min: 0,
  max: 100,
  whole: false,
  range: '0 to 100 %',
  slider: { min: 0, max: 100, byRatio: false },
})

/** The house's own settings are of this simulation and of nobody's paper. */
const HOUSE = 'this simulation'

const setNetwork = (settings: Partial<NetworkSettings>): Result<Change> =>
  ok({ command: { type: 'network', settings } })

function loss(value: number): NumberField {
  return {
    id: 'loss',
    label: 'Message loss',
    says: 'So many datagrams die half-way, each on its own.',
    source: HOUSE,
    live: true,
    ...share(value),
    change: (percent) => setNetwork({ loss: percent / 100 }),
  }
}

function duplication(network: NetworkSettings): NumberField {
  return {
    id: 'duplication',
    label: 'Duplication',
    says: 'So many datagrams come twice.',
    source: HOUSE,
    live: true,
    ...share(network.duplication),
    change: (percent) => setNetwork({ duplication: percent / 100 }),
  }
}

function order({ fifo }: NetworkSettings): SwitchField {
  return {
    id: 'fifo',
    kind: 'switch',
    label: 'Order kept',
    says: 'On a link no datagram overtakes another. Switched off, they arrive as their latencies have it.',
    source: HOUSE,
    live: true,
    value: fifo,
    change: (value) => setNetwork({ fifo: value }),
  }
}

/** Bytes in a kilobyte. */
const KB = 1_000

function bandwidth(network: NetworkSettings): NumberField {
  return {
    id: 'bandwidth',
    label: 'Bandwidth of a link',
    says: 'Messages queue behind each other. 0 stands for no limit.',
    source: HOUSE,
    live: true,
    ...count(network.bandwidth / KB, 0, 1_000_000, 'kB/s'),
    whole: false,
    change: (value) => setNetwork({ bandwidth: Math.round(value * KB) }),
  }
}

function lying(value: boolean): SwitchField {
  return {
    id: 'lying',
    kind: 'switch',
    label: 'Lying disk',
    says: 'It says that it has synced, and has not: a crash loses what was promised.',
    source: HOUSE,
    live: true,
    value,
    change: (on) => ok({ command: { type: 'disk', lying: on } }),
  }
}

function servers(lab: AnyLab, value: number): NumberField {
  const { minServers, maxServers } = lab.defaults
  return {
    id: 'servers',
    label: 'Number of servers',
    says: 'With a client beside each.',
    source: HOUSE,
    live: false,
    ...count(value, minServers, maxServers),
    slider: { min: minServers, max: maxServers, byRatio: false },
    change: (n) => ok({ setup: (setup) => ({ ...setup, processes: lab.processes(n) }) }),
  }
}

function seed(value: number): NumberField {
  return {
    id: 'seed',
    label: 'Seed',
    says: 'Two runs with one seed and the same commands are the same, to the bit.',
    source: HOUSE,
    live: false,
    ...count(value, 0, 2 ** 32 - 1),
    change: (next) => ok({ setup: (setup) => ({ ...setup, seed: next }) }),
  }
}

function latency(of: Distribution): DistributionField {
  return distribution('latency', of, {
    label: 'Network latency',
    says: 'One way, from a server or client to another; drawn anew for each message.',
    change: (value) => setNetwork({ latency: value }),
  })
}

function sync(of: Distribution): DistributionField {
  return distribution('sync', of, {
    label: 'Disk sync',
    says: 'From a write until a crash no longer loses it. What a server says about the write waits for it.',
    change: (value) => ok({ command: { type: 'disk', sync: value } }),
  })
}

const KINDS: Record<Distribution['type'], string> = {
  constant: 'always the same',
  uniform: 'between two bounds',
  normal: 'normal',
  logNormal: 'log-normal',
  exponential: 'exponential',
}

/** Longest that a latency or a sync may be set to. */
const LONGEST = ms(60_000)

function distribution(
  id: string,
  of: Distribution,
  about: { label: string; says: string; change(value: Distribution): Result<Change> },
): DistributionField {
  const { label, says } = about
  const common = { says, source: HOUSE, live: true }
  const change = (value: Distribution): Result<Change> => {
    if (value.type === 'uniform' && value.max < value.min)
      return fail(`The least, ${formatDuration(value.min)}, must not be above the most, ${formatDuration(value.max)}.`)
    const why = distributionRefusal(label, value)
    return why === null ? about.change(value) : fail(`${why}.`)
  }
  const time = (name: string, value: Micros, set: (to: Micros) => Distribution): NumberField => ({
    ...common,
    id: `${id}-${name.replaceAll(' ', '-')}`,
    label: name,
    ...duration(value, 0, LONGEST),
    change: (to) => change(set(ms(to))),
  })
  return {
    ...common,
    id,
    kind: 'distribution',
    label,
    choice: {
      ...common,
      id: `${id}-kind`,
      kind: 'choice',
      label: `${label}: kind`,
      value: of.type,
      among: Object.entries(KINDS).map(([value, words]) => ({ value, label: words })),
      change: (type) => change(converted(of, type as Distribution['type'])),
    },
    parts: partsOf(of, time, {
      ...common,
      id: `${id}-sigma`,
      label: 'sigma',
      kind: 'number',
      value: of.type === 'logNormal' ? of.sigma : 0,
      unit: '',
      min: 0,
      max: 3,
      whole: false,
      range: '0 to 3',
      slider: null,
      change: (sigma) => (of.type === 'logNormal' ? change({ ...of, sigma }) : fail('Choose log-normal first.')),
    }),
  }
}

function partsOf(
  of: Distribution,
  time: (name: string, value: Micros, set: (to: Micros) => Distribution) => NumberField,
  sigma: NumberField,
): NumberField[] {
  switch (of.type) {
    case 'constant':
      return [time('always', of.value, (value) => ({ ...of, value }))]
    case 'uniform':
      return [time('from', of.min, (min) => ({ ...of, min })), time('to', of.max, (max) => ({ ...of, max }))]
    case 'normal':
      return [
        time('mean', of.mean, (mean) => ({ ...of, mean })),
        time('deviation', of.deviation, (deviation) => ({ ...of, deviation })),
      ]
    case 'logNormal':
      return [time('median', of.median, (median) => ({ ...of, median })), sigma]
    case 'exponential':
      return [
        time('at least', of.floor, (floor) => ({ ...of, floor })),
        time('mean above it', of.mean, (mean) => ({ ...of, mean })),
      ]
  }
}

/** Another kind about the same middle. */
export function converted(of: Distribution, type: Distribution['type']): Distribution {
  if (of.type === type) return of
  const middle = middleOf(of)
  switch (type) {
    case 'constant':
      return { type, value: middle }
    case 'uniform':
      return { type, min: Math.round(middle * 0.8), max: Math.round(middle * 1.2) }
    case 'normal':
      return { type, mean: middle, deviation: Math.round(middle / 5) }
    case 'logNormal':
      return { type, median: middle, sigma: 0.5 }
    case 'exponential': {
      const floor = Math.round(middle * 0.8)
      return { type, floor, mean: middle - floor }
    }
  }
}

function middleOf(of: Distribution): Micros {
  switch (of.type) {
    case 'constant':
      return of.value
    case 'uniform':
      return Math.round((of.min + of.max) / 2)
    case 'normal':
      return of.mean
    case 'logNormal':
      return of.median
    case 'exponential':
      return of.floor + of.mean
  }
}
