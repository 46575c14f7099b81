import type { ProcessId, World } from '../../kernel/types.ts'
import { keyPlace } from './placement.ts'
import type { Durable, ServerState } from './state.ts'
import { lookUp } from './store/shelf.ts'
import type { Versions } from './store/versions.ts'
import { type RingView, viewDigest } from './store/view.ts'
import type { Ring } from './types.ts'

export function serverState(world: World<Ring>, id: ProcessId): ServerState | null {
  const state = world.state(id)
  return state?.kind === 'server' ? state : null
}

/** What it holds, on disk while it is down; null if it never wrote. */
export const diskOf = (world: World<Ring>, id: ProcessId): Durable | null =>
  serverState(world, id)?.disk ?? world.durable(id)

/** A server's own copy of a key, or null. */
export function copyOn(world: World<Ring>, id: ProcessId, key: string): Versions | null {
  const disk = diskOf(world, id)
  return disk === null ? null : lookUp(disk.shelf, key, keyPlace(world.config, key))
}

/** The ring that most servers that are up know; of as many, the one that the first of them knows. */
export function commonView(world: World<Ring>): RingView {
  const votes = new Map<number, { view: RingView; count: number }>()
  const ids = world.ids('server')
  const up = ids.filter((id) => world.status(id) !== 'down')
  for (const id of up.length > 0 ? up : ids) {
    const disk = diskOf(world, id)
    if (disk === null) continue
    const digest = viewDigest(disk.view)
    const vote = votes.get(digest)
    if (vote) vote.count++
    else votes.set(digest, { view: disk.view, count: 1 })
  }
  let best: { view: RingView; count: number } = { view: {}, count: 0 }
  for (const vote of votes.values()) if (vote.count > best.count) best = vote
  return best.view
}

/** Whether all servers that are up know the same ring. */
export function allKnowOneRing(world: World<Ring>): boolean {
  const digest = viewDigest(commonView(world))
  return world.ids('server').every((id) => {
    const disk = world.status(id) === 'down' ? null : diskOf(world, id)
    return disk === null || viewDigest(disk.view) === digest
  })
}
