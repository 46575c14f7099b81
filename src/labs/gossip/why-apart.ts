import { formatDuration } from '../../base/units.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { Reason } from '../../lab/explain.ts'
import { between, verb } from '../../lab/why-not.ts'
import type { Update } from './messages.ts'
import { beliefOf, isLive } from './beliefs.ts'
import { deafTo, isOnItsWay } from './silence.ts'
import type { Gossip } from './types.ts'

/** Why one that runs stays dead to another: first the accused must hear of it, and then the accuser of the refutation. */
export function resurrection(world: World<Gossip>, id: ProcessId, other: ProcessId): Reason[] {
  const held = world.state(id)?.members.get(other)?.incarnation ?? 0
  const own = world.state(other)?.incarnation ?? 0
  const obstacle = between(world, id, other)
  const stands =
    own > held
      ? `${other} has refuted it, in incarnation ${own}, and ${id} has not heard that.`
      : `${other} must hear that it is called dead, and refute it with a higher incarnation.`
  const way = own > held ? wayOfRefutation(world, id, other, own) : wayOfAccusation(world, id, other)
  return [{ text: stands, about: [other, id] }, way, ...(obstacle === null ? [] : [obstacle])]
}

function wayOfRefutation(world: World<Gossip>, id: ProcessId, other: ProcessId, incarnation: number): Reason {
  const tells = (update: Update): boolean =>
    update.type === 'alive' && update.node === other && update.incarnation === incarnation
  const text = isOnItsWay(world, id, tells)
    ? 'It is being told on, and can come to it.'
    : `It does not come to ${id} by gossip: ${silence(world, id)} A join brings it.`
  return { text, about: [id, other] }
}

function wayOfAccusation(world: World<Gossip>, id: ProcessId, other: ProcessId): Reason {
  const tells = (update: Update): boolean =>
    (update.type === 'dead' || update.type === 'suspect') && update.node === other
  const text = isOnItsWay(world, other, tells)
    ? `It is being told on, and can come to ${other}.`
    : `Nobody tells ${other} any more: ${silence(world, id)} A join does.`
  return { text, about: [other] }
}

const silence = (world: World<Gossip>, id: ProcessId): string =>
  `all news is told a bounded number of times, and whom one holds for dead is told none after ${formatDuration(world.configOf(id).gossipToTheDead)}.`

/** Why one is unknown to another: it has forgotten it, or never heard of it. */
export function acquaintance(world: World<Gossip>, id: ProcessId, other: ProcessId): Reason[] {
  const patience = formatDuration(world.configOf(id).gossipToTheDead)
  const before = world.state(id)?.lost.has(other)
    ? `It held ${other} for dead, and forgot it when it began a new round of probing more than ${patience} later.`
    : `It has not heard of ${other} yet.`
  const friends = world
    .ids('server')
    .filter((it) => it !== id && isLive(world, it) && beliefOf(world, id, it) === 'alive' && knows(world, it, other))
  const text =
    friends.length === 0
      ? `Nobody whom it takes for alive knows ${other} either: a join has to bring them together.`
      : `${verb(friends.slice(0, 6), 'knows', 'know')} it, and may tell in a push/pull.`
  return [
    { text: before, about: [id, other] },
    { text, about: [id, ...friends.slice(0, 6)] },
  ]
}

const knows = (world: World<Gossip>, id: ProcessId, other: ProcessId): boolean => beliefOf(world, id, other) === 'alive'

/** No gossip leads from it to those who hold it for dead. */
export function ofSilence(world: World<Gossip>, id: ProcessId): Reason[] {
  const deaf = deafTo(world, id)
  if (deaf.length === 0) return []
  return [
    {
      text: `Nothing that it says comes there: ${silence(world, id)} A join brings it.`,
      about: [id, ...deaf.slice(0, 6)],
    },
  ]
}
