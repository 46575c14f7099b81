import type { Random } from '../../base/random.ts'
import { SECOND } from '../../base/units.ts'
import type { World } from '../../kernel/types.ts'
import type { HuntHints } from '../../lab/hunt.ts'
import type { ScriptCommand } from '../../lab/script.ts'
import { isLive } from './beliefs.ts'
import type { Gossip } from './types.ts'

/** What a hunt should know of gossip: it is slow by design, with a probe a second and suspicions of many. */
export const hints: HuntHints<Gossip> = {
  servers: [3, 4, 5, 6, 8, 10],
  config: drawnConfig,
  act,
  faultsFor: 45 * SECOND,
  gap: 2 * SECOND,
  settles: { condition: 'all live servers agree', within: 240 * SECOND },
  afterHealing: (world) => world.ids('server').map((id) => ({ rejoin: id })),
  mistakes: {
    noIndirectProbes: { faults: 'messages', network: { loss: 0.3 } },
    // The monitor's patience is short without Lifeguard, and a crash must last longer than that.
    waitForConfirmation: {
      servers: [3],
      faults: 'crashes',
      gap: 20 * SECOND,
      config: { localHealth: false, dynamicSuspicion: false, buddySystem: false },
    },
  },
}

function drawnConfig(random: Random): Record<string, unknown> {
  const lifeguard = random.chance(0.6)
  return {
    gossipToTheDead: random.pick(['5s', '15s', '30s']),
    // Never 0: what gossip has told often enough and somebody has missed, push/pull alone brings.
    pushPullInterval: random.pick(['10s', '15s', '30s']),
    streamProbe: random.chance(0.5),
    localHealth: lifeguard,
    dynamicSuspicion: lifeguard,
    buddySystem: lifeguard,
    bootstrap: random.pick(['formed', 'formed', 'join']),
    joinRetry: '5s',
  }
}

function act(random: Random, world: World<Gossip>): ScriptCommand | null {
  const up = world.ids('server').filter((id) => isLive(world, id))
  if (up.length === 0) return null
  const server = random.pick(up)
  const dice = random.unit()
  if (dice < 0.5) return { tell: `r${random.int(1_000)}`, to: server }
  return dice < 0.7 ? { leave: server } : { rejoin: server }
}
