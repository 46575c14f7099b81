import type { Random } from '../base/random.ts'
import type { FaultKind } from '../lab/hunt.ts'

export interface Profile {
  says: string
  kinds: readonly FaultKind[]
  /** Each seed takes some of the kinds, not all of them: what is left out of a run lets the rest go further. */
  swarm: boolean
}

/**
 * Which faults a hunt draws from. Swarms find more than one mixture of everything: Groce, Zhang, Eide, Chen and Regehr,
 * “Swarm Testing” (ISSTA 2012).
 */
export const PROFILES: Readonly<Record<string, Profile>> = {
  swarm: {
    says: 'of all kinds, each seed some of them',
    kinds: ['crash', 'pause', 'stall', 'isolate', 'cut', 'oneWay', 'clock', 'messages', 'act'],
    swarm: true,
  },
  crashes: { says: 'crashes and restarts alone', kinds: ['crash'], swarm: false },
  cuts: { says: 'cuts of the network, both ways and one way', kinds: ['isolate', 'cut', 'oneWay'], swarm: false },
  stops: { says: 'processes that pause, or stall while their timers run', kinds: ['pause', 'stall'], swarm: false },
  messages: { says: 'messages lost, doubled and late', kinds: ['messages'], swarm: false },
  clocks: { says: 'clocks that run fast or slow', kinds: ['clock'], swarm: false },
  users: { says: 'only what users do, such as changes of membership', kinds: ['act'], swarm: false },
  quiet: { says: 'nothing goes wrong', kinds: [], swarm: false },
}

/** The kinds that one run draws from: all of the profile's, or, of a swarm, each with an even chance and at least one. */
export function drawKinds(profile: Profile, random: Random): readonly FaultKind[] {
  if (!profile.swarm) return profile.kinds
  const drawn = profile.kinds.filter(() => random.chance(0.5))
  return drawn.length > 0 ? drawn : [random.pick(profile.kinds)]
}
