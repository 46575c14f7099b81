import type { Env, ProcessId } from '../../kernel/types.ts'
import type { GossipConfig } from './config.ts'
import { broadcast, pick, sendDatagram, untilTick } from './sending.ts'
import { type Rumour, type ServerState, toWrite } from './state.ts'
import type { Gossip } from './types.ts'

/**
 * A user's event and how it spreads: with memberlist's queue (Serf's user events), or by one of the classic protocols of
 * Demers et al. 1987 §1.4, one partner per cycle, with feedback and a counter.
 */
export function tell(self: ServerState, rumour: string, env: Env<Gossip>): boolean {
  if (self.rumours.has(rumour)) return false
  env.note({ type: 'tells', rumour })
  learn(self, rumour, env.self, env)
  return true
}

/** Hears of it from another; false if it was known. */
export function hearRumour(self: ServerState, rumour: string, from: ProcessId, env: Env<Gossip>): boolean {
  if (self.rumours.has(rumour)) return false
  env.note({ type: 'hears', rumour, from })
  learn(self, rumour, from, env)
  return true
}

/** Begins to ask others for rumours, if that is how they spread now and it does not yet. */
export function startAsking(self: ServerState, env: Env<Gossip>): void {
  if (self.asking || !asks(env.config)) return
  self.asking = true
  env.setTimer('rumour', untilTick(self.phaseOfGossip, env.config.rumourInterval, env.elapsed()))
}

/** One cycle: what is hot goes to a partner, or a partner is asked, or both. */
export function onRumourTick(self: ServerState, env: Env<Gossip>): void {
  const { rumourMode, rumourInterval } = env.config
  self.asking = asks(env.config)
  coolDown(self, env)
  const hot = hotRumours(self)
  if (hot.length > 0 || asks(env.config)) {
    env.setTimer('rumour', untilTick(self.phaseOfGossip, rumourInterval, env.elapsed()))
    const rumours = rumourMode === 'pull' ? [] : hot
    const [to] = pick(self, 1, ({ standing }) => standing === 'alive', env)
    if (to !== undefined) sendDatagram(self, to, { type: 'Rumours', rumours, ask: asks(env.config) }, env)
  }
}

export function onRumours(
  self: ServerState,
  from: ProcessId,
  { rumours, ask }: { rumours: readonly string[]; ask: boolean },
  env: Env<Gossip>,
): void {
  const mine = ask ? hotRumours(self).filter((rumour) => !rumours.includes(rumour)) : []
  const fresh = rumours.filter((rumour) => hearRumour(self, rumour, from, env))
  const known = rumours.filter((rumour) => !fresh.includes(rumour))
  if (rumours.length > 0) sendDatagram(self, from, { type: 'Feedback', known, fresh }, env)
  if (mine.length > 0) sendDatagram(self, from, { type: 'Rumours', rumours: mine, ask: false }, env)
}

/**
 * Who tells in vain loses interest. A push counts each partner who knew; a pull, where several may ask in one cycle, counts
 * the cycle, and only if none of them needed it (Demers et al. 1987, Table 3).
 */
export function onFeedback(
  self: ServerState,
  { known, fresh }: { known: readonly string[]; fresh: readonly string[] },
  env: Env<Gossip>,
): void {
  const counts = env.config.rumourMode === 'push'
  for (const rumour of known) {
    change(self, rumour, (it) => (counts ? { ...it, vain: it.vain + 1 } : { ...it, known: true }))
    if (counts) loseInterest(self, rumour, env)
  }
  for (const rumour of fresh) change(self, rumour, (it) => ({ ...it, needed: true }))
}

const asks = ({ rumourMode }: GossipConfig): boolean => rumourMode === 'pull' || rumourMode === 'push-pull'

function learn(self: ServerState, rumour: string, from: ProcessId, env: Env<Gossip>): void {
  const classic = env.config.rumourMode !== 'memberlist'
  const heardAt = env.elapsed()
  self.rumours = toWrite(self.rumours)
  self.rumours.set(rumour, { heardAt, from, hot: classic, vain: 0, needed: false, known: false })
  if (!classic) broadcast(self, { type: 'rumour', rumour }, env)
  else if (!asks(env.config)) env.setTimer('rumour', untilTick(self.phaseOfGossip, env.config.rumourInterval, heardAt))
}

/** At the end of a cycle of pulling: the counter of each rumour that was told to those who knew it, and to no one else. */
function coolDown(self: ServerState, env: Env<Gossip>): void {
  for (const [rumour, { needed, known, vain }] of self.rumours) {
    if (!needed && !known) continue
    const count = env.config.rumourMode === 'push' ? vain : needed ? 0 : vain + 1
    change(self, rumour, (it) => ({ ...it, vain: count, needed: false, known: false }))
    loseInterest(self, rumour, env)
  }
}

function loseInterest(self: ServerState, rumour: string, env: Env<Gossip>): void {
  const it = self.rumours.get(rumour)
  if (it === undefined || !it.hot || it.vain < env.config.rumourInterest) return
  self.rumours.set(rumour, { ...it, hot: false })
  env.note({ type: 'losesInterest', rumour })
}

function change(self: ServerState, rumour: string, to: (it: Rumour) => Rumour): void {
  const it = self.rumours.get(rumour)
  if (it !== undefined) self.rumours.set(rumour, to(it))
}

function hotRumours({ rumours }: ServerState): string[] {
  const hot: string[] = []
  for (const [rumour, it] of rumours) if (it.hot) hot.push(rumour)
  return hot
}
