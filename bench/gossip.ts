import { SECOND } from '../src/base/units.ts'
import { Simulation } from '../src/kernel/simulation.ts'
import { defaultSetup } from '../src/lab/setup.ts'
import { lab } from '../src/labs/gossip/lab.ts'
import type { Gossip } from '../src/labs/gossip/types.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

const ROUNDS = 5
const SECONDS = 10
/** Until all have been probed, and the code that does it has been compiled for good. */
const WARM = 40

/**
 * CPU milliseconds per simulated second of a large cluster: at rest, and while a crash becomes known. The largest comes
 * first, as the only cluster of a worker: code that was made for one of another size is slower.
 */
export function gossipFigures(): Figure[] {
  return [
    { name: 'engine.gossip.10000', value: costOf(10_000), unit: 'cpu-ms/sim-s' },
    { name: 'engine.gossip.10000.crash', value: costOf(10_000, true), unit: 'cpu-ms/sim-s' },
    { name: 'engine.gossip.1000', value: costOf(1_000), unit: 'cpu-ms/sim-s' },
  ]
}

function costOf(servers: number, crash = false): number {
  const simulation = new Simulation<Gossip>(lab, { setup: lan(servers), commands: [] })
  let at = WARM * SECOND
  simulation.advanceTo(at)
  if (crash) simulation.apply({ type: 'crash', process: 'g77' })
  const times = Array.from({ length: ROUNDS }, () => cpuSeconds(() => simulation.advanceTo((at += SECONDS * SECOND))))
  // A crash is over after some time: there the mean tells, and elsewhere the median.
  const seconds = crash ? times.reduce((sum, x) => sum + x, 0) / ROUNDS : median(times)
  return Math.round((10 * 1000 * seconds) / SECONDS) / 10
}

function lan(servers: number) {
  const setup = defaultSetup(lab, 42, servers)
  const latency = { type: 'uniform', min: 200, max: 1_000 } as const
  return { ...setup, network: { ...setup.network, latency } }
}
