import type { LabTypes, Setup } from '../kernel/types.ts'
import { freshRun } from '../lab/setup.ts'
import { client } from './playback.ts'
import type { PageActions } from './state.ts'
import { useStore } from './store.ts'

const set = useStore.setState
const get = useStore.getState

/** Begins a run of this setup in which nobody has done anything yet, in the lab on show. */
export function startAfresh(setup: Setup<LabTypes>): void {
  const { lab } = get()
  if (lab === null) return
  set({ scenario: null, selected: null, menu: null, playing: true })
  client.open(freshRun<LabTypes>(lab.engine, setup), [], [], lab.engine.defaults.opensAt)
}

/** The same with the settings of the run on show, but for these. */
export const beginWith: PageActions['beginWith'] = ({ config, servers }) => {
  const { lab, run, frame } = get()
  if (lab === null || run === null || frame === null) return
  const { network, disk, workload } = frame.world
  const processes = servers === undefined ? run.setup.processes : lab.engine.processes(servers)
  startAfresh({ ...run.setup, processes, config: { ...frame.world.config, ...config }, network, disk, workload })
}

/** Opens one of the runs that were measured beside each other. */
export const openSeed: PageActions['openSeed'] = ({ lab, setup, commands, script }, seed) => {
  const engine = get().lab?.engine
  if (engine === undefined || engine.id !== lab) return
  set({ selected: null, menu: null, playing: true })
  const run = { ...freshRun<LabTypes>(engine, { ...setup, seed }), commands }
  client.open(run, script, client.expectations, script.length > 0 ? 0 : engine.defaults.opensAt)
}
