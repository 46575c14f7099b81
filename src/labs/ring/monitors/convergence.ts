import { type Micros, seconds } from '../../../base/units.ts'
import { monitor } from '../../../check/monitor.ts'
import type { World } from '../../../kernel/types.ts'
import { heals } from '../config.ts'
import { allAgree } from '../key-view.ts'
import type { Ring } from '../types.ts'

interface Calm {
  /** When something last happened that replicas have to recover from. */
  since: Micros
  lookedAt: Micros
}

/** Long enough for every pair of a dozen servers to compare their trees. */
const PATIENCE = 15

/** Liveness: what is possible in time, once nothing disturbs it. */
export const replicasConverge = monitor<Ring, Calm>({
  name: 'Replicas converge',
  says: `With anti-entropy on, every server up and no cut for ${PATIENCE} rounds of comparing, all replicas of a key hold the same.`,
  source: 'DeCandia et al. 2007 §4.7',
  on: ['noted', 'completed', 'expired', 'crashed', 'started', 'cut', 'mended', 'lost', 'changed'],
  begin: () => ({ since: 0, lookedAt: 0 }),
  copy: (memory) => ({ ...memory }),
  watch(memory, event, world) {
    if (event.type !== 'expired') {
      if (disturbs(event)) memory.since = event.at
      return null
    }
    const { layout, antiEntropyInterval, mistakes } = world.config
    if (layout !== 'ring' || (antiEntropyInterval === 0 && !mistakes.noHealing) || mistakes.noTombstones) return null
    const interval = Math.max(antiEntropyInterval, seconds(1))
    if (event.at - memory.since < PATIENCE * interval || event.at - memory.lookedAt < interval) return null
    memory.lookedAt = event.at
    if (!isCalm(world) || allAgree(world)) return null
    memory.since = event.at
    const means = heals(world.config) ? '' : ' (neither read repair nor anti-entropy is on)'
    return {
      text: `nothing has disturbed the ring for ${PATIENCE} rounds, and replicas still differ${means}`,
      nodes: [],
    }
  },
})

function disturbs(event: { type: string; note?: unknown }): boolean {
  if (event.type !== 'noted') return true
  return ['wrote', 'joined', 'left', 'removed', 'movedToken'].includes((event.note as { type: string }).type)
}

function isCalm(world: World<Ring>): boolean {
  return (
    world.cuts().length === 0 &&
    world.network.loss < 0.5 &&
    world.ids('server').every((id) => world.status(id) === 'up')
  )
}
