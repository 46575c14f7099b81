import type { ProcessId, World } from '../../kernel/types.ts'
import type { Update } from './messages.ts'
import { beliefOf, isLive } from './beliefs.ts'
import type { Gossip } from './types.ts'

/** Where no gossip leads: whom one holds for dead is told nothing after GossipToTheDeadTime (memberlist `state.go`). */

/**
 * Those to whom `id` is dead, if what it says cannot come to any of them by probes and gossip, from mouth to mouth and as
 * things stand; none if it can. Only a join, or Serf's reconnect, then brings its refutation.
 */
export function deafTo(world: World<Gossip>, id: ProcessId): readonly ProcessId[] {
  const accusers = world
    .ids('server')
    .filter((it) => it !== id && isLive(world, it) && beliefOf(world, it, id) === 'dead')
  if (accusers.length === 0) return []
  const reached = reachOf(world, [id])
  return accusers.some((it) => reached.has(it)) ? [] : accusers
}

/** Whether somebody still has news that fits to tell, and it can come to `id` by probes and gossip. */
export function isOnItsWay(world: World<Gossip>, id: ProcessId, fits: (update: Update) => boolean): boolean {
  const tellers = world
    .ids('server')
    .filter((it) => isLive(world, it) && world.state(it)?.news.items.some(({ update }) => fits(update)))
  return reachOf(world, tellers).has(id)
}

/** All to whom what these say may come, themselves included. */
function reachOf(world: World<Gossip>, from: readonly ProcessId[]): ReadonlySet<ProcessId> {
  const live = world.ids('server').filter((it) => isLive(world, it))
  const reached = new Set(from)
  for (const teller of reached) {
    for (const it of live) if (!reached.has(it) && tells(world, teller, it)) reached.add(it)
  }
  return reached
}

/** By gossip of its own, or in answer to a probe. */
function tells(world: World<Gossip>, from: ProcessId, to: ProcessId): boolean {
  if (world.isCut(from, to)) return false
  const held = world.state(from)?.members.get(to)
  if (held?.standing === 'alive' || held?.standing === 'suspect') return true
  if (held?.standing === 'dead' && world.now - held.since <= world.configOf(from).gossipToTheDead) return true
  return ['alive', 'suspect'].includes(beliefOf(world, to, from)) && !world.isCut(to, from)
}
