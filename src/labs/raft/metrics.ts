import type { Metric } from '../../lab/metrics.ts'
import { currentLeader } from './observe.ts'
import type { Raft } from './types.ts'

/** What is measured of a Raft cluster beyond what is measured of every lab. */
export const metrics: readonly Metric<Raft>[] = [
  {
    kind: 'span',
    name: 'without-leader',
    label: 'Time without a leader',
    says: 'No running server leads. A leader that is cut off counts as one until it steps down.',
    on: ['started', 'crashed', 'paused', 'resumed', 'stalled', 'noted'],
    holds: (world) => {
      const leader = currentLeader(world)
      return leader === null || world.status(leader) !== 'up'
    },
  },
]
