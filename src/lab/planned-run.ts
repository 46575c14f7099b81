import type { Commands } from '../kernel/simulation.ts'
import type { DiskSettings, LabTypes, NetworkSettings, ProcessSetup, Setup, Workload } from '../kernel/types.ts'
import type { Lab } from './definition.ts'
import { defaultSetup } from './setup.ts'

/** A run as one would say it: what is left out is the lab's own. */
export interface PlannedRun<T extends LabTypes> {
  setup?: PlannedSetup<T>
  /** In the order of their instants. Left out, none. */
  commands?: Commands<T>
}

export interface PlannedSetup<T extends LabTypes> {
  /** A whole number below 2^32; 1 if left out. */
  seed?: number
  /** How many servers, with the clients that go with them; the lab's own number if left out. */
  servers?: number
  /** All processes one by one, in place of `servers`. */
  processes?: readonly ProcessSetup[]
  config?: Partial<T['config']>
  network?: Partial<NetworkSettings>
  disk?: Partial<DiskSettings>
  workload?: Workload | null
}

/**
 * The setup with all that was left out.
 * @throws RangeError with a sentence that names the field, if there is no such field or no such number of servers.
 */
export function completeSetup<T extends LabTypes>(lab: Lab<T>, planned: PlannedSetup<T> = {}): Setup<T> {
  const { seed = 1, servers = lab.defaults.servers, processes, config, network, disk, workload = null } = planned
  const { minServers, maxServers } = lab.defaults
  if (processes === undefined && !(Number.isInteger(servers) && servers >= minServers && servers <= maxServers)) {
    throw new RangeError(`setup.servers: expected ${minServers} to ${maxServers}, found ${servers}`)
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(`setup.seed: expected a whole number from 0 to 4294967295, found ${seed}`)
  }
  const base = defaultSetup(lab, seed, processes === undefined ? servers : minServers)
  return {
    seed,
    processes: processes ?? base.processes,
    config: merge('config', base.config, config),
    network: { ...base.network, ...network },
    disk: merge('disk', base.disk, disk),
    workload,
  }
}

/** Objects inside, such as the mistakes of a configuration, are merged too. */
function merge<V extends object>(field: string, base: V, change: Partial<V> | undefined): V {
  const merged = { ...base } as Record<string, unknown>
  for (const [key, value] of Object.entries(change ?? {})) {
    const known = merged[key]
    if (!Object.hasOwn(merged, key)) {
      throw new RangeError(`setup.${field}: expected one of ${Object.keys(base).join(', ')}, found “${key}”`)
    }
    if (value !== undefined) merged[key] = isPlain(known) && isPlain(value) ? { ...known, ...value } : value
  }
  return merged as V
}

/** Those with a `type`, such as a distribution, are values: one takes the place of the other. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('type' in value)
