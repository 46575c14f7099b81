import type { LabTypes, World } from '../kernel/types.ts'

/** What can be set for a whole run, and is changed by commands alone. */
export type Settings = Pick<World<LabTypes>, 'config' | 'network' | 'disk' | 'workload'>

/** The settings of a world, to compare with later ones. */
export const settingsOf = ({ config, network, disk, workload }: Settings): Settings => ({
  config,
  network,
  disk,
  workload,
})
