import type { Distribution } from '../base/random.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { MS, ms, type Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, NetworkSettings, Setup } from '../kernel/types.ts'
import type { AnyLab, Preset, Setting } from '../lab/definition.ts'
import type { WorldView } from '../lab/world-view.ts'
import { distribution } from './settings-distribution.ts'
import {
  type Change,
  count,
  type DistributionField,
  duration,
  type Field,
  type FieldGroup,
  HOUSE,
  type NumberField,
  share,
  type SwitchField,
} from './settings-field.ts'

/** What a user can set, with the values of the world on show. */
export function fieldsOf(
  lab: AnyLab,
  world: Pick<WorldView, 'config' | 'network' | 'disk'>,
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
