import type { LabTypes, Run, Setup } from '../kernel/types.ts'
import type { LabCore } from './definition.ts'
import { ENGINE_VERSION } from '../kernel/version.ts'

/** A lab's own setup: its defaults with this many servers and this seed. */
export function defaultSetup<T extends LabTypes>(
  lab: LabCore<T>,
  seed: number,
  servers = lab.defaults.servers,
): Setup<T> {
  const { config, network, disk } = lab.defaults
  return { seed, processes: lab.processes(servers), config, network, disk, workload: null }
}

/** A run of this setup in which nobody has done anything yet. */
export function freshRun<T extends LabTypes>(lab: LabCore<T>, setup: Setup<T>): Run<T> {
  return { format: 1, engine: ENGINE_VERSION, lab: lab.id, labVersion: lab.version, setup, commands: [] }
}
