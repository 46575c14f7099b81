import type { ProcessId, World } from '../../kernel/types.ts'
import { currentLeader, serverState } from './observe.ts'
import type { Raft } from './types.ts'

/** Names that stand for whichever server it is at the moment, so that a scenario holds for every seed. */
export const aliases = {
  leader: currentLeader,
  /** The first server that is up and does not lead. */
  follower: (world) => world.ids('server').find((id) => serverState(world, id)?.role === 'follower') ?? null,
  /** The first server that leads an older term. */
  stale(world) {
    const leader = currentLeader(world)
    return world.ids('server').find((id) => serverState(world, id)?.role === 'leader' && id !== leader) ?? null
  },
  /** The first server that is down. */
  crashed: (world) => world.ids('server').find((id) => world.status(id) === 'down') ?? null,
} satisfies Record<string, (world: World<Raft>) => ProcessId | null>
