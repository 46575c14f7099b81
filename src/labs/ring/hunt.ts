import type { Random } from '../../base/random.ts'
import { SECOND } from '../../base/units.ts'
import type { World } from '../../kernel/types.ts'
import type { HuntHints } from '../../lab/hunt.ts'
import type { ScriptCommand } from '../../lab/script.ts'
import type { Ring } from './types.ts'

/** What a hunt should know of the ring: servers come and go, keys are deleted, and in the end all replicas agree. */
export const hints: HuntHints<Ring> = {
  servers: [3, 4, 5, 5, 6, 7],
  config: drawnConfig,
  act,
  settles: { condition: 'all replicas agree', within: 20 * SECOND },
  afterHealing: () => [{ workload: 'off' }],
  mistakes: {
    clocksPerServer: { config: { versions: 'siblings' } },
    lastWriteIsSafe: { faults: 'clocks', config: { versions: 'lastWrite' }, workload: { rate: 20, keys: 1 } },
    quorumIsLinearizable: { config: { n: 3, r: 2, w: 2 }, workload: { rate: 40, readShare: 0.6, keys: 1 } },
  },
}

function drawnConfig(random: Random): Record<string, unknown> {
  const [n, r, w] = random.pick([
    [3, 2, 2],
    [3, 1, 3],
    [3, 3, 1],
    [3, 1, 1],
    [2, 1, 2],
  ] as const)
  return {
    n,
    r,
    w,
    tokens: random.pick([1, 4, 16]),
    racks: random.pick([0, 0, 2, 3]),
    versions: random.pick(['siblings', 'siblings', 'lastWrite']),
    sloppyQuorum: random.chance(0.5),
    readRepair: random.chance(0.7),
    antiEntropyInterval: '1s',
    routing: random.pick(['beside', 'owner', 'bounded']),
  }
}

function act(random: Random, world: World<Ring>): ScriptCommand | null {
  const servers = world.ids('server')
  const dice = random.unit()
  if (dice < 0.3) return { join: `n${servers.length + 1}` }
  if (dice < 0.5 && servers.length > 4) return { leave: random.pick(servers) }
  return { delete: 'k1' }
}
