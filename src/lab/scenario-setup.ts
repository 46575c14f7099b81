import type { Distribution } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type { LabTypes, Setup } from '../kernel/types.ts'
import { readConfig } from './config.ts'
import type { AnyLab } from './definition.ts'
import { defined, done, micros, type Read, refuse, type Refused } from './scenario-read.ts'
import type { DistributionFile, ScenarioFile } from './scenario-schema.ts'
import { defaultSetup } from './setup.ts'

export function readSetup(lab: AnyLab, file: ScenarioFile): Read<Setup<LabTypes>> {
  const { minServers, maxServers } = lab.defaults
  const servers = file.servers ?? lab.defaults.servers
  if (servers < minServers || servers > maxServers) {
    return refuse(['servers'], `expected ${minServers} to ${maxServers}, found ${servers}`)
  }
  const base: Setup<LabTypes> = defaultSetup(lab, file.seed, servers)
  const config = readConfig(lab, file.setup?.config ?? {}, file.setup?.mistakes ?? [])
  if (!config.ok) return configRefused(config.error)
  const { latency, ...network } = file.setup?.network ?? {}
  const { sync, ...disk } = file.setup?.disk ?? {}
  const reversed = reversedBounds(latency, 'network', 'latency') ?? reversedBounds(sync, 'disk', 'sync')
  if (reversed !== null) return reversed
  return done({
    ...base,
    config: config.value,
    network: { ...base.network, ...defined(network), ...(latency && { latency: readDistribution(latency) }) },
    disk: { ...base.disk, ...defined(disk), ...(sync && { sync: readDistribution(sync) }) },
    workload: file.setup?.workload ? { ...lab.defaults.workload, ...defined(file.setup.workload) } : null,
  })
}

/** The reader of configurations says in words where it is: `setup.config.electionTimeoutMin: …`. */
function configRefused(error: string): Refused {
  const colon = error.indexOf(': ')
  return { ok: false, error, path: error.slice(0, colon).split('.') }
}

function reversedBounds(said: DistributionFile | undefined, ...path: string[]): Refused | null {
  if (said === undefined || typeof said === 'string' || !('uniform' in said)) return null
  const [min, max] = said.uniform
  if (micros(min) <= micros(max)) return null
  return refuse(['setup', ...path, 'uniform'], `expected the smaller time first, found “${min}” before “${max}”`)
}

function readDistribution(said: DistributionFile): Distribution {
  if (typeof said === 'string') return { type: 'constant', value: micros(said) }
  if ('uniform' in said) {
    const [min, max] = said.uniform.map(micros) as [Micros, Micros]
    return { type: 'uniform', min, max }
  }
  if ('normal' in said)
    return { type: 'normal', mean: micros(said.normal.mean), deviation: micros(said.normal.deviation) }
  if ('logNormal' in said)
    return { type: 'logNormal', median: micros(said.logNormal.median), sigma: said.logNormal.sigma }
  return { type: 'exponential', floor: micros(said.exponential.floor), mean: micros(said.exponential.mean) }
}
