import type { Env, ProcessId } from '../../kernel/types.ts'
import { keyPlace } from './placement.ts'
import type { ClientState } from './state.ts'
import { clockwise, presentCircle, ringOf } from './store/view.ts'
import type { Ring } from './types.ts'

/** Whom a client asks. Any server answers; a choice by the key saves a step, and can make one server hot. */
export function route(self: ClientState, key: string, env: Env<Ring>): ProcessId {
  const { routing, layout } = env.config
  if (routing === 'beside' || layout !== 'ring') return beside(self, env)
  const around = onRing(key, env)
  const turned = [...around.slice(self.shift % around.length), ...around.slice(0, self.shift % around.length)]
  if (routing === 'owner') return turned[0] as ProcessId
  return turned.find((id) => hasRoom(self, id, around.length, env)) ?? (turned[0] as ProcessId)
}

/** `c2` stands beside the second server, and goes on to the next when that does not answer. */
function beside(self: ClientState, env: Env<Ring>): ProcessId {
  const servers = env.peers('server')
  return servers[(env.peers('client').indexOf(env.self) + self.shift) % servers.length] as ProcessId
}

/** All servers clockwise from the key, by the tokens that their names give: a client hears no gossip. */
function onRing(key: string, env: Env<Ring>): ProcessId[] {
  const servers = env.founders('server')
  const circle = presentCircle(ringOf(servers, env.config))
  return clockwise(circle, keyPlace(env.config, key), servers.length)
}

/** Bounded loads (Mirrokni et al. 2016): at most ⌈c · m / n⌉ of m requests, the one to be sent included. */
function hasRoom(self: ClientState, id: ProcessId, servers: number, { config }: Env<Ring>): boolean {
  let requests = 1
  for (const count of self.asked.values()) requests += count
  return (self.asked.get(id) ?? 0) < Math.ceil((config.loadBound * requests) / (100 * servers))
}
